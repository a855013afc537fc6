package io.kurobe.adapters.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.embedded.DuckDbQuery;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import java.sql.SQLException;
import java.util.List;
import java.util.StringJoiner;
import org.apache.arrow.memory.RootAllocator;
import org.apache.calcite.config.Lex;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.Planner;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** SQL bound by Calcite, unparsed, and run in DuckDB: SQL in, values out. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DuckDbDialectTest {
  /** Two rows of every type; the second is all NULL but its key. */
  private static final String T =
      """
      (SELECT 7 AS i, 2 AS j, CAST(12.34 AS DECIMAL(10, 2)) AS d, 2.5e0 AS f, 'Hello_1' AS s,
        DATE '2024-02-29' AS dt, TIMESTAMP '2024-02-29 13:45:56.123456' AS ts,
        TIME '13:45:56' AS tm, TRUE AS b, 1 AS k
      UNION ALL
      SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2)
      """;

  private DuckDbInstance duckDb;

  @BeforeAll
  void open() {
    duckDb = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT);
  }

  @AfterAll
  void close() {
    duckDb.close();
  }

  static String unparse(String sql) throws Exception {
    var operators =
        SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
            SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL);
    var config =
        Frameworks.newConfigBuilder()
            .parserConfig(
                SqlParser.config()
                    .withLex(Lex.JAVA)
                    .withQuoting(org.apache.calcite.avatica.util.Quoting.DOUBLE_QUOTE)
                    .withConformance(SqlConformanceEnum.LENIENT))
            .operatorTable(operators)
            .defaultSchema(Frameworks.createRootSchema(true))
            .build();
    try (Planner planner = Frameworks.getPlanner(config)) {
      SqlNode valid = planner.validate(planner.parse(sql));
      RelNode rel = planner.rel(valid).project();
      return unparse(rel);
    }
  }

  static String unparse(RelNode rel) {
    return new RelToSqlConverter(DuckDbDialect.INSTANCE)
        .visitRoot(rel)
        .asStatement()
        .toSqlString(config -> config.withDialect(DuckDbDialect.INSTANCE))
        .getSql();
  }

  String run(String duckDbSql) throws SQLException {
    var rows = new StringJoiner("; ");
    try (var connection = duckDb.connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(duckDbSql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        var row = new StringJoiner(", ");
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getObject(i)));
        }
        rows.add(row.toString());
      }
    }
    return rows.toString();
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "expressions.csv",
      delimiterString = " | ",
      quoteCharacter = '\0',
      commentCharacter = '#')
  void runsInDuckDbWithOurMeaning(String expression, String expected) throws Exception {
    String sql = unparse("SELECT " + expression + " AS v FROM " + T + " AS t WHERE k = 1");
    assertThat(run(sql)).describedAs(sql).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "queries.csv",
      delimiterString = " | ",
      quoteCharacter = '\0',
      commentCharacter = '#')
  void runsWholeQueries(String query, String expected) throws Exception {
    String sql = unparse(query.replace("$T", T));
    assertThat(run(sql)).describedAs(sql).isEqualTo(expected);
  }

  @Test
  void aSubqueryOfSeveralRowsIsAnError() throws Exception {
    String sql = unparse("SELECT (SELECT k FROM " + T + " AS u) FROM " + T + " AS t");
    var column = List.of(new SqlType.Field("v", SqlType.INTEGER, true));
    try (var allocator = new RootAllocator();
        var connection = duckDb.connect();
        BatchStream stream = DuckDbQuery.run(connection, sql, column, allocator, 100)) {
      assertThatThrownBy(() -> stream.reader().loadNextBatch())
          .isInstanceOfSatisfying(
              KurobeException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.MORE_THAN_ONE_ROW));
    }
  }

  @Test
  void dividesIntegersWhereThePlanSaysSo() throws Exception {
    RelBuilder builder =
        RelBuilder.create(
            Frameworks.newConfigBuilder()
                .defaultSchema(Frameworks.createRootSchema(false))
                .build());
    RelNode rel =
        builder
            .values(new String[] {"a", "b"}, -7, 2)
            .project(
                builder.call(
                    DuckDbOperators.INTEGER_DIVIDE, builder.field("a"), builder.field("b")))
            .build();
    assertThat(run(unparse(rel))).isEqualTo("-3");
  }
}
