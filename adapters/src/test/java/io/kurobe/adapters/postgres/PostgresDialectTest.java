package io.kurobe.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the dialect writes is asserted by what the server makes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresDialectTest {
  private final PostgresDialect dialect = PostgresDialect.INSTANCE;
  private final PostgresServer.Database database =
      PostgresServer.database("dialect", "CREATE TABLE t (v text)");

  private String written(SqlNode node) {
    return node.toSqlString(c -> c.withDialect(dialect).withQuoteAllIdentifiers(true)).getSql();
  }

  private String written(String expression) throws SqlParseException {
    return written(SqlParser.create(expression).parseExpression());
  }

  /** What the server gives for an expression of ours, as text and its type. */
  private String evaluated(String expression) throws SqlParseException, SQLException {
    return served(written(expression));
  }

  private String served(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'America/New_York'");
      try (ResultSet row =
          statement.executeQuery(
              "SELECT v::text || ' ' || pg_typeof(v)::text FROM (SELECT " + sql + ") AS t(v)")) {
        row.next();
        return row.getString(1);
      }
    }
  }

  @Test
  void quotesIdentifiers() {
    var name = new SqlIdentifier(List.of("public", "we\"ird", "select"), SqlParserPos.ZERO);
    assertThat(written(name)).isEqualTo("\"public\".\"we\"\"ird\".\"select\"");
  }

  @Test
  void writesTextLiteralsWithoutCharacterSetAndWithBackslashesAsTheyAre() throws Exception {
    assertThat(evaluated("'it''s \\n'")).isEqualTo("it's \\n text");
    SqlNode unicode = SqlLiteral.createCharString("Žofia 山", "UTF-8", SqlParserPos.ZERO);
    assertThat(served(written(unicode))).isEqualTo("Žofia 山 text");
  }

  @Test
  void literalsHaveTheTypeTheyHaveHere() throws Exception {
    assertThat(evaluated("1.5E0")).isEqualTo("1.5 double precision");
    assertThat(evaluated("1.5")).isEqualTo("1.5 numeric");
    assertThat(evaluated("7 / 2")).isEqualTo("3 integer");
    assertThat(evaluated("DATE '2024-02-29'")).isEqualTo("2024-02-29 date");
    assertThat(evaluated("TIMESTAMP '2024-02-29 01:02:03.000004'"))
        .isEqualTo("2024-02-29 01:02:03.000004 timestamp without time zone");
    SqlNode instant =
        SqlLiteral.createTimestamp(
            SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
            new TimestampString("2024-02-29 12:00:00"),
            6,
            SqlParserPos.ZERO);
    assertThat(served(written(instant)))
        .isEqualTo("2024-02-29 07:00:00-05 timestamp with time zone");
  }

  @Test
  void bytesAreBytesAndNotBits() throws Exception {
    assertThat(evaluated("X'00FF' = X'00ff'")).isEqualTo("true boolean");
    assertThat(evaluated("COALESCE(X'00FF')")).isEqualTo("\\x00ff bytea");
  }

  @Test
  void datesDifferByAnInterval() throws Exception {
    SqlNode later = SqlParser.create("DATE '2024-03-01'").parseExpression();
    SqlNode earlier = SqlParser.create("DATE '2024-02-01'").parseExpression();
    SqlNode difference =
        SqlStdOperatorTable.MINUS_DATE.createCall(SqlParserPos.ZERO, later, earlier);
    assertThat(served(written(difference))).isEqualTo("29 days interval");
    SqlNode day = SqlParser.create("INTERVAL '1' DAY").parseExpression();
    SqlNode before = SqlStdOperatorTable.MINUS_DATE.createCall(SqlParserPos.ZERO, later, day);
    assertThat(served(written(before)))
        .isEqualTo("2024-02-29 00:00:00 timestamp without time zone");
  }

  @Test
  void intervalsKeepTheirSignAndUnit() throws Exception {
    assertThat(evaluated("INTERVAL '1 2:03:04.5' DAY TO SECOND"))
        .isEqualTo("1 day 02:03:04.5 interval");
    assertThat(evaluated("INTERVAL -'1 2:00:00' DAY TO SECOND"))
        .isEqualTo("-1 days -02:00:00 interval");
    assertThat(evaluated("INTERVAL '1-2' YEAR TO MONTH")).isEqualTo("1 year 2 mons interval");
    assertThat(evaluated("INTERVAL '100' DAY(3)")).isEqualTo("100 days interval");
    assertThat(evaluated("INTERVAL '2' QUARTER")).isEqualTo("6 mons interval");
    assertThat(evaluated("INTERVAL '2' WEEK")).isEqualTo("14 days interval");
    assertThat(evaluated("DATE '2024-01-31' + INTERVAL '1' MONTH"))
        .isEqualTo("2024-02-29 00:00:00 timestamp without time zone");
  }

  @Test
  void fieldsOfDatesAreIntegersAndDatesAreCutWithoutZone() throws Exception {
    assertThat(evaluated("EXTRACT(YEAR FROM DATE '2024-02-29')")).isEqualTo("2024 bigint");
    assertThat(evaluated("EXTRACT(SECOND FROM TIMESTAMP '2024-02-29 00:00:59.9')"))
        .isEqualTo("59 bigint");
    assertThat(evaluated("FLOOR(DATE '2024-02-29' TO MONTH)"))
        .isEqualTo("2024-02-01 00:00:00 timestamp without time zone");
    assertThat(evaluated("FLOOR(2.5)")).isEqualTo("2 numeric");
  }

  @Test
  void typesHaveTheServersNames() throws Exception {
    var factory = new SqlTypeFactoryImpl(RelDataTypeSystem.DEFAULT);
    assertThat(cast(factory, SqlTypeName.VARCHAR, "'x'")).isEqualTo("x text");
    assertThat(cast(factory, SqlTypeName.DOUBLE, "1")).isEqualTo("1 double precision");
    assertThat(cast(factory, SqlTypeName.FLOAT, "1")).isEqualTo("1 double precision");
    assertThat(cast(factory, SqlTypeName.TINYINT, "1")).isEqualTo("1 smallint");
    assertThat(cast(factory, SqlTypeName.VARBINARY, "'a'")).isEqualTo("\\x61 bytea");
    assertThat(cast(factory, SqlTypeName.TIMESTAMP, "'2024-01-01'"))
        .isEqualTo("2024-01-01 00:00:00 timestamp without time zone");
    assertThat(cast(factory, SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, "'2024-01-01 00:00+00'"))
        .isEqualTo("2023-12-31 19:00:00-05 timestamp with time zone");
    RelDataType integers = factory.createArrayType(factory.createSqlType(SqlTypeName.INTEGER), -1);
    assertThat(served("CAST('{1,2}' AS " + written(dialect.getCastSpec(integers)) + ")"))
        .isEqualTo("{1,2} integer[]");
    RelDataType decimal = factory.createSqlType(SqlTypeName.DECIMAL, 12, 2);
    assertThat(served("CAST(1.255 AS " + written(dialect.getCastSpec(decimal)) + ")"))
        .isEqualTo("1.26 numeric");
    RelDataType text = factory.createSqlType(SqlTypeName.VARCHAR, 3);
    RelDataType charset =
        factory.createTypeWithCharsetAndCollation(
            text, StandardCharsets.ISO_8859_1, SqlCollation.IMPLICIT);
    assertThat(served("CAST('abcdef' AS " + written(dialect.getCastSpec(charset)) + ")"))
        .isEqualTo("abc character varying");
  }

  private String cast(RelDataTypeFactory factory, SqlTypeName type, String value)
      throws SQLException {
    SqlNode spec = dialect.getCastSpec(factory.createSqlType(type));
    return served("CAST(" + value + " AS " + written(spec) + ")");
  }

  @Test
  void nullDirectionIsNeverLeftToTheServer() {
    for (Direction direction : List.of(Direction.ASCENDING, Direction.DESCENDING)) {
      assertThat(dialect.defaultNullDirection(direction))
          .isEqualTo(RelFieldCollation.NullDirection.UNSPECIFIED);
    }
  }
}
