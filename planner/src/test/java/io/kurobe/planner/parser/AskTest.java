package io.kurobe.planner.parser;

import static io.kurobe.planner.parser.Parsing.error;
import static io.kurobe.planner.parser.Parsing.parse;
import static io.kurobe.planner.parser.Parsing.query;
import static io.kurobe.planner.parser.Parsing.unparsed;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.planner.question.Question;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskTest {
  private static final String WHOLE =
      "ASK 'it''s where?' ON \"sales\", \"files\".\"main\".\"views\" USING \"offline\", \"in-context\""
          + " WITH (\"candidates\" = 3, \"Mode\" = 'fast', \"strict\" = TRUE)";

  @Test
  void readsEachClause() {
    SqlAsk ask = (SqlAsk) query(WHOLE);

    assertThat(ask.toQuestion())
        .isEqualTo(
            new Question(
                "it's where?",
                List.of(List.of("sales"), List.of("files", "main", "views")),
                List.of("offline", "in-context"),
                Map.of("candidates", "3", "mode", "fast", "strict", "true")));
  }

  @Test
  void takesGeneratorsInSingleQuotes() {
    SqlAsk ask = (SqlAsk) query("ask 'q' using 'in-context', offline with (mode = fast)");

    assertThat(ask.generators()).containsExactly("in-context", "offline");
    assertThat(ask.options()).containsExactly(Map.entry("mode", "fast"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        WHOLE,
        "ASK 'q'",
        "ASK ?",
        "SELECT * FROM (ASK 'q') AS \"t\" WHERE \"a\" > 1",
        "WITH \"x\" AS (ASK 'q' ON \"a\") SELECT * FROM \"x\"",
        "(ASK 'a') UNION ALL (ASK 'b' USING \"offline\")",
        "SELECT 1 UNION (ASK 'b') ORDER BY 1",
        "SELECT * FROM \"a\" INNER JOIN (ASK 'q' ON \"s\", \"t\") AS \"b\" USING (\"id\")",
        "SELECT * FROM \"t\" WHERE \"x\" IN (ASK 'q')",
        "SELECT * FROM \"t\" WHERE EXISTS (ASK 'q')",
        "SELECT (ASK 'q') AS \"y\" FROM \"t\"",
      })
  void isWrittenOutAsItWasRead(String sql) {
    assertThat(unparsed(sql)).isEqualTo(sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- a tool's comment\nASK 'q'",
        "/* a */ ask 'q';",
        "SELECT count(*) FROM (SELECT * FROM (ASK 'q' WITH (a = 1)) t LIMIT 10) u",
        "WITH a AS (SELECT 1), b AS (ASK 'q') SELECT * FROM a, b",
        "ASK 'q' ORDER BY 1 LIMIT 3",
        "((ASK 'q'))"
      })
  void standsWhereAQueryStands(String sql) {
    assertThat(asks(query(sql))).isEqualTo(1);
  }

  @Test
  void isCopiedWithTheTreeAroundIt() {
    SqlNode tree = query("SELECT * FROM (" + WHOLE + ") t");
    SqlNode copy =
        tree.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(SqlCall call) {
                CallCopyingArgHandler copying = new CallCopyingArgHandler(call, true);
                call.getOperator().acceptCall(this, call, false, copying);
                return copying.result();
              }
            });

    assertThat(asks(copy)).isEqualTo(1);
    assertThat(copy).isNotSameAs(tree);
    assertThat(tree.equalsDeep(copy, Litmus.IGNORE)).isTrue();
    assertThat(query(WHOLE).clone(SqlParserPos.ZERO).toString()).isEqualTo(query(WHOLE).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ask, bid from quotes",
        "select q.ask, ask.ask ask from q, ask where ask > 1 order by ask",
        "select ask(1), ask('x') from ask(2) as ask",
        "with ask as (select 1 as ask) select * from ask",
        "select a as ask, sum(ask) over (partition by ask) from ask group by ask"
      })
  void isStillAName(String sql) {
    assertThat(asks(query(sql))).isZero();
  }

  @Test
  void takesAParameterAsAWholeStatementOnly() {
    Statement.Query ask = (Statement.Query) parse("ASK ?");

    assertThat(ask.parameterCount()).isEqualTo(1);
    assertThat(((SqlAsk) ask.query()).isParameter()).isTrue();
    assertThat(((SqlAsk) ask.query()).toQuestion("how many?").text()).isEqualTo("how many?");
    assertThat(parse("EXPLAIN ASK ?")).isInstanceOf(Statement.ExplainAsk.class);
    assertThat(error("SELECT * FROM (ASK ?) t").code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    assertThat(error("EXPLAIN SELECT * FROM (ASK ?) t").code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
  }

  @Test
  void answersWithSqlOnlyAsAWholeStatement() {
    Statement.AskSql ask = (Statement.AskSql) parse("ASK SQL 'q' ON sales");

    assertThat(ask.ask().scope()).containsExactly(List.of("sales"));
    assertThat(error("SELECT * FROM (ASK SQL 'q') t").code()).isEqualTo(ErrorCode.SYNTAX);
  }

  private static int asks(SqlNode tree) {
    int[] found = {0};
    tree.accept(
        new SqlShuttle() {
          @Override
          public SqlNode visit(SqlCall call) {
            if (call instanceof SqlAsk) {
              assertThat(call.isA(SqlKind.QUERY)).isTrue();
              found[0]++;
            }
            return super.visit(call);
          }
        });
    return found[0];
  }
}
