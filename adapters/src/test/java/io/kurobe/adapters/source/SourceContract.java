package io.kurobe.adapters.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.testing.Rows;
import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.adapters.type.SqlType.Field;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What every source keeps, whatever its kind. A subclass gives a source whose default schema holds,
 * besides tables of its own,
 *
 * <pre>{@code
 * people(id INTEGER, name VARCHAR, born DATE, height DECIMAL(5, 2))
 *   1, 'Ada',     1815-12-10, 1.65
 *   2, 'Žofia 山', NULL,       NULL
 *   3, '',        1970-01-01, 2.00
 *   4, NULL,      1582-10-04, -0.01
 * }</pre>
 *
 * and says in its own SQL what takes long, what fails midway and how each type is written.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class SourceContract {
  /** The columns of {@code people}, as a read asks for them. */
  protected static final List<Field> PEOPLE =
      List.of(
          new Field("id", SqlType.INTEGER, false),
          new Field("name", SqlType.VARCHAR, true),
          new Field("born", SqlType.DATE, true),
          new Field("height", SqlType.decimal(5, 2), true));

  private static final Field N = new Field("n", SqlType.BIGINT, true);

  /** The source under test; the subclass opens and closes it. */
  protected abstract Source source();

  /** The allocator that the source was made with, used by nothing else. */
  protected abstract BufferAllocator allocator();

  /** A query of one BIGINT column that gives 1 to {@code count}, in order. */
  protected abstract String numbers(int count);

  /** A query of one BIGINT column that runs for more than a minute before its first row. */
  protected abstract String slow();

  /** A query of one BIGINT column that divides by zero after some thousand rows. */
  protected abstract String failing();

  /** A value of a type written in the source's SQL and how it must arrive. */
  public record Sample(String sql, SqlType type, @Nullable Object expected) {}

  /** Every type the source has: extremes, NULL, empty, non-ASCII, micro-seconds. */
  protected abstract List<Sample> samples();

  /** A number, as its text is, that the source holds and the type asked for does not. */
  protected abstract Sample wide();

  /** A timestamp of nanoseconds, 1969-12-31 23:59:59.999999999; empty if the source has none. */
  protected abstract Optional<String> nanoseconds();

  /** A source of this kind that nobody answers for; empty if the kind cannot be down. */
  protected abstract Optional<Source> down();

  /** What {@link #failing} is reported as. */
  protected ErrorCode failingCode() {
    return ErrorCode.DIVISION_BY_ZERO;
  }

  @AfterEach
  void allMemoryIsGivenBack() {
    assertThat(allocator().getAllocatedMemory()).isZero();
  }

  @Test
  void catalogNamesTablesAndColumnsInOrder() {
    CatalogMetadata catalog = source().readCatalog();
    TableMetadata people = table(catalog, source().defaultSchema(), "people");
    assertThat(people.kind()).isEqualTo(TableMetadata.Kind.TABLE);
    assertThat(people.columns())
        .extracting(TableMetadata.Column::name)
        .containsExactly("id", "name", "born", "height");
    assertThat(people.columns())
        .extracting(TableMetadata.Column::type)
        .containsExactly(SqlType.INTEGER, SqlType.VARCHAR, SqlType.DATE, SqlType.decimal(5, 2));
    assertThat(people.columns()).allSatisfy(c -> assertThat(c.nativeType()).isNotBlank());
  }

  @Test
  void catalogLeavesOutTheSourcesOwnSchemas() {
    assertThat(source().readCatalog().schemas())
        .extracting(CatalogMetadata.SchemaMetadata::name)
        .contains(source().defaultSchema())
        .doesNotContain("information_schema", "pg_catalog", "system")
        .doesNotHaveDuplicates();
  }

  @Test
  void readsRowsWithNullEmptyAndNonAsciiValues() {
    assertThat(
            read("SELECT id, name, born, height FROM " + table("people") + " ORDER BY id", PEOPLE))
        .containsExactly(
            row(1, "Ada", LocalDate.of(1815, 12, 10), new BigDecimal("1.65")),
            row(2, "Žofia 山", null, null),
            row(3, "", LocalDate.of(1970, 1, 1), new BigDecimal("2.00")),
            row(4, null, LocalDate.of(1582, 10, 4), new BigDecimal("-0.01")));
  }

  @Test
  void givesTheRequestedColumnsByPosition() throws IOException {
    List<Field> renamed =
        List.of(new Field("B", SqlType.VARCHAR, true), new Field("A", SqlType.BIGINT, true));
    String sql = "SELECT name, id FROM " + table("people") + " ORDER BY id LIMIT 1";
    try (BatchStream stream = source().read(request(sql, renamed))) {
      assertThat(stream.reader().getVectorSchemaRoot().getSchema())
          .isEqualTo(ArrowTypes.schema(renamed));
      assertThat(Rows.batches(stream.reader())).containsExactly(List.of(row("Ada", 1L)));
    }
  }

  @Test
  void readsNoRows() throws IOException {
    String sql = "SELECT id, name, born, height FROM " + table("people") + " WHERE 1 = 0";
    try (BatchStream stream = source().read(request(sql, PEOPLE))) {
      assertThat(stream.reader().getVectorSchemaRoot().getSchema())
          .isEqualTo(ArrowTypes.schema(PEOPLE));
      assertThat(Rows.batches(stream.reader()).stream().mapToInt(List::size).sum()).isZero();
    }
  }

  @Test
  void batchesHoldAtMostTheRequestedRows() {
    var request =
        new ReadRequest(numbers(10_000), List.of(N), ZoneOffset.UTC, Duration.ofMinutes(1), 1_000);
    try (BatchStream stream = source().read(request)) {
      List<List<List<@Nullable Object>>> batches = Rows.batches(stream.reader());
      assertThat(batches).hasSizeGreaterThanOrEqualTo(10);
      assertThat(batches).allSatisfy(batch -> assertThat(batch.size()).isLessThanOrEqualTo(1_000));
      long next = 1;
      for (List<List<@Nullable Object>> batch : batches) {
        for (List<@Nullable Object> row : batch) {
          assertThat(row).containsExactly(next++);
        }
      }
      assertThat(next).isEqualTo(10_001);
    }
  }

  @Test
  void endedStreamStaysEnded() throws IOException {
    try (BatchStream stream = source().read(request(numbers(3), List.of(N)))) {
      assertThat(Rows.batches(stream.reader())).hasSize(1);
      assertThat(stream.reader().loadNextBatch()).isFalse();
      stream.cancel();
      stream.close();
    }
  }

  @Test
  void closedMidStreamTheNextReadWorks() throws IOException {
    for (int i = 0; i < 20; i++) {
      var request =
          new ReadRequest(numbers(500_000), List.of(N), ZoneOffset.UTC, Duration.ofMinutes(1), 100);
      try (BatchStream stream = source().read(request)) {
        assertThat(stream.reader().loadNextBatch()).isTrue();
      }
    }
    assertThat(read(numbers(2), List.of(N))).containsExactly(row(1L), row(2L));
  }

  @Test
  void closedUnreadTheNextReadWorks() {
    source().read(request(numbers(500_000), List.of(N))).close();
    assertThat(read(numbers(1), List.of(N))).containsExactly(row(1L));
  }

  @Test
  void cancelFromAnotherThreadStopsTheReaderSoon() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (BatchStream stream = source().read(request(slow(), List.of(N)))) {
      CompletableFuture<@Nullable Throwable> reading =
          CompletableFuture.supplyAsync(() -> failure(stream), other);
      TimeUnit.MILLISECONDS.sleep(700);
      assertThat(reading).isNotDone();
      long start = System.nanoTime();
      stream.cancel();
      Duration returned = Duration.ofNanos(System.nanoTime() - start);
      Throwable failure = reading.get(20, TimeUnit.SECONDS);
      Duration stopped = Duration.ofNanos(System.nanoTime() - start);
      assertThat(failure).isInstanceOf(KurobeException.class);
      assertThat(((KurobeException) failure).code()).isEqualTo(ErrorCode.CANCELLED);
      assertThat(returned).isLessThan(Duration.ofSeconds(10));
      assertThat(stopped).isLessThan(Duration.ofSeconds(20));
    } finally {
      other.shutdown();
    }
    assertThat(read(numbers(1), List.of(N))).containsExactly(row(1L));
  }

  @Test
  void cancelledBeforeItIsReadAStreamFails() {
    try (BatchStream stream = source().read(request(numbers(500_000), List.of(N)))) {
      stream.cancel();
      KurobeException failure =
          catchThrowableOfType(KurobeException.class, () -> Rows.batches(stream.reader()));
      assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
    }
  }

  @Test
  void endsAtItsTimeout() {
    var request =
        new ReadRequest(slow(), List.of(N), ZoneOffset.UTC, Duration.ofMillis(800), 1_000);
    long start = System.nanoTime();
    KurobeException failure =
        catchThrowableOfType(KurobeException.class, () -> Rows.of(source().read(request)));
    assertThat(failure.code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(failure).hasMessageContaining(source().name());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    assertThat(read(numbers(1), List.of(N))).containsExactly(row(1L));
  }

  @Test
  void reportsAnErrorMidway() {
    KurobeException failure =
        catchThrowableOfType(
            KurobeException.class, () -> Rows.of(source().read(request(failing(), List.of(N)))));
    assertThat(failure.code()).isEqualTo(failingCode());
    assertThat(failure).hasMessageContaining(source().name());
    assertThat(failure.getMessage().lines()).hasSize(1);
    assertThat(read(numbers(1), List.of(N))).containsExactly(row(1L));
  }

  @Test
  void aValueThatItsColumnDoesNotHoldIsNamed() {
    Sample wide = wide();
    Field column = new Field("narrow", wide.type(), true);
    KurobeException failure =
        catchThrowableOfType(
            KurobeException.class,
            () -> read("SELECT " + wide.sql() + " AS narrow", List.of(column)));
    assertThat(failure.code()).isEqualTo(ErrorCode.NUMERIC_OUT_OF_RANGE);
    assertThat(failure)
        .hasMessageContaining(source().name())
        .hasMessageContaining(
            "column \"narrow\": the value "
                + wide.expected()
                + " does not fit into "
                + wide.type());
  }

  @Test
  void reportsWhatTheSourceRefusesInOneLineThatNamesIt() {
    assertThatThrownBy(
            () -> Rows.of(source().read(request("SELECT n FROM no_such_table_here", List.of(N)))))
        .isInstanceOfSatisfying(
            KurobeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
              assertThat(e.getMessage().lines()).hasSize(1);
              assertThat(e).hasMessageContaining(source().name());
              assertThat(e).hasMessageContaining("no_such_table_here");
            });
  }

  @Test
  void readsInParallel() {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<CompletableFuture<Integer>> reads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        reads.add(
            CompletableFuture.supplyAsync(() -> read(numbers(5_000), List.of(N)).size(), threads));
      }
      assertThat(reads).allSatisfy(read -> assertThat(read.join()).isEqualTo(5_000));
    } finally {
      threads.shutdown();
    }
  }

  @TestFactory
  List<DynamicTest> valuesArriveAsTheirType() {
    return samples().stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.type() + ": " + sample.sql(), () -> assertArrives(sample)))
        .toList();
  }

  @Test
  void answersAboutItsHealth() {
    Health health = source().health();
    assertThat(health.up()).as(health.detail()).isTrue();
    assertThat(health.detail()).isNotBlank();
  }

  @Test
  void saysWhenItCutsATime() throws IOException {
    List<Field> column = List.of(new Field("v", SqlType.TIMESTAMP, true));
    if (nanoseconds().isPresent()) {
      assertThat(lossesOf("SELECT " + nanoseconds().get(), column)).containsExactly(Loss.TIME_CUT);
      assertThat(read("SELECT " + nanoseconds().get(), column))
          .containsExactly(row(LocalDateTime.parse("1969-12-31T23:59:59.999999")));
    }
    assertThat(lossesOf("SELECT TIMESTAMP '1969-12-31 23:59:59.999999'", column)).isEmpty();
  }

  private Set<Loss> lossesOf(String sql, List<Field> columns) throws IOException {
    try (BatchStream stream = source().read(request(sql, columns))) {
      while (stream.reader().loadNextBatch()) {
        // The losses are complete with the last batch.
      }
      return stream.losses();
    }
  }

  @Test
  void isNamedWhenItIsDown() {
    if (down().isEmpty()) {
      return;
    }
    try (Source down = down().get()) {
      assertThat(down.health().up()).isFalse();
      assertUnavailable(down, () -> down.readCatalog());
      assertUnavailable(down, () -> Rows.of(down.read(request(numbers(1), List.of(N)))));
    }
  }

  /** A table of the default schema, as the source's SQL writes it. */
  protected final String table(String name) {
    return source().dialect().quoteIdentifier(source().defaultSchema())
        + "."
        + source().dialect().quoteIdentifier(name);
  }

  /** A table of a catalog. */
  protected static TableMetadata table(CatalogMetadata catalog, String schema, String name) {
    return catalog.schemas().stream()
        .filter(s -> s.name().equals(schema))
        .flatMap(s -> s.tables().stream())
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no table " + schema + "." + name));
  }

  /** A request in UTC with room and time enough. */
  protected static ReadRequest request(String sql, List<Field> columns) {
    return request(sql, columns, ZoneOffset.UTC);
  }

  /** A request in a zone, with room and time enough. */
  protected static ReadRequest request(String sql, List<Field> columns, ZoneId zone) {
    return new ReadRequest(sql, columns, zone, Duration.ofMinutes(1), 8_192);
  }

  /** All rows of a query. */
  protected final List<List<@Nullable Object>> read(String sql, List<Field> columns) {
    return Rows.of(source().read(request(sql, columns)));
  }

  /** A row; a value may be null. */
  protected static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  private void assertArrives(Sample sample) {
    List<List<@Nullable Object>> rows =
        read("SELECT " + sample.sql(), List.of(new Field("v", sample.type(), true)));
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0)).hasSize(1);
    assertThat(rows.get(0).get(0)).isEqualTo(sample.expected());
    allMemoryIsGivenBack();
  }

  private static void assertUnavailable(Source down, Runnable use) {
    long start = System.nanoTime();
    KurobeException failure = catchThrowableOfType(KurobeException.class, use::run);
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(failure).hasMessageContaining(down.name());
    assertThat(failure.getMessage().lines()).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  private static @Nullable Throwable failure(BatchStream stream) {
    try {
      Rows.batches(stream.reader());
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }
}
