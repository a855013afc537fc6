package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.adapters.source.SourceRuntime;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.nl2sql.conversation.Answers;
import io.kurobe.nl2sql.conversation.Clarification;
import io.kurobe.nl2sql.evaluation.RowComparison;
import io.kurobe.nl2sql.evaluation.Scores;
import io.kurobe.nl2sql.offline.rank.Confidence;
import io.kurobe.nl2sql.offline.rank.Signs;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.parser.StatementParser;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.memory.RootAllocator;
import org.apache.calcite.sql.SqlNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Questions with known rows over many small databases: how many are answered rightly, wrongly, or
 * refused. A source called like its PostgreSQL database lets the chosen SQL run there as it is.
 */
@Tag("conformance")
class SpiderTrainTest {
  private static final int EVERY = Integer.getInteger("kurobe.questions.every", 5);

  private static final Pattern SIGN = Pattern.compile("(\\w+) (-?\\d+\\.\\d+)");

  private final Map<String, List<String>> values = new HashMap<>();

  @Test
  void isRightOftenAndWrongSeldom() throws Exception {
    Path data =
        Path.of(System.getenv().getOrDefault("KUROBE_SHARED", "../shared"), "data", "spider-train");
    assumeTrue(Files.isDirectory(data), "the questions are not on this machine: set KUROBE_SHARED");
    Map<String, List<JsonNode>> questions = questions(data.resolve("questions.jsonl"));
    Map<String, List<String>> unanswerable = unanswerable();
    int refused = 0;
    int unanswered = 0;
    int askedBack = 0;
    int askedBackThoughRight = 0;
    var scores = new Scores(Confidence.fitted().threshold());
    PostgresServer.Database admin = PostgresServer.database("questions_admin");
    try (var allocator = new RootAllocator();
        var duckDb = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT)) {
      for (Map.Entry<String, List<JsonNode>> each : questions.entrySet()) {
        PostgresServer.Database database = database(data.resolve("databases"), each.getKey());
        var config = SourceConfig.ofUrl(each.getKey(), "postgres", database.url(), database.user());
        try (Source source = postgres().create(config, new SourceRuntime(allocator, duckDb));
            Connection connection = database.connect()) {
          QuestionSupport support = support(source.config(), source.readCatalog(), connection);
          for (JsonNode question : each.getValue()) {
            Scores.Scored scored = score(question, support, connection);
            scores.add(scored);
            if (scored.answered() && isAskedBack(question, support, connection)) {
              askedBack++;
              askedBackThoughRight += scored.right() ? 1 : 0;
            }
          }
          for (String question : unanswerable.getOrDefault(each.getKey(), List.of())) {
            unanswered++;
            refused += Ask.outcome(support, question) instanceof AskOutcome.Refused ? 1 : 0;
          }
        }
        values.clear();
        // Stopping a server that holds a hundred databases takes longer than Surefire waits.
        admin.execute("DROP DATABASE \"" + each.getKey() + "\" WITH (FORCE)");
      }
    }
    scores.report().forEach(System.out::println);
    System.out.println("questions without an answer: " + unanswered + ", refused " + refused);
    System.out.println(
        "asked back: " + askedBack + ", of those right otherwise: " + askedBackThoughRight);
    assertThat(refused).isGreaterThanOrEqualTo((int) (0.9 * unanswered));
    assertThat(scores.share(true)).isGreaterThanOrEqualTo(0.50);
    assertThat(scores.share(false)).isLessThanOrEqualTo(0.20);
  }

  private static SourceFactory postgres() {
    return ServiceLoader.load(SourceFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.type().equals("postgres"))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, List<JsonNode>> questions(Path file) throws IOException {
    var mapper = new ObjectMapper();
    Map<String, List<JsonNode>> questions = new TreeMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i += EVERY) {
      JsonNode question = mapper.readTree(lines.get(i));
      questions
          .computeIfAbsent(question.get("source").asText(), source -> new ArrayList<>())
          .add(question);
    }
    return questions;
  }

  /** Questions that the databases cannot answer, by database. */
  private static Map<String, List<String>> unanswerable() throws IOException {
    Map<String, List<String>> questions = new TreeMap<>();
    try (var in = SpiderTrainTest.class.getResourceAsStream("unanswerable.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t"))
          .forEach(
              pair -> questions.computeIfAbsent(pair[0], key -> new ArrayList<>()).add(pair[1]));
    }
    return questions;
  }

  private static PostgresServer.Database database(Path scripts, String name) throws IOException {
    PostgresServer.Database database =
        PostgresServer.database(name, Files.readString(scripts.resolve(name + ".sql")));
    Path keys = scripts.resolve(name + ".fk.sql");
    if (Files.exists(keys)) {
      for (String key : Files.readString(keys).split(";\\s*\\n")) {
        try {
          database.execute(key);
        } catch (IllegalStateException e) {
          // A key that the data violates is not there, as in the original.
        }
      }
    }
    return database;
  }

  private static Scores.Scored score(
      JsonNode question, QuestionSupport support, Connection connection) {
    AskOutcome outcome = Ask.outcome(support, question.get("question").asText());
    Map<String, String> built = new HashMap<>();
    Map<String, Double> signs = new HashMap<>();
    String sql = null;
    double confidence = 0;
    for (AskOutcome.AskStep step : outcome.steps()) {
      if (step.agent().equals("build")) {
        built.put(step.subject(), step.detail());
      } else if (step.agent().equals("rank") && step.verdict().equals("best")) {
        sql = built.get(step.subject());
        confidence = step.confidence();
        Matcher sign = SIGN.matcher(step.detail().substring(step.detail().lastIndexOf("; ") + 2));
        while (sign.find()) {
          signs.put(sign.group(1), Double.valueOf(sign.group(2)));
        }
      }
    }
    return new Scores.Scored(
        question.get("source").asText(),
        Scores.kind(question.get("sql").asText()),
        outcome instanceof AskOutcome.Answered,
        sql != null && right(question, sql, connection),
        confidence,
        signs,
        Signs.leavesOut(signs));
  }

  /** Whether the gateway would ask back instead of answering. */
  private static boolean isAskedBack(
      JsonNode question, QuestionSupport support, Connection connection) {
    Answers answers =
        (sql, same) -> {
          try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(10);
            return Optional.of(rows(statement.executeQuery(sql)));
          } catch (SQLException e) {
            return Optional.empty();
          }
        };
    var asked = new Question(question.get("question").asText(), List.of(), List.of(), Map.of());
    Optional<KurobeException> back =
        new Clarification(Ask.ENGINE, answers).of(asked, false, support);
    back.ifPresent(
        e ->
            System.out.println(
                question.get("source").asText() + ": " + asked.text() + " " + e.getMessage()));
    return back.isPresent();
  }

  private static boolean right(JsonNode question, String sql, Connection connection) {
    List<List<Object>> expected = new ArrayList<>();
    for (JsonNode row : question.get("rows")) {
      List<Object> cells = new ArrayList<>();
      row.forEach(
          cell ->
              cells.add(
                  cell.isNull() ? null : cell.isNumber() ? cell.decimalValue() : cell.asText()));
      expected.add(cells);
    }
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(10);
      return RowComparison.same(
          expected, rows(statement.executeQuery(sql)), question.get("ordered").asBoolean());
    } catch (SQLException e) {
      return false;
    }
  }

  private static List<List<Object>> rows(ResultSet result) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    int columns = result.getMetaData().getColumnCount();
    while (result.next() && rows.size() < 50_000) {
      List<Object> row = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        row.add(result.getObject(i));
      }
      rows.add(row);
    }
    return rows;
  }

  private QuestionSupport support(
      SourceConfig config, CatalogMetadata metadata, Connection connection) {
    var catalog =
        new CatalogSnapshot(1, List.of(new SourceCatalog(config, "public", metadata)), List.of());
    var parser = new StatementParser();
    return new QuestionSupport() {
      @Override
      public CatalogSnapshot catalog() {
        return catalog;
      }

      @Override
      public SqlNode parse(String sql) {
        return parser.parseQuery(sql);
      }

      @Override
      public List<SqlType.Field> validate(SqlNode query) {
        return List.of();
      }

      @Override
      public List<String> frequentValues(TableName table, String column) {
        return values.computeIfAbsent(table + "." + column, key -> read(table, column));
      }

      private List<String> read(TableName table, String column) {
        String name = '"' + column + '"';
        String sql =
            "SELECT %s FROM \"%s\" WHERE %s <> '' GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT 1000"
                .formatted(name, table.table(), name);
        try (Statement statement = connection.createStatement()) {
          return rows(statement.executeQuery(sql)).stream()
              .map(row -> row.get(0).toString())
              .toList();
        } catch (SQLException e) {
          return List.of();
        }
      }
    };
  }
}
