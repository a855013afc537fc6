package io.kurobe.server;

import static io.kurobe.server.ConfiguredGateway.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How tools send statements and read results, over a PostgreSQL and a DuckDB. */
@Timeout(120)
class ToolStatementsTest {
  private static ConfiguredGateway gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws SQLException {
    PostgresServer.Database sales =
        PostgresServer.database(
            "tool_statements",
            """
            CREATE TABLE customers (id int PRIMARY KEY, name varchar(40) NOT NULL, region text,
              total numeric(12, 2), code char(5), since timestamp, flag boolean, d double precision);
            INSERT INTO customers SELECT i, 'customer ' || i, CASE i % 2 WHEN 0 THEN 'north' ELSE
              'south' END, i * 1.5, 'c' || i, timestamp '2024-01-01' + i * interval '1 day', true, i
              FROM generate_series(1, 10) i;
            CREATE SCHEMA crm;
            CREATE TABLE crm.calls (id int, customer int);
            INSERT INTO crm.calls VALUES (1, 3);
            """);
    Path file = directory.resolve("web.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE TABLE visits AS SELECT i % 10 + 1 AS customer FROM range(30) t(i)");
    }
    gateway =
        ConfiguredGateway.start(
            directory,
            """
            sources:
              sales: {type: postgres, url: "%s", user: %s, schemas: [public, crm]}
              web: {type: duckdb, path: web.duckdb}
            """
                .formatted(sales.url(), sales.user()));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static List<String> query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return rows(statement.executeQuery(sql));
    }
  }

  @Test
  void theCurrentCatalogAndSchemaSteerNames() throws SQLException {
    try (Connection connection = gateway.connect()) {
      connection.setCatalog("sales");
      assertThat(query(connection, "SELECT COUNT(*) FROM customers")).containsExactly("10");
      connection.setSchema("crm");
      assertThat(query(connection, "SELECT customer FROM calls")).containsExactly("3");
      assertThat(connection.getCatalog()).isEqualTo("sales");
      assertThat(connection.getSchema()).isEqualTo("crm");
      assertThat(query(connection, "SELECT CURRENT_SCHEMA, {fn DATABASE()}"))
          .containsExactly("crm sales");
      connection.setCatalog("web");
      assertThat(connection.getSchema()).isNull();
      assertThat(query(connection, "SELECT COUNT(*) FROM visits")).containsExactly("30");
      assertThat(query(connection, "SELECT COUNT(*) FROM sales.crm.calls")).containsExactly("1");
      assertThatThrownBy(() -> connection.setCatalog("wbe"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("did you mean web?");
      assertThat(connection.getCatalog()).isEqualTo("web");
    }
  }

  /** As Tableau writes: without the catalog, everything in quotes, columns under the table. */
  @Test
  void aSchemaAndATableNeedNoCatalog() throws SQLException {
    try (Connection connection = gateway.connect()) {
      assertThat(
              query(
                  connection,
                  "SELECT \"customers\".\"region\" AS \"region\", COUNT(1) AS \"cnt:id:ok\""
                      + " FROM \"public\".\"customers\" \"customers\""
                      + " INNER JOIN \"main\".\"visits\" \"visits\""
                      + " ON (\"customers\".\"id\" = \"visits\".\"customer\")"
                      + " GROUP BY 1 ORDER BY 1"))
          .containsExactly("north 15", "south 15");
      assertThat(query(connection, "SELECT public.customers.name FROM public.customers LIMIT 1"))
          .hasSize(1);
      connection.setCatalog("web");
      assertThat(query(connection, "SELECT \"calls\".\"id\" FROM \"crm\".\"calls\" \"calls\""))
          .containsExactly("1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO sales.public.customers (id) VALUES (99)",
        "INSERT INTO nowhere SELECT 1",
        "UPDATE sales.public.customers SET name = 'x'",
        "DELETE FROM sales.public.customers",
        "MERGE INTO sales.public.customers c USING web.main.visits v ON c.id = v.customer"
            + " WHEN MATCHED THEN DELETE",
        "TRUNCATE TABLE sales.public.customers",
        "CREATE TABLE sales.public.t (a int)",
        "CREATE TEMPORARY TABLE t (a int)",
        "CREATE LOCAL TEMPORARY TABLE \"#Tableau_01_1_Connect\" (\"COL\" INTEGER) ON COMMIT"
            + " PRESERVE ROWS",
        "CREATE GLOBAL TEMPORARY TABLE t AS SELECT 1 AS a",
        "SELECT 1 AS a INTO t",
        "SELECT * INTO TEMPORARY t FROM sales.public.customers",
        "DROP TABLE sales.public.customers",
        "ALTER TABLE sales.public.customers ADD COLUMN x int",
        "CREATE INDEX i ON sales.public.customers (id)",
        "{call refresh()}",
        "COPY sales.public.customers TO 'x'"
      })
  void whatWritesIsRefusedHoweverItComes(String sql) throws SQLException {
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      refused(() -> statement.execute(sql));
      refused(() -> statement.executeUpdate(sql));
      refused(() -> connection.prepareStatement(sql));
      refused(() -> statement.execute(sql, Statement.RETURN_GENERATED_KEYS));
      refused(() -> statement.executeUpdate(sql, new String[] {"id"}));
      refused(statement::getGeneratedKeys);
      assertThat(rows(statement.executeQuery("SELECT COUNT(*) FROM sales.public.customers")))
          .containsExactly("10");
    }
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLFeatureNotSupportedException.class,
            e -> assertThat(e.getSQLState()).isEqualTo("0A000"));
  }

  @Test
  void aBatchOfWritesIsRefused() throws SQLException {
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      refused(
          () -> {
            statement.addBatch("INSERT INTO t VALUES (1)");
            statement.executeBatch();
          });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ASK 'number of customers per region'",
        "WITH x AS (SELECT region FROM sales.public.customers) SELECT region, 1 FROM x GROUP BY"
            + " region",
        "SELECT region, COUNT(*) FROM sales.public.customers GROUP BY region ORDER BY 2 DESC, 1",
        "SELECT region, region FROM sales.public.customers GROUP BY region",
        "SELECT c.*, v.*, v.customer FROM sales.public.customers c JOIN web.main.visits v"
            + " ON c.id = v.customer WHERE c.id IN (1, 2) AND v.customer < 3 ORDER BY c.id LIMIT 2",
        "-- a comment\nSELECT 1 UNION ALL SELECT 2 -- and one more"
      })
  void whatAToolWrapsKeepsItsRows(String sql) throws SQLException {
    try (Connection connection = gateway.connect()) {
      List<String> alone = query(connection, sql);
      assertThat(alone).hasSize(2);
      assertThat(query(connection, "SELECT * FROM (" + sql + "\n) t LIMIT 5"))
          .containsExactlyInAnyOrderElementsOf(alone);
      assertThat(query(connection, "SELECT COUNT(*) FROM (" + sql + "\n) AS t"))
          .containsExactly("2");
      assertThat(query(connection, "SELECT * FROM (" + sql + "\n) \"Custom SQL Query\" LIMIT 0"))
          .isEmpty();
      try (PreparedStatement prepared =
          connection.prepareStatement("SELECT * FROM (" + sql + "\n) t WHERE 1 = 0")) {
        ResultSetMetaData described = prepared.getMetaData();
        assertThat(described.getColumnCount()).isGreaterThan(0);
        assertThat(rows(prepared.executeQuery())).isEmpty();
      }
    }
  }

  /** What goes around SQL and not into it, as tools of the time of ODBC write it. */
  @Test
  void escapesOfJoinsPatternsAndLimitsAreRead() throws SQLException {
    try (Connection connection = gateway.connect("/sales/public")) {
      assertThat(
              query(
                  connection,
                  "SELECT COUNT(*) FROM {oj customers c LEFT OUTER JOIN crm.calls k ON c.id ="
                      + " k.customer} WHERE c.name LIKE 'customer!_%' {escape '!'}"))
          .containsExactly("0");
      assertThat(query(connection, "SELECT id FROM customers ORDER BY id {limit 2 offset 3}"))
          .containsExactly("4", "5");
      assertThatThrownBy(() -> query(connection, "SELECT id FROM {oj customers"))
          .isInstanceOf(SQLException.class);
      String join = "SELECT 1 FROM {oj customers c LEFT JOIN crm.calls k ON c.id = k.id} WHERE ";
      assertThatThrownBy(() -> query(connection, join + "nope = 1"))
          .hasMessageContaining("column nope")
          .hasMessageContaining("at line 1, column " + (join.length() + 1));
    }
  }

  @Test
  void aStatementClosesWithItsLastResultIfItIsToldSo() throws SQLException {
    try (Connection connection = gateway.connect()) {
      for (boolean prepared : new boolean[] {false, true}) {
        String sql = "SELECT id FROM sales.public.customers";
        Statement statement =
            prepared ? connection.prepareStatement(sql) : connection.createStatement();
        assertThat(statement.isCloseOnCompletion()).isFalse();
        statement.closeOnCompletion();
        assertThat(statement.isCloseOnCompletion()).isTrue();
        ResultSet rows =
            statement instanceof PreparedStatement ready
                ? ready.executeQuery()
                : statement.executeQuery(sql);
        assertThat(rows.next()).isTrue();
        assertThat(statement.isClosed()).isFalse();
        rows.close();
        assertThat(statement.isClosed()).isTrue();
      }
      Statement kept = connection.createStatement();
      kept.executeQuery("SELECT 1").close();
      assertThat(kept.isClosed()).isFalse();
    }
  }

  /** The loop of every tool that does not know what its user typed. */
  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT id FROM sales.public.customers", "SET query_timeout = 20", "SHOW TABLES"})
  void resultsAreReadByTheProtocolOfExecute(String sql) throws SQLException {
    try (Connection connection = gateway.connect()) {
      for (boolean prepared : new boolean[] {false, true}) {
        try (Statement statement =
            prepared ? connection.prepareStatement(sql) : connection.createStatement()) {
          for (int round = 0; round < 2; round++) {
            boolean rows =
                statement instanceof PreparedStatement ready
                    ? ready.execute()
                    : statement.execute(sql);
            List<String> seen = new ArrayList<>();
            while (rows || statement.getUpdateCount() != -1) {
              if (rows) {
                ResultSet result = statement.getResultSet();
                assertThat(statement.getUpdateCount()).isEqualTo(-1);
                assertThat(result.next()).isTrue();
                seen.add("rows");
              } else {
                assertThat(statement.getResultSet()).isNull();
                seen.add("count " + statement.getUpdateCount());
              }
              rows = statement.getMoreResults();
              assertThat(seen).hasSize(1);
            }
            assertThat(seen).containsExactly(sql.startsWith("SET") ? "count 0" : "rows");
          }
          assertThat(statement.getMoreResults(Statement.CLOSE_ALL_RESULTS)).isFalse();
        }
      }
    }
  }

  /** What a source has to leave to the engine is slow, and whoever asks is told so. */
  @Test
  void whatASourceCouldNotRunIsWarnedOf() throws SQLException {
    String refused = "SELECT UPPER(CAST(d AS VARCHAR)) FROM sales.public.customers";
    String across =
        "SELECT c.region, COUNT(*) FROM sales.public.customers c JOIN web.main.visits v"
            + " ON c.id = v.customer GROUP BY c.region ORDER BY 2";
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      assertThat(rows(statement.executeQuery(refused))).hasSize(10);
      SQLWarning warning = statement.getWarnings();
      assertThat(warning.getSQLState()).isEqualTo("01KP1");
      assertThat(warning.getMessage()).contains("not pushed: project not at sales: ");
      assertThat((Throwable) warning.getNextWarning()).isNull();
      String own = "SELECT table_name FROM system.jdbc.tables ORDER BY UPPER(table_name)";
      for (String sql : new String[] {"SELECT id FROM sales.public.customers", across, own}) {
        assertThat(rows(statement.executeQuery(sql))).isNotEmpty();
        assertThat((Throwable) statement.getWarnings()).as(sql).isNull();
      }
    }
  }

  @Test
  void aNewExecutionClosesTheResultBefore() throws SQLException {
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      ResultSet before = statement.executeQuery("SELECT id FROM sales.public.customers");
      assertThat(before.next()).isTrue();
      ResultSet after = statement.executeQuery("SELECT 1");
      assertThat(before.isClosed()).isTrue();
      assertThatThrownBy(before::next).isInstanceOf(SQLException.class);
      assertThat(after.next()).isTrue();
    }
  }

  @Test
  void aQueryIsNoUpdateAndACommandNoQuery() throws SQLException {
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("SET query_timeout = 20")).isZero();
      assertThatThrownBy(() -> statement.executeUpdate("SELECT 1"))
          .isInstanceOf(SQLException.class)
          .hasMessage("the statement gives rows");
      assertThat(statement.executeUpdate("SET query_timeout = 20")).isZero();
      assertThatThrownBy(() -> statement.executeQuery("SET query_timeout = 20"))
          .isInstanceOf(SQLException.class);
      try (PreparedStatement prepared = connection.prepareStatement("SELECT 1")) {
        assertThatThrownBy(prepared::executeUpdate).hasMessage("the statement gives rows");
        assertThat(rows(prepared.executeQuery())).containsExactly("1");
      }
    }
  }

  @Test
  void aResultDescribesItsColumns() throws SQLException {
    try (Connection connection = gateway.connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT c.id AS \"Key\", c.name, c.total, c.code, c.since, c.flag, c.d,"
                    + " COUNT(v.customer) AS n, 'x' FROM sales.public.customers c"
                    + " LEFT JOIN web.main.visits v ON v.customer = c.id"
                    + " GROUP BY 1, 2, 3, 4, 5, 6, 7")) {
      ResultSetMetaData columns = result.getMetaData();
      List<String> described = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        described.add(
            String.join(
                " ",
                columns.getColumnLabel(i),
                columns.getColumnName(i),
                columns.getCatalogName(i)
                    + "."
                    + columns.getSchemaName(i)
                    + "."
                    + columns.getTableName(i),
                columns.getColumnTypeName(i),
                columns.getPrecision(i) + "," + columns.getScale(i),
                "shown in " + columns.getColumnDisplaySize(i),
                columns.isNullable(i) == ResultSetMetaData.columnNoNulls ? "NOT NULL" : "NULL",
                columns.isSigned(i) ? "signed" : "unsigned",
                columns.getColumnClassName(i).replaceAll(".*\\.", "")));
      }
      assertThat(described)
          .containsExactly(
              "Key id sales.public.customers INTEGER 10,0 shown in 11 NOT NULL signed Integer",
              "name name sales.public.customers VARCHAR 65535,0 shown in 65535 NOT NULL unsigned"
                  + " String",
              "total total sales.public.customers DECIMAL 12,2 shown in 14 NULL signed BigDecimal",
              "code code sales.public.customers CHAR 5,0 shown in 5 NULL unsigned String",
              "since since sales.public.customers TIMESTAMP 6,0 shown in 26 NULL unsigned"
                  + " Timestamp",
              "flag flag sales.public.customers BOOLEAN 1,0 shown in 5 NULL unsigned Boolean",
              "d d sales.public.customers DOUBLE 15,0 shown in 25 NULL signed Double",
              "n n .. BIGINT 19,0 shown in 20 NOT NULL signed Long",
              "EXPR$8 EXPR$8 .. VARCHAR 65535,0 shown in 65535 NOT NULL unsigned String");
      assertThat(columns.isReadOnly(1)).isTrue();
      assertThat(columns.isWritable(1)).isFalse();
      assertThat(columns.isAutoIncrement(1)).isFalse();
      assertThat(columns.isCurrency(3)).isFalse();
      assertThat(columns.isSearchable(1)).isTrue();
      assertThat(columns.isCaseSensitive(2)).isTrue();
      assertThat(columns.isCaseSensitive(1)).isFalse();
      assertThatThrownBy(() -> columns.getColumnLabel(10)).hasMessageContaining("no column 10");
    }
  }
}
