package io.kurobe.planner.parser;

import static io.kurobe.planner.parser.Parsing.error;
import static io.kurobe.planner.parser.Parsing.parse;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.StatementPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT a FORM t               | unexpected "t" at line 1, column 15       | did you mean FROM?
          SELEC 1                       | unexpected "SELEC" at line 1, column 1    | did you mean SELECT?
          SELECT * FROM t WEHRE a = 1   | unexpected "a" at line 1, column 23       | did you mean WHERE?
          SELECT a FROM t WHERE a LIEK 'x' | unexpected "LIEK" at line 1, column 25 | did you mean LIKE?
          SELECT * FROM t ODRER BY a    | unexpected "BY" at line 1, column 23      | did you mean ORDER?
          SELECT * FROM t GROUP YB a    | unexpected "YB" at line 1, column 23      | expected BY
          SHOW TABLES FORM a            | unexpected "FORM" at line 1, column 13    | did you mean FROM?
          CREATE VIEW v SELECT 1        | unexpected "SELECT" at line 1, column 15  | expected ., AS, SECURITY
          KILL 5                        | unexpected "5" at line 1, column 6        | expected a string
          ASK 'q' ON                    | ends too early at line 1, column 10       | expected a name
          ASK "q"                       | in single quotes at line 1, column 5      | ASK 'how many customers are there?'
          SELECT `a` FROM t             | character ` means nothing in SQL at line 1, column 8 | names are quoted with "
          """)
  void saysWhatWasFoundWhereAndWhatWasMeant(String sql, String message, String hint) {
    KurobeException error = error(sql);

    assertThat(error.code()).isEqualTo(ErrorCode.SYNTAX);
    assertThat(whole(error)).contains(message);
    assertThat(error.hint()).contains(hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~                            | empty
          ~ ;~                          | empty
          -- only a comment             | empty
          SELECT 1; SELECT 2            | one statement at a time
          SELECT 'it                    | string that begins here is not closed at line 1, column 8
          SELECT "a FROM t              | name in double quotes that begins here is not closed
          SELECT /* a                   | ends within a comment
          SELECT * FROM                 | ends too early at line 1, column 13
          (1)                           | a query is expected here at line 1, column 2
          EXPLAIN                       | ends too early
          ASK                           | followed by a question in single quotes
          SELECT CASE WHEN a THEN b FROM t | unexpected "FROM" at line 1, column 27
          SELECT X'0G'                  | syntax error
          """)
  void saysWhatIsWrongWithTheWhole(String sql, String message) {
    KurobeException error = error(sql);

    assertThat(error.code()).isEqualTo(ErrorCode.SYNTAX);
    assertThat(whole(error)).contains(message);
  }

  /** The message with its position, as clients see them. */
  private static String whole(KurobeException error) {
    return error.getMessage() + error.position().map(position -> " at " + position).orElse("");
  }

  @Test
  void pointsIntoTheLine() {
    assertThat(error("SELECT a\n\t  FROM t\nWHERE a ==").position())
        .contains(new StatementPosition(3, 10));
  }

  @Test
  void staysOnOneLineWhateverTheText() {
    for (String sql :
        new String[] {
          "SELECT a b 'c\nd\ne'",
          "\u0000\u0001",
          "SELECT \u0000",
          "\uD800",
          "SELECT 1 'x' " + "y".repeat(9000)
        }) {
      KurobeException error = error(sql);

      assertThat(error.getMessage()).as(sql).doesNotContain("\n", "\u0000").hasSizeLessThan(300);
      assertThat(error.code()).isEqualTo(ErrorCode.SYNTAX);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INSERT INTO t VALUES (1)                   | INSERT
          UPDATE t SET a = 1                         | UPDATE
          DELETE FROM t                              | DELETE
          MERGE INTO t USING u ON (a = b)            | MERGE
          TRUNCATE TABLE t                           | TRUNCATE TABLE
          /* x */ create table t (a int)             | CREATE TABLE
          CREATE TEMPORARY TABLE t AS SELECT 1       | CREATE TEMPORARY
          CREATE OR REPLACE TABLE t AS SELECT 1      | CREATE TABLE
          CREATE MATERIALIZED VIEW t AS SELECT 1     | CREATE MATERIALIZED
          CREATE INDEX i ON t (a)                    | CREATE INDEX
          DROP TABLE t                               | DROP TABLE
          ALTER TABLE t ADD COLUMN a int             | ALTER TABLE
          COPY t FROM 'x'                            | COPY
          CALL f()                                   | CALL
          {call f()}                                 | CALL
          SELECT * INTO x FROM t                     | INTO
          WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a | INSERT
          EXPLAIN DELETE FROM t                      | DELETE
          SELECT * FROM t FOR UPDATE                 | UPDATE
          """)
  void refusesWhatWrites(String sql, String what) {
    KurobeException error = error(sql);

    assertThat(error.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    assertThat(error).hasMessageContaining("Kurobe only reads: " + what + " is not supported");
    assertThat(error.position()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"BEGIN", "COMMIT", "LISTEN c", "PREPARE p AS SELECT 1"})
  void refusesWhatItHasNot(String sql) {
    assertThat(error(sql).code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
  }

  @Test
  void refusesWhatIsTooLong() {
    String longest = "SELECT 1" + " ".repeat(StatementParser.MAX_LENGTH - 8);

    assertThat(parse(longest)).isInstanceOf(Statement.Query.class);
    assertThat(error(longest + " ").code()).isEqualTo(ErrorCode.STATEMENT_TOO_LARGE);
  }

  @Test
  void refusesWhatIsNestedTooDeeply() {
    for (String sql :
        new String[] {
          "SELECT " + "(".repeat(100_000) + "1" + ")".repeat(100_000),
          "SELECT " + "(".repeat(100_000),
          "SELECT " + "NOT ".repeat(100_000) + "TRUE",
          "SELECT " + "- ".repeat(100_000) + "a",
          "SELECT 1" + " + 1".repeat(100_000),
          "SELECT a FROM t WHERE a = 0" + " OR a = 1".repeat(50_000),
          "SELECT " + "CASE WHEN a THEN ".repeat(20_000) + "1" + " END".repeat(20_000),
          "SELECT 1" + " UNION SELECT 1".repeat(20_000),
          "SELECT " + "ARRAY[".repeat(20_000) + "1" + "]".repeat(20_000),
        }) {
      assertThat(error(sql).code())
          .as(sql.substring(0, 30))
          .isEqualTo(ErrorCode.STATEMENT_TOO_LARGE);
    }
  }

  @Test
  void readsWhatIsDeepButNotTooDeep() {
    assertThat(parse("SELECT " + "(".repeat(100) + "1" + ")".repeat(100)))
        .isInstanceOf(Statement.Query.class);
    assertThat(parse("SELECT a FROM t WHERE a = 0" + " OR a = 1".repeat(500)))
        .isInstanceOf(Statement.Query.class);
    assertThat(parse("SELECT a FROM t WHERE a IN (0" + ", 1".repeat(50_000) + ")"))
        .isInstanceOf(Statement.Query.class);
  }
}
