package io.kurobe.nl2sql.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.parser.StatementParser;
import java.util.Set;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSqlTest {
  private static final Set<String> NAMES = Set.of("hero", "name", "full name", "born");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT `name` FROM `hero`;                    | SELECT "name" FROM "hero"
          SELECT [full name] FROM hero                  | SELECT "full name" FROM hero
          SELECT * FROM hero WHERE name == "Bob"        | SELECT * FROM hero WHERE name = 'Bob'
          SELECT * FROM hero WHERE "name" != 'O''Neil'  | SELECT * FROM hero WHERE "name" <> 'O''Neil'
          SELECT name AS 'the name' FROM hero h         | SELECT name AS "the name" FROM hero h
          SELECT h."name" FROM hero h -- all of them    | SELECT h."name" FROM hero h
          SELECT name FROM hero LIMIT 5, 10             | SELECT name FROM hero LIMIT 10 OFFSET 5
          SELECT CAST(born AS REAL) FROM hero           | SELECT CAST ( born AS DOUBLE ) FROM hero
          SELECT name FROM hero WHERE born NOTNULL      | SELECT name FROM hero WHERE born IS NOT NULL
          SELECT 'a . b -- c' FROM hero                 | SELECT 'a . b -- c' FROM hero
          SELECT "the" AS "x", "x" FROM hero            | SELECT 'the' AS "x" , "x" FROM hero
          """)
  void readsOtherDialects(String written, String ours) {
    assertThat(ModelSql.translate(written, NAMES::contains)).isEqualTo(ours);
  }

  @Test
  void endsWhereTheModelDid() {
    assertThat(ModelSql.translate("SELECT name FROM hero<|im_end|> and more", NAMES::contains))
        .isEqualTo("SELECT name FROM hero");
  }

  @Test
  void takesTheQueryOutOfAFence() {
    assertThat(ModelSql.translate("Here it is:\n```sql\nSELECT 1\n```\nDone.", NAMES::contains))
        .isEqualTo("SELECT 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT IIF(a > 1, 'x', 'y') FROM t       | SELECT CASE WHEN a > 1 THEN 'x' ELSE 'y' END FROM t
          SELECT SUM(a = 1) FROM t                 | SELECT SUM(CASE WHEN a = 1 THEN 1 ELSE 0 END) FROM t
          SELECT STRFTIME('%Y', d) FROM t          | SELECT SUBSTRING(CAST(CAST(d AS DATE) AS VARCHAR), 1, 4) FROM t
          SELECT IFNULL(a, 0) FROM t               | SELECT COALESCE(a, 0) FROM t
          SELECT SUBSTR(a, 1, 2) FROM t            | SELECT SUBSTRING(a, 1, 2) FROM t
          SELECT a FROM t WHERE b LIKE 'x%'        | SELECT a FROM t WHERE b ILIKE 'x%'
          SELECT a FROM t ORDER BY b DESC          | SELECT a FROM t ORDER BY b DESC NULLS LAST
          SELECT TOTAL(a) FROM t                   | SELECT COALESCE(SUM(a), 0) FROM t
          """)
  void readsOtherFunctions(String written, String ours) {
    var tree = new StatementParser().parseQuery(ModelSql.translate(written, NAMES::contains));
    assertThat(
            ModelForms.translate(tree)
                .toSqlString(
                    c ->
                        c.withDialect(PostgresqlSqlDialect.DEFAULT)
                            .withQuoteAllIdentifiers(false)
                            .withAlwaysUseParentheses(false)
                            .withSelectListItemsOnSeparateLines(false)
                            .withIndentation(0))
                .getSql()
                .replace('\n', ' '))
        .isEqualTo(ours);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT 1; DROP TABLE hero",
        "DELETE FROM hero",
        "WITH x AS (SELECT 1) DELETE FROM hero",
        "COPY hero TO '/tmp/x'",
        "I cannot answer that.",
        "`",
        "SELECT 'unclosed FROM hero; DELETE FROM hero"
      })
  void makesNoQueryOfWhatIsNone(String written) {
    var parser = new StatementParser();
    assertThatThrownBy(() -> parser.parseQuery(ModelSql.translate(written, NAMES::contains)))
        .isInstanceOf(KurobeException.class);
  }
}
