package io.kurobe.planner.parser;

import static io.kurobe.planner.parser.Parsing.query;
import static io.kurobe.planner.parser.Parsing.unparsed;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.impl.SqlParserImpl;
import org.apache.calcite.util.Litmus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kurobe's grammar adds to Calcite's, and that it takes nothing away. */
class GrammarTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          t.a::date                 | CAST("t"."a" AS DATE)
          '2024-01-01'::date        | CAST('2024-01-01' AS DATE)
          x::decimal(10,2)::text    | CAST(CAST("x" AS DECIMAL(10, 2)) AS VARCHAR)
          -y::int4 + 1              | - CAST("y" AS INTEGER) + 1
          a + b::int8 * 2           | "a" + CAST("b" AS BIGINT) * 2
          ~a || b::text || 'c'~   | ~"a" || CAST("b" AS VARCHAR) || 'c'~
          not a::bool               | NOT CAST("a" AS BOOLEAN)
          a[1]::float8              | CAST("a"[1] AS DOUBLE)
          (a + b)::float4           | CAST("a" + "b" AS REAL)
          f(x)::int2                | CAST("f"("x") AS SMALLINT)
          z::timestamptz            | CAST("z" AS TIMESTAMP WITH TIME ZONE)
          cast(x as bytea)          | CAST("x" AS VARBINARY)
          x::varchar(3)             | CAST("x" AS VARCHAR(3))
          a::int = b::int           | CAST("a" AS INTEGER) = CAST("b" AS INTEGER)
          a ilike 'x%'              | "a" ILIKE 'x%'
          a not ilike 'x%'          | "a" NOT ILIKE 'x%'
          a != 1                    | "a" <> 1
          {d '2024-01-01'}          | DATE '2024-01-01'
          {t '10:11:12'}            | TIME '10:11:12'
          {ts '2024-01-01 10:11:12'} | TIMESTAMP '2024-01-01 10:11:12'
          """)
  void readsPostgresHabitsAndJdbcEscapes(String expression, String meaning) {
    assertThat(unparsed("SELECT " + expression)).isEqualTo("SELECT " + meaning);
  }

  @Test
  void readsJdbcFunctions() {
    assertThat(unparsed("SELECT {fn ucase(a)}")).contains("{fn").containsIgnoringCase("ucase");
  }

  @Test
  void readsJdbcBracesAroundSql() {
    assertThat(unparsed("SELECT a FROM {oj t LEFT OUTER JOIN { OJ u JOIN v ON b = c } ON a = b}"))
        .isEqualTo(unparsed("SELECT a FROM t LEFT OUTER JOIN (u JOIN v ON b = c) ON a = b"));
    assertThat(unparsed("SELECT a FROM t WHERE a LIKE '{oj}!%' {escape '!'} {limit 5}"))
        .isEqualTo(unparsed("SELECT a FROM t WHERE a LIKE '{oj}!%' ESCAPE '!' LIMIT 5"));
    assertThat(unparsed("SELECT \"{oj x\", '{limit' /* {oj */ FROM t -- {oj\n"))
        .isEqualTo("SELECT \"{oj x\", '{limit' FROM \"t\"");
  }

  @Test
  void readsLimits() {
    assertThat(unparsed("SELECT a FROM t LIMIT 5 OFFSET 2"))
        .isEqualTo("SELECT \"a\" FROM \"t\" OFFSET 2 ROWS FETCH NEXT 5 ROWS ONLY");
    assertThat(unparsed("SELECT a FROM t OFFSET 2 LIMIT 5"))
        .isEqualTo(unparsed("SELECT a FROM t OFFSET 2 ROWS FETCH FIRST 5 ROWS ONLY"));
  }

  /** Every word the configuration frees is a column, an alias and a table. */
  @Test
  void freesItsWords() throws Exception {
    String config = Files.readString(Path.of("src/main/codegen/config.fmpp"));
    String freed = config.substring(config.indexOf("nonReservedKeywordsToAdd: ["));
    List<String> words =
        Pattern.compile("\"([A-Z0-9_]+)\"")
            .matcher(freed.substring(0, freed.indexOf("]")))
            .results()
            .map(match -> match.group(1).toLowerCase(Locale.ROOT))
            .toList();

    assertThat(words).hasSizeGreaterThan(300).doesNotHaveDuplicates();
    assertThat(words)
        .allSatisfy(
            word -> {
              SqlSelect select =
                  (SqlSelect) query("select t.%1$s as %1$s from %1$s as t".formatted(word));
              SqlCall column = (SqlCall) select.getSelectList().get(0);

              assertThat(column.<SqlNode>operand(0)).hasToString("t." + word);
              assertThat(column.<SqlNode>operand(1)).hasToString(word);
              assertThat(((SqlCall) requireNonNull(select.getFrom())).<SqlNode>operand(0))
                  .hasToString(word);
            });
  }

  @Test
  void tellsDatesFromColumnsOfThatName() {
    assertThat(
            unparsed(
                "select date, t.time, timestamp, max(range) from t where date > date '2024-01-01'"
                    + " and time < time '10:00:00' group by date"))
        .isEqualTo(
            "SELECT \"date\", \"t\".\"time\", \"timestamp\", MAX(\"range\") FROM \"t\" WHERE"
                + " \"date\" > DATE '2024-01-01' AND \"time\" < TIME '10:00:00' GROUP BY \"date\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select a, b as c, t.* from s.t as t where a > 1 and not b = 'x' or c is not null",
        "select count(*), sum(distinct a) filter (where b > 1) from t group by c having count(*) >"
            + " 1",
        "select * from a left join b on a.x = b.x cross join c join d using (x, y)",
        "with recursive r(n) as (select 1 union all select n + 1 from r where n < 9) select * from"
            + " r",
        "select * from t where a in (1, 2) and b not in (select c from u) and exists (select 1 from"
            + " v)",
        "select case a when 1 then 'x' else 'y' end, case when a > 1 then 2 end from t",
        "select sum(a) over (partition by b order by c desc nulls last rows between 1 preceding and"
            + " current row) from t",
        "select sum(a) over (range unbounded preceding), sum(a) over (w range 1 preceding) from t"
            + " window w as (order by a)",
        "select rank() over (order by a), row_number() over w from t window w as (order by b)",
        "select date '2024-01-01', time '10:00:00', timestamp '2024-01-01 00:00:00', interval '1-2'"
            + " year to month",
        "select time with time zone '10:00:00+01:00', timestamp with local time zone '2024-01-01"
            + " 00:00:00'",
        "select cast(a as date), cast(b as time(3)), cast(c as timestamp with time zone), cast(d as"
            + " varchar(3) array)",
        "select extract(year from a), floor(a to month), timestampadd(day, 1, a), current_date,"
            + " current_timestamp(3)",
        "select trim(both ' ' from a), substring(a from 2 for 3), position('x' in a), overlay(a"
            + " placing 'b' from 1)",
        "select a || b, -a * 2 + b / 3, a % 2, a between 1 and 2, a like 'x!%' escape '!', a is"
            + " distinct from b from t",
        "select array[1, 2][1], map['a', 1], row(1, 'x'), (select max(a) from t) from t",
        "select a from t union all select b from u intersect select c from v except select d from w"
            + " order by 1 limit 3",
        "select * from (values (1, 'a'), (2, 'b')) as t(x, y) order by x offset 1 rows fetch next 1"
            + " rows only",
        "select a, b, grouping(a) from t group by grouping sets ((a), (b), ()), rollup(a, b),"
            + " cube(c)",
        "select * from t, lateral (select * from u) as v, unnest(array[1]) with ordinality as x(a,"
            + " b)",
        "select {fn ucase('a')}, {d '2024-01-01'}, {ts '2024-01-01 00:00:00'} from t where a = ?",
        "select json_value(a, '$.b'), coalesce(a, b), nullif(a, b) from t",
        "select \"Quoted\".\"a b\", U&'\\00e9', _UTF16'x', X'00ff', 1.5e3, .5, 'it''s' from"
            + " \"Quoted\"",
        "table t",
        "values (1), (2)",
        "select * from t for system_time as of timestamp '2020-01-01 00:00:00'",
        "select * from t match_recognize (partition by a order by b pattern (x y+) define y as y.c"
            + " > prev(y.c))",
        "select listagg(a, ',') within group (order by a), percentile_cont(0.5) within group (order"
            + " by a) from t"
      })
  void readsWhatCalciteReadsAsCalciteDoes(String sql) throws Exception {
    SqlNode stock =
        SqlParser.create(sql, StatementParser.config().withParserFactory(SqlParserImpl.FACTORY))
            .parseQuery();

    assertThat(query(sql)).hasToString(stock.toString());
    assertThat(query(sql).equalsDeep(stock, Litmus.IGNORE)).isTrue();
  }
}
