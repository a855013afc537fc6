package io.kurobe.planner.tpch;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.testing.TrinoServer;
import io.kurobe.planner.distribute.DistributedEngine;
import io.kurobe.planner.testing.Federation;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The tables of one scale in the sources of all placements. One thread uses it. */
final class TpchSources implements AutoCloseable {
  private static final Set<String> IN_POSTGRES = Set.of("customer", "orders", "nation", "region");
  private static final Set<String> NOT_IN_TRINO = Set.of("supplier", "partsupp");

  private final Path directory;
  private final PostgresServer.Database some;
  private final PostgresServer.Database whole;
  private final List<Federation> opened = new ArrayList<>();
  private @Nullable Federation withoutTrino;
  private @Nullable Federation withTrino;

  private TpchSources(Path directory, String suffix) throws SQLException {
    this.directory = directory;
    this.some = PostgresServer.database("tpch_some" + suffix);
    this.whole = PostgresServer.database("tpch_whole" + suffix);
  }

  /**
   * Fills the sources.
   *
   * @param keyed whether PostgreSQL's tables have their primary keys; the small scale goes without,
   *     as tables that people have often do
   */
  static TpchSources fill(TpchTables tables, Path directory, String suffix, boolean keyed)
      throws SQLException, IOException {
    var sources = new TpchSources(directory, suffix);
    try (Connection atSome = sources.some.connect();
        Connection atWhole = sources.whole.connect();
        Connection rest = DriverManager.getConnection("jdbc:duckdb:" + sources.file("rest"));
        Connection few = DriverManager.getConnection("jdbc:duckdb:" + sources.file("few"));
        Connection local = DriverManager.getConnection("jdbc:duckdb:" + sources.file("local"))) {
      for (TpchTable<?> table : TpchTable.getTables()) {
        Path lines = tables.write(table, directory);
        if (IN_POSTGRES.contains(table.getTableName())) {
          copy(atSome, table, lines, keyed);
        } else {
          load(rest, table, lines);
        }
        if (NOT_IN_TRINO.contains(table.getTableName())) {
          load(few, table, lines);
        }
        load(local, table, lines);
        copy(atWhole, table, lines, keyed);
        Files.delete(lines);
      }
      execute(atSome, "ANALYZE");
      execute(atWhole, "ANALYZE");
    }
    return sources;
  }

  Federation federation(Placement placement) {
    if (placement == Placement.SPLIT_OVER_TRINO) {
      TrinoServer.requireJava();
      withTrino =
          withTrino == null
              ? open(
                  SourceConfig.ofUrl("lake", "trino", TrinoServer.url("tpch_decimal"), "tester"),
                  SourceConfig.ofPath("few", "duckdb", file("few")))
              : withTrino;
      return withTrino;
    }
    withoutTrino =
        withoutTrino == null
            ? open(
                SourceConfig.ofUrl("whole", "postgres", whole.url(), whole.user()),
                SourceConfig.ofPath("local", "duckdb", file("local")),
                SourceConfig.ofPath("rest", "duckdb", file("rest")))
            : withoutTrino;
    return withoutTrino;
  }

  /**
   * The split of PostgreSQL and DuckDB with a full Trino as the engine. Its DuckDB reads files of
   * an older form only, and no file that is open elsewhere, so that it gets a copy.
   */
  Federation onTrino() throws SQLException {
    String copy = file("rest-for-trino");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      execute(connection, "ATTACH '" + file("rest") + "' AS rest (READ_ONLY)");
      execute(connection, "ATTACH '" + copy + "' AS copied (STORAGE_VERSION 'v1.2.0')");
      execute(connection, "COPY FROM DATABASE rest TO copied");
    }
    String lake =
        TrinoServer.full(
            Map.of(
                "pg",
                "connector.name=postgresql\nconnection-url="
                    + some.url()
                    + "\nconnection-user="
                    + some.user()
                    + "\n",
                "duck",
                "connector.name=duckdb\nconnection-url=jdbc:duckdb:" + copy + "\n"));
    Federation federation =
        Federation.of(
            List.of(
                SourceConfig.ofUrl("some", "postgres", some.url(), some.user()),
                SourceConfig.ofPath("rest", "duckdb", file("rest")),
                SourceConfig.ofUrl("lake", "trino", lake, "tester")),
            new DistributedEngine(
                "lake", Map.of("some", "pg", "rest", "duck"), DistributedEngine.WhenUnseen.ERROR));
    opened.add(federation);
    return federation;
  }

  private Federation open(SourceConfig... others) {
    List<SourceConfig> configs = new ArrayList<>(List.of(others));
    configs.add(SourceConfig.ofUrl("some", "postgres", some.url(), some.user()));
    Federation federation = Federation.of(configs);
    opened.add(federation);
    return federation;
  }

  private String file(String name) {
    return directory.resolve(name + ".duckdb").toString();
  }

  private static void load(Connection duckDb, TpchTable<?> table, Path lines) throws SQLException {
    execute(duckDb, TpchTables.create(table));
    execute(
        duckDb,
        "COPY "
            + table.getTableName()
            + " FROM '"
            + lines
            + "' (DELIMITER '|', HEADER false, QUOTE '')");
  }

  private static void copy(Connection postgres, TpchTable<?> table, Path lines, boolean keyed)
      throws SQLException, IOException {
    execute(postgres, TpchTables.create(table));
    try (InputStream input = Files.newInputStream(lines)) {
      postgres
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY " + table.getTableName() + " FROM STDIN (DELIMITER '|')", input);
    }
    if (keyed) {
      execute(postgres, TpchTables.key(table));
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    opened.forEach(Federation::close);
  }
}
