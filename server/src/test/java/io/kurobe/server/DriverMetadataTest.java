package io.kurobe.server;

import static io.kurobe.server.ConfiguredGateway.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.testing.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What our driver's {@code DatabaseMetaData} tells of a PostgreSQL and a DuckDB. */
@Timeout(120)
class DriverMetadataTest {
  private static ConfiguredGateway gateway;
  private static Connection connection;
  private static DatabaseMetaData metadata;

  @BeforeAll
  static void start(@TempDir Path directory) throws SQLException {
    PostgresServer.Database sales =
        PostgresServer.database(
            "driver_metadata",
            """
            CREATE SCHEMA crm;
            CREATE TABLE customers (zone int, id int, email text NOT NULL, name varchar(40),
              CONSTRAINT customers_pk PRIMARY KEY (zone, id), CONSTRAINT one_email UNIQUE (email));
            COMMENT ON TABLE customers IS 'who buys';
            COMMENT ON COLUMN customers.name IS 'as it is written';
            CREATE INDEX by_name ON customers (lower(name), zone DESC) WHERE zone > 0;
            CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
              zone int NOT NULL, customer int NOT NULL, total numeric(12, 2) DEFAULT 0,
              CONSTRAINT orders_customer FOREIGN KEY (zone, customer)
                REFERENCES customers (zone, id) ON DELETE CASCADE DEFERRABLE);
            CREATE TABLE crm.calls (id int PRIMARY KEY, zone int, customer int,
              FOREIGN KEY (zone, customer) REFERENCES customers (zone, id));
            CREATE TABLE "Odd%_Name" (a int);
            CREATE TABLE "OddXYName" (a int);
            CREATE VIEW big_orders AS SELECT * FROM orders WHERE total > 100;
            """);
    Path file = directory.resolve("web.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE TABLE visits (id INTEGER PRIMARY KEY, page VARCHAR NOT NULL)");
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
    connection = gateway.connect();
    metadata = connection.getMetaData();
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    gateway.close();
  }

  /** Every method that gives a result, whatever is added to the interface. */
  @Test
  void everyResultHasTheColumnsOfTheSpecification() throws Exception {
    Map<String, String> expected = specified();
    Map<String, String> given = new TreeMap<>();
    for (Method method : DatabaseMetaData.class.getMethods()) {
      if (method.getReturnType() != ResultSet.class) {
        continue;
      }
      Object[] unrestricted =
          Arrays.stream(method.getParameterTypes())
              .map(type -> type == int.class ? (Object) 0 : type == boolean.class ? false : null)
              .toArray();
      try (ResultSet result = (ResultSet) method.invoke(metadata, unrestricted)) {
        given.put(method.getName(), columns(result.getMetaData()));
      }
    }
    assertThat(given).isEqualTo(expected);
  }

