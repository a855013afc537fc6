package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.adapters.source.SourceRuntime;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.nl2sql.evaluation.RowComparison;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.question.AskOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/**
 * Small databases as others leave them: no declared keys, cut names with prefixes and suffixes,
 * names that only comments explain, and questions in other words than the names. Half of the
 * questions of each were written after the rules, and were not looked at while mending them.
 */
class UglyNamesTest {
  private static final List<String> DATABASES = List.of("fleet", "orders", "utility", "gym");

  /** How many of some questions are answered, and how. */
  private record Tally(int asked, int right, int wrong) {
    Tally plus(String outcome) {
      return new Tally(
          asked + 1,
          right + (outcome.equals("right") ? 1 : 0),
          wrong + (outcome.startsWith("wrong") ? 1 : 0));
    }
  }

  @Test
  void mostQuestionsAreAnsweredAndFewWrongly() throws Exception {
    var seen = new Tally(0, 0, 0);
    var unseen = new Tally(0, 0, 0);
    try (var allocator = new RootAllocator();
        var duckDb = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT)) {
      for (String name : DATABASES) {
        String file = "ugly_" + name;
        PostgresServer.Database database = PostgresServer.database(file, text(name + ".sql"));
        var config = SourceConfig.ofUrl(file, "postgres", database.url(), database.user());
        try (Source source = postgres().create(config, new SourceRuntime(allocator, duckDb));
            Connection connection = database.connect()) {
          var catalog =
              new CatalogSnapshot(
                  1,
                  List.of(new SourceCatalog(source.config(), "public", source.readCatalog())),
                  List.of());
          var support = new StoredSupport(catalog, connection);
          boolean after = false;
          for (String line : text(name + ".txt").lines().toList()) {
            if (line.startsWith("#")) {
              after = true;
              continue;
            }
            int bar = line.indexOf(" | ");
            String outcome =
                outcome(support, connection, line.substring(0, bar), line.substring(bar + 3));
            System.out.println(
                (after ? "unseen " : "seen ") + line.substring(0, bar) + ": " + outcome);
            if (after) {
              unseen = unseen.plus(outcome);
            } else {
              seen = seen.plus(outcome);
            }
          }
        }
      }
    }
    System.out.println("before the rules: " + seen + "; after them: " + unseen);
    assertThat(seen.right()).isGreaterThanOrEqualTo(seen.asked() * 8 / 10);
    assertThat(seen.wrong()).isLessThanOrEqualTo(seen.asked() / 5);
    assertThat(unseen.right()).isGreaterThanOrEqualTo(unseen.asked() / 2);
    assertThat(unseen.wrong()).isLessThanOrEqualTo(unseen.asked() / 4);
  }

  private static String outcome(
      StoredSupport support, Connection connection, String question, String expected)
      throws SQLException {
    AskOutcome outcome = Ask.outcome(support, question);
    if (outcome instanceof AskOutcome.Refused refused) {
      return "refused: " + refused.reason().getMessage();
    }
    String sql = ((AskOutcome.Answered) outcome).query().sql().replace('\n', ' ');
    List<List<Object>> wanted = rows(connection, expected);
    try {
      boolean same =
          RowComparison.same(
              wanted, rows(connection, sql), expected.contains("ORDER BY") && wanted.size() > 1);
      return same ? "right" : "wrong: " + sql;
    } catch (SQLException e) {
      return "wrong: " + sql + ": " + e.getMessage();
    }
  }

  private static List<List<Object>> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static String text(String file) throws IOException {
    try (var in = UglyNamesTest.class.getResourceAsStream("ugly/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static SourceFactory postgres() {
    return ServiceLoader.load(SourceFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.type().equals("postgres"))
        .findFirst()
        .orElseThrow();
  }
}
