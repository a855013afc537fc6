package io.kurobe.nl2sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.nl2sql.evaluation.RowComparison;
import io.kurobe.planner.testing.Federation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Forms of questions beyond one pass from left to right, over schemas of schools, hospitals,
 * logistics, subscriptions, hotels and libraries, asked through the gateway; the expected rows are
 * PostgreSQL's own. Half of the questions were written before the rules, half after and left as
 * they came out.
 */
class OfflineEngineFormsTest {
  private static final Map<String, PostgresServer.Database> DATABASES = new HashMap<>();
  private static final Map<String, Federation> FEDERATIONS = new HashMap<>();

  private record Asked(String database, String form, String question, String sql) {}

  private record Figures(int right, int wrong, int refused) {
    Figures and(String verdict) {
      return switch (verdict) {
        case "right" -> new Figures(right + 1, wrong, refused);
        case "wrong" -> new Figures(right, wrong + 1, refused);
        default -> new Figures(right, wrong, refused + 1);
      };
    }
  }

  @AfterAll
  static void close() {
    FEDERATIONS.values().forEach(Federation::close);
  }

  @Test
  void answersQuestionsThatTheRulesWereWrittenWith() throws Exception {
    Figures all = ask("read.tsv");
    assertThat(all.wrong()).isZero();
    assertThat(all.refused()).isZero();
  }

  @Test
  void answersMostOfWhatWasWrittenAfterTheRules() throws Exception {
    Figures all = ask("unseen.tsv");
    assertThat(all.wrong()).isLessThanOrEqualTo(2);
    assertThat(all.right()).isGreaterThanOrEqualTo(46);
  }

  @Test
  void answersFormsThatWereAddedLater() throws Exception {
    Figures all = ask("added.tsv");
    assertThat(all.wrong()).isZero();
    assertThat(all.refused()).isZero();
  }

  @Test
  void answersMostOfWhatWasWrittenAfterThose() throws Exception {
    Figures all = ask("later.tsv");
    assertThat(all.wrong()).isZero();
    assertThat(all.right()).isGreaterThanOrEqualTo(36);
  }

  private static Figures ask(String file) throws IOException, SQLException {
    Map<String, Figures> byForm = new TreeMap<>();
    Figures all = new Figures(0, 0, 0);
    for (Asked asked : questions(file)) {
      String verdict = verdict(asked);
      all = all.and(verdict);
      byForm.put(
          asked.form(), byForm.getOrDefault(asked.form(), new Figures(0, 0, 0)).and(verdict));
    }
    System.out.println(file + ": " + all + " " + byForm);
    return all;
  }

  private static String verdict(Asked asked) throws IOException, SQLException {
    Federation federation = federation(asked.database());
    String ask = "ASK '" + asked.question().replace("'", "''") + "'";
    try {
      List<List<Object>> actual = federation.query(ask);
      if (RowComparison.same(expected(asked), actual, false)) {
        return "right";
      }
      System.out.println("wrong: " + asked.question() + "\n  " + expected(asked) + "\n  " + actual);
      return "wrong";
    } catch (KurobeException e) {
      System.out.println("refused: " + asked.question() + ": " + e.getMessage());
      return "refused";
    }
  }

  private static Federation federation(String name) throws IOException {
    if (!FEDERATIONS.containsKey(name)) {
      var database = PostgresServer.database("forms_" + name, text(name + ".sql"));
      DATABASES.put(name, database);
      FEDERATIONS.put(
          name,
          Federation.of(
              List.of(SourceConfig.ofUrl(name, "postgres", database.url(), database.user())),
              List.of(),
              new OfflineQuestions()));
    }
    return FEDERATIONS.get(name);
  }

  private static List<List<Object>> expected(Asked asked) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    try (Connection connection = DATABASES.get(asked.database()).connect();
        ResultSet result = connection.createStatement().executeQuery(asked.sql())) {
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          Object value = result.getObject(i);
          row.add(
              value instanceof java.sql.Date date ? (int) date.toLocalDate().toEpochDay() : value);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<Asked> questions(String file) throws IOException {
    return text(file)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("\t"))
        .map(parts -> new Asked(parts[0], parts[1], parts[2], parts[3]))
        .toList();
  }

  private static String text(String file) throws IOException {
    try (var in = OfflineEngineFormsTest.class.getResourceAsStream("forms/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
