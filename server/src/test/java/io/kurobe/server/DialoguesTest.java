package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dialogues over small databases with different words, in the manner of public sets of them: each
 * turn stands alone or goes on from the one before, and has the rows of a query written for it.
 * Half of them were written after the rules, and nothing was changed for them.
 */
class DialoguesTest {
  @TempDir private Path directory;

  private record Turn(String question, String sql) {}

  private static String text(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DialoguesTest.class.getResourceAsStream("dialogues/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The dialogues of a file by their databases. */
  private static Map<String, List<List<Turn>>> dialogues(String file) throws IOException {
    Map<String, List<List<Turn>>> dialogues = new LinkedHashMap<>();
    List<List<Turn>> here = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    for (String line : (text(file) + "\n\n").lines().toList()) {
      int bar = line.indexOf(" | ");
      if (line.startsWith("## ")) {
        here = dialogues.computeIfAbsent(line.substring(3).strip(), key -> new ArrayList<>());
      } else if (bar > 0) {
        turns.add(new Turn(line.substring(0, bar).strip(), line.substring(bar + 3).strip()));
      } else if (line.isBlank() && !turns.isEmpty()) {
        here.add(List.copyOf(turns));
        turns.clear();
      }
    }
    return dialogues;
  }

  /** The wrong turns of a file; says how many there are. */
  private List<String> wrong(String file, int[] count) throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, List<List<Turn>>> each : dialogues(file).entrySet()) {
      Path home = Files.createDirectory(directory.resolve(file + "." + each.getKey()));
      String data = "jdbc:duckdb:" + home.resolve("a.duckdb");
      try (Connection duckDb = DriverManager.getConnection(data);
          Statement statement = duckDb.createStatement()) {
        statement.execute(text(each.getKey() + ".sql"));
      }
      String yaml = "sources:\n  files: {type: duckdb, path: a.duckdb}\n";
      try (ConfiguredGateway gateway = ConfiguredGateway.start(home, yaml)) {
        for (List<Turn> dialogue : each.getValue()) {
          try (Connection connection = gateway.connect()) {
            for (Turn turn : dialogue) {
              count[0]++;
              outcome(connection, turn)
                  .ifPresent(
                      why ->
                          wrong.add(
                              each.getKey()
                                  + ": "
                                  + dialogue.get(0).question()
                                  + " … "
                                  + turn.question()
                                  + ": "
                                  + why));
            }
          }
        }
      }
    }
    System.out.printf(
        Locale.ROOT, "%s: %d turns, %d right%n", file, count[0], count[0] - wrong.size());
    wrong.forEach(System.out::println);
    return wrong;
  }

  private static Optional<String> outcome(Connection connection, Turn turn) throws SQLException {
    List<String> expected = rows(connection, turn.sql());
    try {
      List<String> given = rows(connection, "ASK '" + turn.question().replace("'", "''") + "'");
      if (!turn.sql().contains(" ORDER BY ")) {
        expected.sort(null);
        given.sort(null);
      }
      if (given.equals(expected)) {
        return Optional.empty();
      }
      String sql = rows(connection, "ASK SQL '" + turn.question().replace("'", "''") + "'").get(0);
      return Optional.of(taken(connection, turn) + sql.replaceAll("\\s+", " "));
    } catch (SQLException e) {
      return Optional.of(taken(connection, turn) + e.getMessage());
    }
  }

  /** The question that it was taken for. */
  private static String taken(Connection connection, Turn turn) throws SQLException {
    return rows(connection, "EXPLAIN ASK '" + turn.question().replace("'", "''") + "'").stream()
        .filter(row -> row.contains("conversation"))
        .findFirst()
        .orElse("");
  }

  /** Rows with their values in any order, numbers to four places. */
  private static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          Object cell = result.getObject(i);
          cells.add(
              cell instanceof Number number
                  ? String.format(Locale.ROOT, "%.4f", number.doubleValue())
                  : String.valueOf(cell));
        }
        cells.sort(null);
        rows.add(cells.toString());
      }
    }
    return rows;
  }

  @Test
  void mostTurnsThatRulesWereWrittenWithAreRight() throws Exception {
    int[] turns = {0};
    List<String> wrong = wrong("seen.txt", turns);
    assertThat(wrong.size()).isLessThanOrEqualTo(turns[0] / 10);
  }

  @Test
  void mostTurnsThatWereWrittenAfterwardsAreRight() throws Exception {
    int[] turns = {0};
    List<String> wrong = wrong("unseen.txt", turns);
    assertThat(wrong.size()).isLessThanOrEqualTo(turns[0] / 5);
  }
}
