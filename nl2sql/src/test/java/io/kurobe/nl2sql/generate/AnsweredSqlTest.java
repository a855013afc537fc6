package io.kurobe.nl2sql.generate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnsweredSqlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "SELECT 1 | SELECT 1",
        "SELECT 1;; ; | SELECT 1",
        "```sql~SELECT 1;~``` | SELECT 1",
        "First:~```~SELECT 1~```~better:~```postgresql~SELECT 2~```~Done. | SELECT 2",
        "```sql~SELECT 1~```~which gives~```~1~``` | SELECT 1",
        "```sql~SELECT 1 | SELECT 1",
        "SELECT 1~``` | SELECT 1",
        "Sure! Here it is:~SELECT a~FROM t;~~This counts. | SELECT a~FROM t",
        "The query is SELECT a FROM t | SELECT a FROM t",
        "With pleasure!~SELECT a FROM t~~It selects a; nothing else. | SELECT a FROM t",
        "With pleasure!~WITH x AS (SELECT 1)~SELECT * FROM x | WITH x AS (SELECT 1)~SELECT * FROM"
            + " x",
        "I with (RECURSIVE) doubts: WITH RECURSIVE x AS (SELECT 1) SELECT 2"
            + " | WITH RECURSIVE x AS (SELECT 1) SELECT 2",
        "SELECT a FROM t WHERE b = 'x;y' AND \"c;d\" = 1; Good luck!"
            + " | SELECT a FROM t WHERE b = 'x;y' AND \"c;d\" = 1",
        "SELECT a -- one; two~FROM t | SELECT a -- one; two~FROM t",
        "SELECT a FROM (~~SELECT 1) t | SELECT a FROM (~~SELECT 1) t",
        "Here:~WITH x AS (~~SELECT 1)~~SELECT 2 FROM x~~As asked."
            + " | WITH x AS (~~SELECT 1)~~SELECT 2 FROM x",
        "<think>SELECT wrong</think>SELECT 1 | SELECT 1",
        "<think>```sql~SELECT wrong~```</think>~```sql~SELECT 1~``` | SELECT 1",
        "{\"sql\": \"SELECT 1;\"} | SELECT 1",
        "```json~{\"sql\": 1}~``` | {\"sql\": 1}",
        "-- counts~SELECT 1 | SELECT 1",
        "```sql~-- counts~SELECT 1~``` | -- counts~SELECT 1",
        "```sql~/* all */ (SELECT 1) UNION (SELECT 2)~``` | /* all */ (SELECT 1) UNION (SELECT 2)"
      })
  void findsTheQuery(String answer, String sql) {
    assertThat(AnsweredSql.of(answer.replace('~', '\n'))).contains(sql.replace('~', '\n'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1; DROP TABLE t | SELECT 1; DROP TABLE t",
        "```sql~DELETE FROM t~``` | DELETE FROM t",
        "```~SELECT 1;~SELECT 2;~``` | SELECT 1;~SELECT 2",
        "SELECT 'open; DROP TABLE t | SELECT 'open; DROP TABLE t"
      })
  void leavesWhatIsNotOneQueryToTheParser(String answer, String sql) {
    assertThat(AnsweredSql.of(answer.replace('~', '\n'))).contains(sql.replace('~', '\n'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  \n",
        "I cannot help with that.",
        "``````",
        "```\n\n```",
        "DROP TABLE t",
        ";;"
      })
  void findsNoneInProse(String answer) {
    assertThat(AnsweredSql.of(answer)).isEmpty();
  }

  @Test
  @Timeout(60)
  void readsAMegabyteOfAnythingInNoTime() {
    for (String piece :
        new String[] {
          "x", " ", "(", "-- a\n", "/*", "'", "```", "SELECT ", "WITH a", ";", "\n\n"
        }) {
      String answer = piece.repeat(1_000_000 / piece.length());
      assertThat(AnsweredSql.of(answer).map(String::length).orElse(0)).isLessThan(100_001);
      assertThat(AnsweredSql.of("SELECT " + answer).map(String::length).orElse(0))
          .isLessThan(100_001);
    }
  }
}
