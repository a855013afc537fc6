package io.kurobe.nl2sql.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.nl2sql.mschema.MSchema;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.retrieve.embed.BgeSmall;
import io.kurobe.nl2sql.retrieve.embed.Embeddings;
import io.kurobe.nl2sql.retrieve.index.CatalogTexts;
import io.kurobe.nl2sql.retrieve.index.IndexedValues;
import io.kurobe.nl2sql.retrieve.index.SchemaIndex;
import io.kurobe.nl2sql.retrieve.index.Synonyms;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.parser.StatementParser;
import io.kurobe.planner.privacy.Classifications;
import io.kurobe.planner.privacy.Classifier;
import io.kurobe.planner.privacy.ModelGate;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much of what a question needs is in its schemas, and how much else: on questions whose query
 * is known, over all their databases merged into one catalog. The weights of tables were fitted on
 * every seventh question; {@code -Dkurobe.questions.first} begins elsewhere.
 */
@Tag("conformance")
class LinkingRecallTest {
  /** Every so many-th question is asked; 1 asks all. */
  private static final int EVERY = Integer.getInteger("kurobe.questions.every", 10);

  /** Whether words alone are used. */
  private static final boolean WORDS = Boolean.getBoolean("kurobe.questions.words");

  private static final int FIRST = Integer.getInteger("kurobe.questions.first", 0);

  private static final Session SESSION =
      new Session(
          "test",
          new Principal("tester", Set.of()),
          ZoneId.of("UTC"),
          List.of(),
          Limits.DEFAULT,
          Map.of());

  @TempDir private Path directory;

  /** What was counted of one of the two schemas. */
  private static final class Tally {
    private int questions;
    private int whole;
    private int wholeTables;
    private double recall;
    private double precision;
    private double tables;
    private double columns;

    void add(String source, GoldColumns gold, MSchema schema) {
      Set<String> told = new HashSet<>();
      Set<String> toldTables = new HashSet<>();
      for (MSchema.Table table : schema.tables()) {
        String name = table.place().source() + "." + table.place().table();
        toldTables.add(name);
        table.fields().forEach(field -> told.add(name + "." + field.name()));
      }
      long found = gold.columns().stream().filter(c -> told.contains(source + "." + c)).count();
      long foundTables =
          gold.tables().stream().filter(t -> toldTables.contains(source + "." + t)).count();
      int needed = Math.max(1, gold.columns().size());
      questions++;
      wholeTables += foundTables == gold.tables().size() ? 1 : 0;
      whole += foundTables == gold.tables().size() && found == gold.columns().size() ? 1 : 0;
      recall += gold.columns().isEmpty() ? 1 : found / (double) needed;
      precision += found / (double) Math.max(1, told.size());
      tables += toldTables.size();
      columns += told.size();
    }

    double wholeShare() {
      return whole / (double) questions;
    }

    String report() {
      return ("all columns %.1f %%, all tables %.1f %%, columns' recall %.1f %%, precision %.1f %%;"
              + " %.1f tables, %.1f columns")
          .formatted(
              100 * wholeShare(),
              100.0 * wholeTables / questions,
              100 * recall / questions,
              100 * precision / questions,
              tables / questions,
              columns / questions);
    }
  }

  @Test
  void whatAQuestionNeedsIsInItsSchemas() throws IOException {
    Path data =
        Path.of(System.getenv().getOrDefault("KUROBE_SHARED", "../shared"), "data", "spider-train");
    assumeTrue(Files.isDirectory(data), "the questions are not on this machine: set KUROBE_SHARED");
    SpiderCatalog spider = SpiderCatalog.read(data.resolve("databases"));
    CatalogSnapshot catalog = spider.snapshot();
    QuestionSupport support = support(catalog, spider.values(1_000));
    Map<String, Tally> precise = new TreeMap<>();
    Map<String, Tally> fuller = new TreeMap<>();
    List<Double> times = new ArrayList<>();
    try (SchemaIndex index =
        new SchemaIndex(
            directory.resolve("index"),
            new CatalogTexts(Lexicon.english()),
            WORDS ? Embeddings.off() : Embeddings.of(() -> BgeSmall.load(directory)),
            indexed(spider.values(100)),
            Synonyms.NONE)) {
      var linker = new IndexLinker(index, () -> catalog, LinkLimits.DEFAULT, Lexicon.english());
      index.update(1, () -> catalog);
      assertThat(index.awaitComplete(Duration.ofMinutes(10))).isTrue();
      System.out.println(index.progress());
      List<String> lines = Files.readAllLines(data.resolve("questions.jsonl"));
      for (int i = FIRST; i < lines.size(); i += EVERY) {
        JsonNode question = new ObjectMapper().readTree(lines.get(i));
        String source = question.get("source").asText();
        GoldColumns gold;
        try {
          gold =
              new GoldColumns(
                  new StatementParser().parseQuery(question.get("sql").asText()),
                  tables(catalog, source));
        } catch (KurobeException e) {
          // A query in SQLite's own words; there are few.
          continue;
        }
        long since = System.nanoTime();
        LinkedSchema linked =
            linker.link(
                new Question(question.get("question").asText(), List.of(), List.of(), Map.of()),
                SESSION,
                support,
                new Trace());
        times.add((System.nanoTime() - since) / 1e6);
        for (String group : List.of("all", gold.tables().size() > 1 ? "joins" : "one table")) {
          precise.computeIfAbsent(group, g -> new Tally()).add(source, gold, linked.precise());
          fuller.computeIfAbsent(group, g -> new Tally()).add(source, gold, linked.fuller());
        }
      }
    }
    double[] sorted = times.stream().mapToDouble(x -> x).sorted().toArray();
    System.out.printf(
        "%d questions; p50 %.1f ms, p95 %.1f ms%n",
        sorted.length, sorted[sorted.length / 2], sorted[sorted.length * 95 / 100]);
    precise.forEach(
        (group, tally) -> System.out.println("precise, " + group + ": " + tally.report()));
    fuller.forEach(
        (group, tally) -> System.out.println("fuller, " + group + ": " + tally.report()));
    assertThat(fuller.get("all").wholeShare()).isGreaterThan(0.9);
  }

  private static List<TableMetadata> tables(CatalogSnapshot catalog, String source) {
    return catalog.source(source).orElseThrow().metadata().schemas().get(0).tables();
  }

  private static IndexedValues indexed(Map<String, List<String>> values) {
    return new IndexedValues() {
      @Override
      public long version() {
        return 1;
      }

      @Override
      public Map<String, List<String>> of(TableName name, TableMetadata table) {
        Map<String, List<String>> found = new HashMap<>();
        for (TableMetadata.Column column : table.columns()) {
          List<String> of = values.get(name + "." + column.name());
          if (of != null && column.type().kind() == SqlType.VARCHAR.kind()) {
            found.put(column.name(), of);
          }
        }
        return found;
      }
    };
  }

  private static QuestionSupport support(
      CatalogSnapshot catalog, Map<String, List<String>> values) {
    var gate = new ModelGate(catalog, new Classifier(Classifications.NONE));
    return new QuestionSupport() {
      @Override
      public CatalogSnapshot catalog() {
        return catalog;
      }

      @Override
      public SqlNode parse(String sql) {
        throw new UnsupportedOperationException();
      }

      @Override
      public List<SqlType.Field> validate(SqlNode query) {
        throw new UnsupportedOperationException();
      }

      @Override
      public List<String> frequentValues(TableName table, String column) {
        return values.getOrDefault(table + "." + column, List.of());
      }

      @Override
      public ModelGate models() {
        return gate;
      }
    };
  }
}
