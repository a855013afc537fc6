package io.kurobe.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The questions that come with the demo are answered as a person would answer them. */
@ExtendWith(RunningDemo.Extension.class)
class DemoQuestionsIT {
  static List<DemoQuestion> questions() {
    return DemoQuestion.all();
  }

  @ParameterizedTest
  @MethodSource("questions")
  void questionHasTheAnswerOfItsQuery(DemoQuestion question, RunningDemo demo) throws SQLException {
    try (Connection connection = demo.connect()) {
      List<List<String>> expected = rows(connection, question.sql());
      assertThat(expected).isNotEmpty();
      assertThat(rows(connection, "ASK '" + question.text().replace("'", "''") + "'"))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void thereAreSixtyAndSomeJoinTheSources() {
    assertThat(questions()).hasSizeGreaterThanOrEqualTo(60);
    assertThat(questions().stream().map(DemoQuestion::text).distinct()).hasSameSizeAs(questions());
    assertThat(questions())
        .filteredOn(each -> each.sql().contains("shop.public.") && each.sql().contains("web.main."))
        .hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void helpProposesThem() {
    String help = new CommandLine(new DemoCommand()).getUsageMessage();
    assertThat(help.lines().filter(line -> line.contains("./kurobe ask")))
        .hasSizeGreaterThan(5)
        .allSatisfy(
            line -> {
              String question = line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\''));
              assertThat(DemoQuestion.all()).extracting(DemoQuestion::text).contains(question);
            });
  }

  static List<List<String>> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      int columns = results.getMetaData().getColumnCount();
      while (results.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          row.add(plain(results.getObject(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** Numbers of different types and scales compare by value. */
  private static String plain(@Nullable Object value) {
    return value instanceof Number number
        ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
        : String.valueOf(value);
  }
}
