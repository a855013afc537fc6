package io.kurobe.nl2sql.retrieve.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.CatalogText;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.retrieve.embed.Embeddings;
import io.kurobe.nl2sql.retrieve.embed.WordModel;
import io.kurobe.nl2sql.retrieve.index.IndexSearch.Among;
import io.kurobe.nl2sql.retrieve.index.IndexSearch.Hit;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of the catalog's names, with a model that needs no library. */
class SchemaIndexTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final CatalogTexts TEXTS = new CatalogTexts(Lexicon.english());
  private static final String SHOP =
      """
      shop.public.customers: customer_id int key, full_name text, birthDate date
      shop.public.orders: order_id int key, customer_id int -> customers.customer_id, total num
      """;

  private static final TableName CUSTOMERS = new TableName("shop", "public", "customers");
  private static final TableName ORDERS = new TableName("shop", "public", "orders");

  @TempDir private Path directory;
  private final WordModel model = new WordModel();

  private SchemaIndex index(IndexedValues values) {
    return new SchemaIndex(directory, TEXTS, Embeddings.of(() -> model), values, Synonyms.NONE);
  }

  private static CatalogSnapshot catalog(String text) {
    return CatalogText.of(text).catalog();
  }

  private static void complete(SchemaIndex index, long version, String text) {
    index.update(version, () -> catalog(text));
    assertThat(index.awaitComplete(SOON)).isTrue();
  }

  private static List<TableName> tables(SchemaIndex index, String... stems) throws IOException {
    try (IndexSearch search = index.search().orElseThrow()) {
      Map<String, Double> weights = Stream.of(stems).collect(Collectors.toMap(s -> s, s -> 1.0));
      return search.tables(weights, Optional.empty(), 10).stream().map(Hit::table).toList();
    }
  }

  @Test
  void findsTablesByTheStemsOfTheirNamesAndOfTheirColumns() throws IOException {
    try (SchemaIndex index = index(IndexedValues.NONE)) {
      complete(index, 1, SHOP);

      assertThat(tables(index, "order")).startsWith(ORDERS);
      assertThat(tables(index, "birth")).containsExactly(CUSTOMERS);
      assertThat(tables(index, "airport")).isEmpty();
      try (IndexSearch search = index.search().orElseThrow()) {
        assertThat(search.columns(Map.of("total", 1.0), Optional.empty(), 5))
            .extracting(Hit::column)
            .containsExactly(Optional.of("total"));
        assertThat(
                search.tables(Map.of("custom", 1.0), Optional.of(Among.tables(List.of(ORDERS))), 5))
            .extracting(Hit::table)
            .containsExactly(ORDERS);
      }
    }
  }

  @Test
  void findsTablesAndColumnsByMeaning() throws IOException {
    try (SchemaIndex index = index(IndexedValues.NONE)) {
      complete(index, 1, SHOP);

      try (IndexSearch search = index.search().orElseThrow()) {
        var asked = model.embed(List.of("full name")).get(0);
        assertThat(search.columnsNear(asked, 1).get(0).text()).isEqualTo("full name");
        assertThat(search.columnsNear(asked, 1).get(0).cosine()).isGreaterThan(0.99);
        assertThat(search.columnsOf(List.of("full name"), Optional.empty(), 5))
            .extracting(Hit::table, Hit::column)
            .containsExactly(tuple(CUSTOMERS, Optional.of("full_name")));
        assertThat(search.ofColumn("full name").orElseThrow().cosine(asked)).isGreaterThan(0.99);
        assertThat(search.ofTable("full name")).isEmpty();
      }
    }
  }

  @Test
  void wordsFindTablesWhileTheModelIsStillLoading() throws Exception {
    var mayLoad = new CountDownLatch(1);
    var embeddings =
        Embeddings.of(
            () -> {
              try {
                mayLoad.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              return model;
            });
    try (var index =
        new SchemaIndex(directory, TEXTS, embeddings, IndexedValues.NONE, Synonyms.NONE)) {
      index.update(1, () -> catalog(SHOP));
      assertThat(index.awaitNames(SOON)).isTrue();

      assertThat(tables(index, "order")).startsWith(ORDERS);
      assertThat(index.progress().complete()).isFalse();
      mayLoad.countDown();
      assertThat(index.awaitComplete(SOON)).isTrue();
      assertThat(index.progress().embedded()).isEqualTo(index.progress().texts());
    }
  }

  @Test
  void aTextIsEmbeddedOnceHoweverManyColumnsHaveIt() {
    try (SchemaIndex index = index(IndexedValues.NONE)) {
      complete(index, 1, SHOP);
    }

    assertThat(model.seen()).doesNotHaveDuplicates().contains("customer id");
    assertThat(model.isClosed()).isTrue();
  }

  @Test
  void whatWasIndexedIsThereAfterARestartAndNotEmbeddedAgain() throws IOException {
    try (SchemaIndex index = index(IndexedValues.NONE)) {
      complete(index, 1, SHOP);
    }
    int embedded = model.seen().size();
    try (SchemaIndex index = index(IndexedValues.NONE)) {
      complete(index, 1, SHOP);

      assertThat(tables(index, "birth")).containsExactly(CUSTOMERS);
      assertThat(index.progress().embedded()).isEqualTo(embedded);
    }
    assertThat(model.seen()).hasSize(embedded);
  }

  @Test
  void anotherVersionOfTheCatalogChangesOnlyWhatChanged() throws IOException {
    try (SchemaIndex index = index(IndexedValues.NONE)) {
      complete(index, 1, SHOP);
      int embedded = model.seen().size();

      complete(
          index,
          2,
          """
          shop.public.customers: customer_id int key, full_name text, birthDate date
          shop.public.returns: order_id int key, reason text
          """);

      assertThat(tables(index, "order")).doesNotContain(ORDERS);
      assertThat(tables(index, "reason"))
          .containsExactly(new TableName("shop", "public", "returns"));
      assertThat(model.seen().subList(embedded, model.seen().size()))
          .containsExactlyInAnyOrder("returns: order id, reason", "returns", "reason");
      assertThat(index.progress().tables()).isEqualTo(2);
    }
  }

  @Test
  void synonymsAreFoundAsNamesAre() throws IOException {
    Synonyms clients =
        (table, column) ->
            table.equals(CUSTOMERS) && column.isEmpty() ? List.of("key accounts") : List.of();
    try (var index =
        new SchemaIndex(directory, TEXTS, Embeddings.off(), IndexedValues.NONE, clients)) {
      complete(index, 1, SHOP);

      assertThat(tables(index, "account")).containsExactly(CUSTOMERS);
      assertThat(index.progress().embedded()).isZero();
    }
  }

  /** Values that may be taken back. */
  private static final class Taken implements IndexedValues {
    private final AtomicLong version = new AtomicLong();

    @Override
    public long version() {
      return version.get();
    }

    @Override
    public Map<String, List<String>> of(TableName name, TableMetadata table) {
      return name.equals(CUSTOMERS) && version.get() == 0
          ? Map.of("full_name", List.of("Ada Lovelace"))
          : Map.of();
    }
  }

  private static List<Hit> holders(SchemaIndex index) throws IOException {
    try (IndexSearch search = index.search().orElseThrow()) {
      return search.holders(List.of("ada lovelace", "nobody"), Optional.empty(), 5);
    }
  }

  @Test
  void valuesFindTheirColumnUntilTheyAreTakenBack() throws IOException {
    var values = new Taken();
    try (SchemaIndex index = index(values)) {
      complete(index, 1, SHOP);
      assertThat(holders(index)).extracting(Hit::column).containsExactly(Optional.of("full_name"));

      values.version.incrementAndGet();
      index.again(() -> catalog(SHOP));
      assertThat(index.awaitComplete(SOON)).isTrue();
      assertThat(holders(index)).isEmpty();
    }
    values.version.set(0);
    try (SchemaIndex index = index(values)) {
      complete(index, 1, SHOP);
      assertThat(holders(index)).hasSize(1);
    }
    values.version.set(7);
    try (SchemaIndex index = index(values)) {
      complete(index, 1, SHOP);
      assertThat(holders(index)).isEmpty();
    }
  }

  @Test
  void aDamagedIndexIsMadeAnew() throws IOException {
    try (SchemaIndex index = index(IndexedValues.NONE)) {
      complete(index, 1, SHOP);
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 2; i < Math.min(bytes.length, bytes.length / 2 + 8); i++) {
          bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);
      }
    }
    try (SchemaIndex index = index(IndexedValues.NONE)) {
      complete(index, 1, SHOP);

      assertThat(tables(index, "birth")).containsExactly(CUSTOMERS);
    }
  }

  @Test
  void aDirectoryThatAnotherServerHasIsLeftAlone() throws IOException {
    try (SchemaIndex first = index(IndexedValues.NONE);
        SchemaIndex second = index(IndexedValues.NONE)) {
      complete(first, 1, SHOP);
      complete(second, 1, SHOP);

      assertThat(tables(second, "birth")).containsExactly(CUSTOMERS);
      assertThat(tables(first, "birth")).containsExactly(CUSTOMERS);
    }
  }

  @Test
  void nothingIsFoundBeforeThereIsACatalogNorAfterItIsClosed() throws IOException {
    SchemaIndex index = index(IndexedValues.NONE);
    assertThat(index.search()).isEmpty();
    assertThat(index.awaitNames(Duration.ofMillis(1))).isFalse();
    complete(index, 1, SHOP);
    index.close();
    index.update(2, () -> catalog(SHOP));
    assertThat(index.search()).isEmpty();
  }

  @Test
  void aCatalogThatIsNotGivenIsAskedForAgain() throws Exception {
    try (SchemaIndex index = index(IndexedValues.NONE)) {
      var asked = new CountDownLatch(1);
      index.update(
          1,
          () -> {
            asked.countDown();
            throw new KurobeException(ErrorCode.SOURCE_UNAVAILABLE, "down");
          });
      asked.await();
      long end = System.nanoTime() + SOON.toNanos();
      while (!index.awaitNames(Duration.ofMillis(50)) && System.nanoTime() < end) {
        index.update(1, () -> catalog(SHOP));
      }
      assertThat(tables(index, "birth")).containsExactly(CUSTOMERS);
    }
  }
}
