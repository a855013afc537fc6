package io.kurobe.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The printers over result sets of DuckDB. */
class ResultPrinterTest {
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private String print(OutputFormat format, String sql) throws SQLException {
    var text = new StringWriter();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql);
        var out = new PrintWriter(text)) {
      format.printer().print(rows, out);
    }
    return text.toString();
  }

  @Test
  void alignsNumbersToTheRightAndShowsNull() throws SQLException {
    assertThat(
            print(
                OutputFormat.TABLE,
                "SELECT * FROM (VALUES (1.5, 'a'), (22.25, NULL), (NULL, 'ccc')) t(n, s)"))
        .isEqualToNormalizingNewlines(
            """
             n     | s
            -------+------
              1.50 | a
             22.25 | NULL
              NULL | ccc
            """);
  }

  @Test
  void showsLinesOfACellBelowEachOther() throws SQLException {
    assertThat(print(OutputFormat.TABLE, "SELECT 1 AS n, E'one\\ntwo' AS s, 'x' AS t"))
        .isEqualToNormalizingNewlines(
            """
             n | s   | t
            ---+-----+---
             1 | one | x
               | two |
            """);
  }

  @Test
  void countsWideCharactersTwice() throws SQLException {
    assertThat(print(OutputFormat.TABLE, "SELECT '黒部' AS s, 'é' AS t, 'x' AS u"))
        .isEqualToNormalizingNewlines(
            """
             s    | t | u
            ------+---+---
             黒部 | é | x
            """);
  }

  @Test
  void keepsControlCharactersFromTheTerminal() throws SQLException {
    assertThat(print(OutputFormat.TABLE, "SELECT chr(27) || '[31mred' AS s"))
        .doesNotContain("\u001b")
        .contains("\\u001b[31mred");
  }

  @Test
  void quotesCsvWhereNeeded() throws SQLException {
    assertThat(
            print(OutputFormat.CSV, "SELECT 'a,b' AS \"x\"\"y\", E'l\\n' AS b, NULL AS c, '' AS d"))
        .isEqualTo("\"x\"\"y\",b,c,d\r\n\"a,b\",\"l\n\",,\"\"\r\n");
  }

  @Test
  void keepsEveryDigitInJson() throws SQLException {
    assertThat(
            print(
                OutputFormat.JSON,
                """
                SELECT 12345678901234567890.12::DECIMAL(38,2) AS d, 'NaN'::DOUBLE AS f, TRUE AS b,
                  DATE '2024-02-29' AS t, E'q"\\n' AS s, NULL AS n, [1, NULL] AS a
                """))
        .isEqualToNormalizingNewlines(
            """
            [
            {"d":12345678901234567890.12,"f":"NaN","b":true,"t":"2024-02-29","s":"q\\"\\n","n":null,"a":[1,null]}
            ]
            """);
  }
}
