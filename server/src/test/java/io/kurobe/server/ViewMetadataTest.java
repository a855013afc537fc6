package io.kurobe.server;

import static io.kurobe.server.ConfiguredGateway.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Views of the gateway's own beside the sources' tables, as tools list them. */
@Timeout(120)
class ViewMetadataTest {
  private ConfiguredGateway gateway;
  private Connection connection;

  @BeforeEach
  void start(@TempDir Path directory) throws SQLException {
    PostgresServer.Database sales =
        PostgresServer.database(
            "view_metadata",
            """
            CREATE TABLE orders (id int PRIMARY KEY, region text NOT NULL, total numeric(12, 2));
            INSERT INTO orders VALUES (1, 'north', 5), (2, 'south', 7);
            """);
    Path file = directory.resolve("web.duckdb");
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE TABLE visits (id INTEGER, seen TIMESTAMPTZ)");
    }
    gateway =
        ConfiguredGateway.start(
            directory,
            """
            sources:
              sales: {type: postgres, url: "%s", user: %s}
              web: {type: duckdb, path: web.duckdb}
            """
                .formatted(sales.url(), sales.user()));
    connection = gateway.connect();
    run("CREATE VIEW views.main.by_region AS ASK 'number of orders per region'");
    run(
        "CREATE VIEW wide AS SELECT o.id, o.total, v.seen FROM sales.public.orders o"
            + " JOIN web.main.visits v ON v.id = o.id");
  }

  @AfterEach
  void stop() throws SQLException {
    connection.close();
    gateway.close();
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void viewsAreTablesOfTheCatalogOfViews() throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    assertThat(rows(metadata.getCatalogs())).containsExactly("sales", "views", "web");
    assertThat(rows(metadata.getSchemas("views", null))).containsExactly("main views");
    assertThat(
            rows(
                metadata.getTables(null, null, "%", new String[] {"VIEW"}),
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "REMARKS"))
        .containsExactly(
            "views main by_region number of orders per region", "views main wide null");
    assertThat(
            rows(
                metadata.getColumns("views", "main", "wide", "%"),
                "COLUMN_NAME",
                "TYPE_NAME",
                "COLUMN_SIZE",
                "DECIMAL_DIGITS",
                "NULLABLE",
                "ORDINAL_POSITION"))
        .containsExactly(
            "id INTEGER 10 0 0 1",
            "total DECIMAL 12 2 1 2",
            "seen TIMESTAMP WITH TIME ZONE 32 6 1 3");
    assertThat(rows(metadata.getColumns("views", null, "by_region", null), "COLUMN_NAME"))
        .hasSize(2);
    assertThat(rows(metadata.getPrimaryKeys("views", "main", "wide"))).isEmpty();
    assertThat(rows(metadata.getTablePrivileges("views", "%", "wide"), "PRIVILEGE"))
        .containsExactly("SELECT");
  }

  @Test
  void systemTablesAndStockClientsShowThemToo() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(
              rows(
                  statement.executeQuery(
                      "SELECT table_name, table_type FROM system.jdbc.tables"
                          + " WHERE table_cat = 'views' ORDER BY table_name")))
          .containsExactly("by_region VIEW", "wide VIEW");
      assertThat(
              rows(
                  statement.executeQuery(
                      "SELECT column_name, native_type FROM system.jdbc.columns"
                          + " WHERE table_name = 'wide' ORDER BY ordinal_position")))
          .containsExactly("id INTEGER", "total DECIMAL(12, 2)", "seen TIMESTAMP WITH TIME ZONE");
    }
    String address = gateway.url().substring("jdbc:kurobe://".length());
    try (Connection stock =
        DriverManager.getConnection("jdbc:avatica:remote:url=http://" + address + "/")) {
      assertThat(rows(stock.getMetaData().getTables("views", null, null, null), "TABLE_NAME"))
          .containsExactly("by_region", "wide");
    }
  }

  @Test
  void aChangeShowsAtOnceAndWhatCannotBeReadHasNoColumns() throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    run("CREATE VIEW upon AS SELECT id FROM views.main.wide");
    run("COMMENT ON VIEW upon IS 'upon another'");
    assertThat(rows(metadata.getColumns("views", null, "upon", null), "TYPE_NAME"))
        .containsExactly("INTEGER");
    run("DROP VIEW wide");
    assertThat(rows(metadata.getTables("views", null, "%", null), "TABLE_NAME", "REMARKS"))
        .containsExactly("by_region number of orders per region", "upon upon another");
    assertThat(rows(metadata.getColumns("views", null, "upon", null))).isEmpty();
    run("DROP VIEW upon");
    run("DROP VIEW by_region");
    assertThat(rows(metadata.getCatalogs())).containsExactly("sales", "web");
  }

  @Test
  void aSchemaOfTheSameNameIsStillThatOfTheOnlySource() throws SQLException {
    connection.setSchema("main");
    assertThat(connection.getCatalog()).isEqualTo("web");
    connection.setCatalog("views");
    connection.setSchema("main");
    try (Statement statement = connection.createStatement()) {
      assertThat(rows(statement.executeQuery("SELECT COUNT(*) FROM by_region")))
          .containsExactly("2");
    }
  }
}