  private static Map<String, String> specified() throws IOException {
    Map<String, String> results = new TreeMap<>();
    try (InputStream in = DriverMetadataTest.class.getResourceAsStream("jdbc-metadata.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (!line.startsWith("#")) {
          results.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(' ') + 1));
        }
      }
    }
    return results;
  }

  private static String columns(ResultSetMetaData described) throws SQLException {
    StringBuilder columns = new StringBuilder();
    for (int i = 1; i <= described.getColumnCount(); i++) {
      String type =
          switch (described.getColumnType(i)) {
            case Types.VARCHAR -> "String";
            case Types.INTEGER -> "int";
            case Types.SMALLINT -> "short";
            case Types.BIGINT -> "long";
            case Types.BOOLEAN -> "boolean";
            default -> described.getColumnTypeName(i);
          };
      columns.append(i == 1 ? "" : ", ").append(described.getColumnLabel(i)).append(' ');
      columns.append(type);
    }
    return columns.toString();
  }

  @Test
  void listsCatalogsSchemasAndTablesSorted() throws SQLException {
    assertThat(rows(metadata.getCatalogs())).containsExactly("sales", "web");
    assertThat(rows(metadata.getSchemas("sales", null)))
        .containsExactly("crm sales", "public sales");
    assertThat(rows(metadata.getSchemas(null, "ma%"))).containsExactly("main web");
    assertThat(
            rows(
                metadata.getTables("sales", "public", null, null),
                "TABLE_TYPE",
                "TABLE_NAME",
                "REMARKS"))
        .containsExactly(
            "TABLE Odd%_Name null",
            "TABLE OddXYName null",
            "TABLE customers who buys",
            "TABLE orders null",
            "VIEW big_orders null");
    assertThat(rows(metadata.getTables(null, null, "%", new String[] {"VIEW"}), "TABLE_NAME"))
        .containsExactly("big_orders");
    assertThat(rows(metadata.getTables(null, null, "%", new String[0]))).isEmpty();
  }

  @Test
  void patternsHaveWildcardsAndTheirEscape() throws SQLException {
    assertThat(tables("Odd__Name")).containsExactly("Odd%_Name", "OddXYName");
    assertThat(tables("Odd\\%\\_Name")).containsExactly("Odd%_Name");
    assertThat(tables("Odd\\%%")).containsExactly("Odd%_Name");
    assertThat(tables("odd%")).isEmpty();
    assertThat(rows(metadata.getTablePrivileges(null, null, "Odd__Name"), "TABLE_NAME"))
        .containsExactly("Odd%_Name", "OddXYName");
    assertThat(rows(metadata.getTablePrivileges(null, "%", "Odd\\%\\_Name"), "TABLE_NAME"))
        .containsExactly("Odd%_Name");
    assertThat(rows(metadata.getTablePrivileges(null, null, "Odd\\%%"), "TABLE_NAME"))
        .containsExactly("Odd%_Name");
  }

  private static List<String> tables(String pattern) throws SQLException {
    return rows(metadata.getTables(null, null, pattern, null), "TABLE_NAME");
  }

  @Test
  void theEmptyNameIsThatOfNothing() throws SQLException {
    assertThat(rows(metadata.getSchemas("", null))).isEmpty();
    assertThat(rows(metadata.getTables("", null, "%", null))).isEmpty();
    assertThat(rows(metadata.getTables(null, "", "%", null))).isEmpty();
    assertThat(rows(metadata.getColumns(null, null, "", "%"))).isEmpty();
    assertThat(rows(metadata.getPrimaryKeys("", null, "customers"))).isEmpty();
    assertThat(rows(metadata.getTablePrivileges("", "", ""))).isEmpty();
  }

  @Test
  void aKindOfTableThatIsNullIsNone() throws SQLException {
    for (String[] kinds : new String[][] {{"TABLE", null}, {null, "TABLE"}}) {
      assertThat(rows(metadata.getTables(null, null, "Odd__Name", kinds), "TABLE_NAME"))
          .containsExactly("Odd%_Name", "OddXYName");
    }
    assertThat(rows(metadata.getTables(null, null, "%", new String[] {null}))).isEmpty();
  }

  @Test
  void describesColumns() throws SQLException {
    assertThat(
            rows(
                metadata.getColumns("sales", null, "orders", "%"),
                "COLUMN_NAME",
                "TYPE_NAME",
                "COLUMN_SIZE",
                "DECIMAL_DIGITS",
                "IS_NULLABLE",
                "COLUMN_DEF",
                "ORDINAL_POSITION",
                "IS_AUTOINCREMENT",
                "IS_GENERATEDCOLUMN"))
        .containsExactly(
            "id BIGINT 19 0 NO null 1 YES NO",
            "zone INTEGER 10 0 NO null 2 NO NO",
            "customer INTEGER 10 0 NO null 3 NO NO",
            "total DECIMAL 12 2 YES 0 4 NO NO");
    assertThat(rows(metadata.getColumns(null, "public", "customers", "name"), "REMARKS"))
        .containsExactly("as it is written");
  }

  @Test
  void tellsPrimaryKeysByColumn() throws SQLException {
    assertThat(rows(metadata.getPrimaryKeys(null, "public", "customers")))
        .containsExactly(
            "sales public customers id 2 customers_pk",
            "sales public customers zone 1 customers_pk");
    assertThat(rows(metadata.getPrimaryKeys("web", null, "visits"), "COLUMN_NAME", "KEY_SEQ"))
        .containsExactly("id 1");
    assertThat(rows(metadata.getPrimaryKeys(null, null, "O'Hara"))).isEmpty();
    assertThat(
            rows(
                metadata.getBestRowIdentifier(
                    "sales", "public", "customers", DatabaseMetaData.bestRowSession, false)))
        .containsExactly("2 zone 4 INTEGER 10 null 0 1", "2 id 4 INTEGER 10 null 0 1");
  }

  @Test
  void tellsForeignKeysFromBothSides() throws SQLException {
    String cascades = DatabaseMetaData.importedKeyCascade + "";
    String nothing = DatabaseMetaData.importedKeyNoAction + "";
    assertThat(rows(metadata.getImportedKeys("sales", "public", "orders")))
        .containsExactly(
            "sales public customers zone sales public orders zone 1 "
                + String.join(" ", nothing, cascades, "orders_customer customers_pk")
                + " "
                + DatabaseMetaData.importedKeyInitiallyImmediate,
            "sales public customers id sales public orders customer 2 "
                + String.join(" ", nothing, cascades, "orders_customer customers_pk")
                + " "
                + DatabaseMetaData.importedKeyInitiallyImmediate);
    assertThat(
            rows(
                metadata.getExportedKeys("sales", null, "customers"),
                "FKTABLE_SCHEM",
                "FKTABLE_NAME",
                "FKCOLUMN_NAME",
                "KEY_SEQ"))
        .containsExactly(
            "crm calls zone 1",
            "crm calls customer 2",
            "public orders zone 1",
            "public orders customer 2");
    assertThat(
            rows(
                metadata.getCrossReference(null, null, "customers", null, "crm", "calls"),
                "FKCOLUMN_NAME"))
        .containsExactly("zone", "customer");
    assertThat(rows(metadata.getCrossReference(null, null, "orders", null, null, "calls")))
        .isEmpty();
  }

  @Test
  void tellsIndexesUniqueOnesFirst() throws SQLException {
    assertThat(
            rows(
                metadata.getIndexInfo("sales", "public", "customers", false, true),
                "NON_UNIQUE",
                "INDEX_NAME",
                "ORDINAL_POSITION",
                "COLUMN_NAME",
                "ASC_OR_DESC",
                "FILTER_CONDITION"))
        .containsExactly(
            "false customers_pk 1 zone A null",
            "false customers_pk 2 id A null",
            "false one_email 1 email A null",
            "true by_name 1 lower(name::text) A zone > 0",
            "true by_name 2 zone D zone > 0");
    assertThat(rows(metadata.getIndexInfo(null, null, "customers", true, false), "INDEX_NAME"))
        .containsExactly("customers_pk", "customers_pk", "one_email");
  }

  @Test
  void whoSeesATableMayReadIt() throws SQLException {
    assertThat(rows(metadata.getTablePrivileges("sales", "crm", "%")))
        .containsExactly("sales crm calls null ada SELECT NO");
    assertThat(rows(metadata.getColumnPrivileges("web", "main", "visits", "p%")))
        .containsExactly("web main visits page null ada SELECT NO");
  }

  @Test
  void tellsTypesByTheirNumber() throws SQLException {
    try (ResultSet types = metadata.getTypeInfo()) {
      int before = Integer.MIN_VALUE;
      int count = 0;
      List<String> texts = new ArrayList<>();
      while (types.next()) {
        assertThat(types.getInt("DATA_TYPE")).isGreaterThanOrEqualTo(before);
        before = types.getInt("DATA_TYPE");
        if (before == Types.VARCHAR) {
          texts.add(types.getString("TYPE_NAME"));
        }
        count++;
      }
      assertThat(texts).as("the closest first").startsWith("VARCHAR").contains("JSON");
      assertThat(count).isGreaterThan(10);
    }
    assertThat(rows(metadata.getTableTypes()))
        .containsExactly("FOREIGN TABLE", "MATERIALIZED VIEW", "TABLE", "VIEW");
    assertThat(rows(metadata.getClientInfoProperties(), "NAME")).containsExactly("ApplicationName");
  }

  @Test
  void aResultClosesItsStatement() throws SQLException {
    ResultSet keys = metadata.getPrimaryKeys(null, null, "customers");
    Statement statement = keys.getStatement();
    keys.close();
    assertThat(statement.isClosed()).isTrue();
  }

  @Test
  void aClosedConnectionSaysSo() throws SQLException {
    DatabaseMetaData closed;
    try (Connection other = gateway.connect()) {
      closed = other.getMetaData();
    }
    assertThatThrownBy(closed::getCatalogs)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
    assertThatThrownBy(() -> closed.getPrimaryKeys(null, null, "customers"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
  }
}
