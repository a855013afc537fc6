package io.kurobe.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People who go on from one question to the next: refine, filter, regroup, compare, correct. Each
 * dialogue runs on one connection, and each turn has the rows of a query written for it.
 */
@ExtendWith(RunningDemo.Extension.class)
class DialoguesIT {
  private static final Logger LOG = LoggerFactory.getLogger(DialoguesIT.class);

  /** A row of the page's dialogue: what is asked, and what is answered. */
  private static final Pattern STEP =
      Pattern.compile("^\\| `(ASK '[^`…]*')` \\| (.*?) \\|$", Pattern.MULTILINE);

  private record Turn(String question, String sql) {}

  private static List<List<Turn>> dialogues() throws IOException {
    List<List<Turn>> dialogues = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    try (InputStream in =
        Objects.requireNonNull(DialoguesIT.class.getResourceAsStream("dialogues.txt"))) {
      List<String> lines = new ArrayList<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
      lines.add("");
      for (String line : lines) {
        int bar = line.indexOf(" | ");
        if (bar > 0) {
          turns.add(new Turn(line.substring(0, bar).strip(), line.substring(bar + 3).strip()));
        } else if (line.isBlank() && !turns.isEmpty()) {
          dialogues.add(List.copyOf(turns));
          turns.clear();
        }
      }
    }
    return dialogues;
  }

  @Test
  void nineOfTenTurnsHaveTheRowsOfTheirQueries(RunningDemo demo) throws Exception {
    List<List<Turn>> dialogues = dialogues();
    assertThat(dialogues).hasSizeGreaterThanOrEqualTo(60);
    int turns = 0;
    List<String> wrong = new ArrayList<>();
    for (List<Turn> dialogue : dialogues) {
      assertThat(dialogue).hasSizeBetween(2, 6);
      try (Connection connection = demo.connect()) {
        for (Turn turn : dialogue) {
          turns++;
          List<List<String>> expected = DemoQuestionsIT.rows(connection, turn.sql());
          String outcome = outcome(connection, turn.question(), expected);
          if (!outcome.isEmpty()) {
            wrong.add(dialogue.get(0).question() + " … " + turn.question() + ": " + outcome);
          }
        }
      }
    }
    wrong.forEach(LOG::info);
    LOG.info("{} dialogues, {} turns, {} right", dialogues.size(), turns, turns - wrong.size());
    assertThat(wrong.size()).as(String.join("\n", wrong)).isLessThanOrEqualTo(turns / 10);
  }

  private static String outcome(
      Connection connection, String question, List<List<String>> expected) {
    try {
      List<List<String>> given =
          DemoQuestionsIT.rows(connection, "ASK '" + question.replace("'", "''") + "'");
      List<List<String>> left = new ArrayList<>(given);
      boolean same = given.size() == expected.size() && expected.stream().allMatch(left::remove);
      return same ? "" : given.size() + " rows that are not the " + expected.size() + " expected";
    } catch (SQLException e) {
      return e.getMessage();
    }
  }

  @Test
  void theQuestionThatIsAnsweredIsSaid(RunningDemo demo) throws SQLException {
    try (Connection connection = demo.connect();
        Statement statement = connection.createStatement()) {
      statement.executeQuery("ASK 'number of orders per country'").close();
      try (var rows = statement.executeQuery("ASK 'only in 2025'")) {
        while (rows.next()) {
          // Warnings are complete after the last row.
        }
        assertThat(statement.getWarnings().getSQLState()).isEqualTo("01KA2");
        assertThat(statement.getWarnings().getMessage())
            .contains("number of orders in the year 2025 per country");
      }
      statement.execute("RESET CONVERSATION");
      assertThat(refusal(connection, "only in 2025")).startsWith("KA");
    }
  }

  @Test
  void thePageShowsWhatIsAnswered(RunningDemo demo) throws Exception {
    Path page = Path.of("docs/ask.md");
    String text = Files.readString(Files.exists(page) ? page : Path.of("..").resolve(page));
    Matcher row = STEP.matcher(text);
    int steps = 0;
    try (Connection connection = demo.connect();
        Statement statement = connection.createStatement()) {
      while (row.find()) {
        steps++;
        statement.clearWarnings();
        try (var rows = statement.executeQuery(row.group(1))) {
          while (rows.next()) {
            // Warnings are complete after the last row.
          }
          List<String> taken = new ArrayList<>();
          for (SQLWarning each = statement.getWarnings();
              each != null;
              each = each.getNextWarning()) {
            if (each.getSQLState().equals("01KA2")) {
              taken.add(each.getMessage());
            }
          }
          if (row.group(2).equals("as asked")) {
            assertThat(taken).as(row.group(1)).isEmpty();
          } else {
            assertThat(taken)
                .as(row.group(1))
                .singleElement()
                .asString()
                .contains("the question was taken for: " + row.group(2) + " [query ");
          }
        }
      }
    }
    assertThat(steps).isGreaterThan(4);
  }

  private static String refusal(Connection connection, String question) {
    try {
      DemoQuestionsIT.rows(connection, "ASK '" + question + "'");
      return "answered";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}
