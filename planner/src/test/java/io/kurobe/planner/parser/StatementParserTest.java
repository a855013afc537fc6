package io.kurobe.planner.parser;

import static io.kurobe.planner.parser.Parsing.parse;
import static io.kurobe.planner.parser.Parsing.unparsed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.parser.Statement.CommentOn;
import io.kurobe.planner.parser.Statement.Show;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementParserTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "  -- Metabase:: userID: 1\n/* x */ SELECT 1 -- end",
        "SELECT 1;",
        "SELECT 1 ; ;\n",
        "(SELECT 1)",
        "VALUES (1, 2)",
        "TABLE t",
        "WITH a AS (SELECT 1) SELECT * FROM a"
      })
  void readsQueries(String sql) {
    assertThat(parse(sql)).isInstanceOf(Statement.Query.class);
  }

  @Test
  void countsParameters() {
    var query = (Statement.Query) parse("SELECT a + ? FROM t WHERE b IN (?, ?) LIMIT ?");

    assertThat(query.parameterCount()).isEqualTo(4);
  }

  @Test
  void keepsTheCaseOfNames() {
    assertThat(unparsed("select MixedCase, \"Quoted Name\" from lower.UPPER"))
        .isEqualTo("SELECT \"MixedCase\", \"Quoted Name\" FROM \"lower\".\"UPPER\"");
  }

  @Test
  void explains() {
    assertThat(parse("EXPLAIN SELECT 1"))
        .isInstanceOfSatisfying(
            Statement.Explain.class, explain -> assertThat(explain.analyze()).isFalse());
    assertThat(parse("EXPLAIN ANALYZE SELECT 1"))
        .isInstanceOfSatisfying(
            Statement.Explain.class, explain -> assertThat(explain.analyze()).isTrue());
    assertThat(parse("EXPLAIN PLAN FOR SELECT 1")).isInstanceOf(Statement.Explain.class);
    assertThat(parse("EXPLAIN ASK 'q'")).isInstanceOf(Statement.ExplainAsk.class);
    assertThat(parse("EXPLAIN SELECT * FROM (ASK 'q') t")).isInstanceOf(Statement.Explain.class);
    assertThat(parse("EXPLAIN ANALYZE ASK 'q'")).isInstanceOf(Statement.Explain.class);
  }

  @Test
  void readsViews() {
    assertThat(parse("CREATE OR REPLACE VIEW a.v AS ASK 'q' ORDER BY 1"))
        .isInstanceOfSatisfying(
            Statement.CreateView.class,
            view -> {
              assertThat(view.name().names).containsExactly("a", "v");
              assertThat(view.replace()).isTrue();
            });
    assertThat(parse("CREATE VIEW v AS (SELECT 1)"))
        .isInstanceOfSatisfying(
            Statement.CreateView.class, view -> assertThat(view.replace()).isFalse());
    assertThat(parse("DROP VIEW IF EXISTS v"))
        .isInstanceOfSatisfying(
            Statement.DropView.class, drop -> assertThat(drop.ifExists()).isTrue());
    assertThat(parse("drop view v"))
        .isInstanceOfSatisfying(
            Statement.DropView.class, drop -> assertThat(drop.ifExists()).isFalse());
    assertThat(parse("REFRESH VIEW a.v")).isInstanceOf(Statement.RefreshView.class);
  }

  @Test
  void refreshesOneSourceOrAll() {
    assertThat(parse("REFRESH sales")).isEqualTo(new Statement.Refresh(Optional.of("sales")));
    assertThat(parse("REFRESH")).isEqualTo(new Statement.Refresh(Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          COMMENT ON VIEW v IS 'x'         , VIEW  , v    , x
          COMMENT ON TABLE a.t IS 'it''s'  , TABLE , a.t  , it's
          COMMENT ON COLUMN a.t.c IS NULL  , COLUMN, a.t.c,
          """)
  void comments(String sql, CommentOn.Target target, String name, String text) {
    assertThat(parse(sql))
        .isInstanceOfSatisfying(
            CommentOn.class,
            comment -> {
              assertThat(comment.target()).isEqualTo(target);
              assertThat(comment.name()).hasToString(name);
              assertThat(comment.text()).isEqualTo(Optional.ofNullable(text));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SET search_path = sales.public, files.main | search_path  | sales.public;files.main
          SET search_path TO 'a', "b.c".D            | search_path  | a;"b.c".D
          SET ask.confidence = -0.5                  | ask.confidence | -0.5
          SET x = on                                 | x            | on
          SET x = true                               | x            | true
          SET TIME ZONE 'Europe/Berlin'              | timezone     | Europe/Berlin
          SET timezone = 'UTC'                       | timezone     | UTC
          """)
  void sets(String sql, String name, String values) {
    assertThat(parse(sql)).isEqualTo(new Statement.SetOption(name, List.of(values.split(";"))));
  }

  @Test
  void resets() {
    assertThat(parse("RESET search_path")).isEqualTo(new Statement.ResetOption("search_path"));
    assertThat(parse("SET x = DEFAULT")).isEqualTo(new Statement.ResetOption("x"));
    assertThat(parse("RESET TIME ZONE")).isEqualTo(new Statement.ResetOption("timezone"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SHOW CATALOGS                        | CATALOGS |           |
          SHOW SOURCES                         | CATALOGS |           |
          SHOW SCHEMAS                         | SCHEMAS  |           |
          SHOW SCHEMAS IN sales                | SCHEMAS  | sales     |
          SHOW TABLES                          | TABLES   |           |
          SHOW TABLES FROM sales.public        | TABLES   | sales.public |
          SHOW TABLES IN sales LIKE 'or%'      | TABLES   | sales     | or%
          SHOW TABLES LIKE 'or%'               | TABLES   |           | or%
          SHOW COLUMNS FROM a.b.c              | COLUMNS  | a.b.c     |
          SHOW VIEWS                           | VIEWS    |           |
          SHOW search_path                     | SETTING  | search_path |
          SHOW TIME ZONE                       | SETTING  | timezone  |
          SHOW ALL                             | SETTINGS |           |
          """)
  void shows(String sql, Show.Kind kind, String of, String like) {
    Show show = (Show) parse(sql);

    assertThat(show.kind()).isEqualTo(kind);
    assertThat(show.of().map(Object::toString)).isEqualTo(Optional.ofNullable(of));
    assertThat(show.like()).isEqualTo(Optional.ofNullable(like));
  }

  @Test
  void showsTheSchemaThatAModelSees() {
    assertThat(((Statement.ShowMSchema) parse("SHOW MSCHEMA")).names()).isEmpty();
    assertThat(((Statement.ShowMSchema) parse("SHOW MSCHEMA FOR a.b, c")).names())
        .map(Object::toString)
        .containsExactly("a.b", "c");
  }

  @Test
  void killsTeachesAndForgets() {
    assertThat(parse("KILL '20260101_1'")).isEqualTo(new Statement.Kill("20260101_1"));
    assertThat(parse("TEACH 'how many?' AS SELECT count(*) FROM t"))
        .isInstanceOfSatisfying(
            Statement.Teach.class, teach -> assertThat(teach.question()).isEqualTo("how many?"));
    assertThat(parse("FORGET 'how many?'")).isEqualTo(new Statement.Forget("how many?"));
  }

  @Test
  void takesNothingButAQueryWhereAQueryIsAskedFor() {
    assertThatThrownBy(() -> new StatementParser().parseQuery("SHOW TABLES"))
        .isInstanceOf(KurobeException.class)
        .hasMessageContaining("a query is expected");
  }
}
