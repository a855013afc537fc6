package io.kurobe.nl2sql.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.nl2sql.CatalogText;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.retrieve.embed.Embeddings;
import io.kurobe.nl2sql.retrieve.index.CatalogTexts;
import io.kurobe.nl2sql.retrieve.index.IndexSearch;
import io.kurobe.nl2sql.retrieve.index.IndexedValues;
import io.kurobe.nl2sql.retrieve.index.SchemaIndex;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people call their data is found in the index of the catalog. */
class LayerWordsTest {
  private static final Origin HERE = new Origin("layer.yaml", 1);
  private static final TableName BOOKINGS = new TableName("hut", "public", "bookings");
  private static final TableName HUTS = new TableName("hut", "public", "huts");
  private static final CatalogSnapshot CATALOG =
      CatalogText.of(
              """
              hut.public.huts: id int key, name text, beds int
              hut.public.bookings: id int key, hut_id int -> huts.id, kind text, fee num
              """)
          .catalog();

  private static final SemanticModel MODEL =
      new SemanticModel(
          List.of(
              new SemanticTable(
                  BOOKINGS,
                  Optional.of("nights reserved by alpinists"),
                  List.of("overnight stay"),
                  Optional.empty(),
                  Optional.empty(),
                  List.of(
                      new SemanticColumn(
                          "kind",
                          Optional.empty(),
                          List.of("catering"),
                          Optional.empty(),
                          false,
                          Map.of("HP", List.of("half board")),
                          HERE)),
                  HERE)),
          List.of(
              new Metric(
                  "takings",
                  BOOKINGS,
                  List.of(),
                  "SUM(fee)",
                  Optional.empty(),
                  Optional.empty(),
                  List.of("turnover"),
                  Optional.empty(),
                  HERE)),
          List.of());

  @TempDir private Path directory;
  private final CatalogTexts texts = new CatalogTexts(Lexicon.english());
  private final LayerWords words = new LayerWords(MODEL);
  private SchemaIndex index;

  @BeforeEach
  void build() {
    index = new SchemaIndex(directory, texts, Embeddings.off(), IndexedValues.NONE, words);
    index.update(1, () -> words.described(CATALOG));
    assertThat(index.awaitNames(Duration.ofSeconds(20))).isTrue();
  }

  @AfterEach
  void close() {
    index.close();
  }

  private List<TableName> tables(String word) throws IOException {
    try (IndexSearch search = index.search().orElseThrow()) {
      String stem = texts.stems(word).get(0);
      return search.tables(Map.of(stem, 1.0), Optional.empty(), 5).stream()
          .map(IndexSearch.Hit::table)
          .toList();
    }
  }

  @Test
  void tablesAreFoundByTheLayersSynonymsMetricsAndDescriptions() throws IOException {
    assertThat(tables("overnight")).containsExactly(BOOKINGS);
    assertThat(tables("turnover")).containsExactly(BOOKINGS);
    assertThat(tables("takings")).containsExactly(BOOKINGS);
    assertThat(tables("alpinist")).containsExactly(BOOKINGS);
    assertThat(tables("bed")).containsExactly(HUTS);
    assertThat(tables("camel")).isEmpty();
  }

  @Test
  void columnsAreFoundByWhatPeopleCallThemAndTheirValues() throws IOException {
    try (IndexSearch search = index.search().orElseThrow()) {
      for (String word : List.of("catering", "board")) {
        String stem = texts.stems(word).get(0);
        assertThat(search.columns(Map.of(stem, 1.0), Optional.empty(), 5))
            .as(word)
            .extracting(IndexSearch.Hit::column)
            .containsExactly(Optional.of("kind"));
      }
    }
  }
}
