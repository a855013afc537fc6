package io.kurobe.examples.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trino over the sources that Kurobe reads. Its queries name tables by themselves: views in its
 * memory say where each is.
 */
final class TrinoPeer {
  private static final String MEMORY = "memory";

  private TrinoPeer() {}

  /**
   * The catalogs of a placement.
   *
   * @param postgresUrl of the database; the catalog is {@code postgres}
   * @param duckDb a file that Trino's older DuckDB reads; the catalog is {@code duckdb}
   */
  static Map<String, String> catalogs(String postgresUrl, String user, Path duckDb) {
    Map<String, String> catalogs = new LinkedHashMap<>();
    catalogs.put("postgres", postgres(postgresUrl, user));
    catalogs.put("duckdb", "connector.name=duckdb\nconnection-url=jdbc:duckdb:" + duckDb + "\n");
    catalogs.put(MEMORY, "connector.name=memory\nmemory.max-data-per-node=1500MB\n");
    catalogs.put(
        "tpch",
        "connector.name=tpch\ntpch.column-naming=STANDARD\ntpch.double-type-mapping=DECIMAL\n");
    return catalogs;
  }

  /** The catalog of a PostgreSQL database. */
  static String postgres(String url, String user) {
    return "connector.name=postgresql\nconnection-url=%s\nconnection-user=%s\nconnection-password=\n"
        .formatted(url, user);
  }

  /** Loads the tables that are Trino's own into its memory, at a scale. */
  static void load(TrinoProcess trino, Placement placement, double scale) throws SQLException {
    try (Connection connection = trino.connect(MEMORY + "/default");
        Statement statement = connection.createStatement()) {
      for (String table : placement.inTrino()) {
        statement.execute(
            "CREATE TABLE %s AS SELECT * FROM tpch.\"sf%s\".%s".formatted(table, scale, table));
        statement.execute("ANALYZE " + table);
      }
    }
  }

  /** A connection on which each table is known by its bare name. */
  static Connection connect(TrinoProcess trino, Placement placement) throws SQLException {
    Connection connection = trino.connect(MEMORY + "/default");
    try (Statement statement = connection.createStatement()) {
      for (String table : placement.inPostgres()) {
        view(statement, table, "postgres.public");
      }
      for (String table : placement.inDuckDb()) {
        view(statement, table, "duckdb.main");
      }
    }
    return connection;
  }

  private static void view(Statement statement, String table, String schema) throws SQLException {
    statement.execute("CREATE VIEW %s AS SELECT * FROM %s.%s".formatted(table, schema, table));
  }

  /** Starts a Trino for a placement. */
  static TrinoProcess start(
      BenchDirectory directory, Path installed, String postgresUrl, String user, Path duckDb)
      throws IOException {
    return TrinoProcess.start(
        directory, installed, TrinoArchive.java(), catalogs(postgresUrl, user, duckDb));
  }
}
