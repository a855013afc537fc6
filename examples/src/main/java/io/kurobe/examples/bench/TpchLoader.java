package io.kurobe.examples.bench;

import io.kurobe.examples.local.LocalPostgres;
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
import java.util.Set;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * Loads TPC-H at one scale into databases, each once. PostgreSQL's tables get primary keys and
 * statistics, as any of its databases has; DuckDB's files are as its own loader makes them.
 */
final class TpchLoader {
  private final double scale;
  private final BenchDirectory directory;
  private final LocalPostgres postgres;
  private final Consumer<String> progress;

  TpchLoader(
      double scale, BenchDirectory directory, LocalPostgres postgres, Consumer<String> progress) {
    this.scale = scale;
    this.directory = directory;
    this.postgres = postgres;
    this.progress = progress;
  }

  /** Where tables are loaded into. */
  private interface Target {
    Connection connect() throws SQLException;

    void load(Connection connection, String table, Path lines) throws SQLException, IOException;

    /** Once every table is there. */
    void finish(Connection connection) throws SQLException;
  }

  private record Load(String name, Set<String> tables, Target target, Connection connection) {}

  /** Databases and files that are asked for and not there yet, filled table by table. */
  static final class Wanted {
    private final List<Load> loads = new ArrayList<>();
  }

  /** The name of a PostgreSQL database. */
  String database(String purpose) {
    return "tpch_" + Double.toString(scale).replace('.', '_') + "_" + purpose;
  }

  /** A DuckDB file. */
  Path file(String purpose) {
    return directory.file(database(purpose) + ".duckdb");
  }

  void wantPostgres(Wanted wanted, String purpose, Set<String> tables) throws SQLException {
    String name = database(purpose);
    if (!directory.isReady(name)) {
      postgres.dropDatabase(name);
      postgres.createDatabase(name);
      Target target = new PostgresTarget(name);
      wanted.loads.add(new Load(name, tables, target, target.connect()));
    }
  }

  /**
   * Asks for a DuckDB file.
   *
   * @param storage options of its storage; empty for DuckDB's own
   */
  void wantDuckDb(Wanted wanted, String purpose, Set<String> tables, String storage)
      throws SQLException, IOException {
    String name = file(purpose).getFileName().toString();
    if (!directory.isReady(name)) {
      Files.deleteIfExists(file(purpose));
      Files.deleteIfExists(Path.of(file(purpose) + ".wal"));
      Target target = new DuckDbTarget(file(purpose), storage);
      wanted.loads.add(new Load(name, tables, target, target.connect()));
    }
  }

  /** Fills all that is wanted, generating each table once. */
  void load(Wanted wanted) throws SQLException, IOException {
    try {
      for (String table : TpchTables.names()) {
        List<Load> into =
            wanted.loads.stream().filter(load -> load.tables().contains(table)).toList();
        if (!into.isEmpty()) {
          progress.accept("loading " + table + "…");
          Path lines = directory.file(table + ".tbl");
          TpchTables.write(table, scale, lines);
          for (Load load : into) {
            execute(load.connection(), TpchTables.create(table));
            load.target().load(load.connection(), table, lines);
          }
          Files.delete(lines);
        }
      }
      for (Load load : wanted.loads) {
        load.target().finish(load.connection());
        load.connection().close();
        directory.markReady(load.name());
      }
    } finally {
      for (Load load : wanted.loads) {
        load.connection().close();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private final class PostgresTarget implements Target {
    private final String database;
    private final List<String> loaded = new ArrayList<>();

    PostgresTarget(String database) {
      this.database = database;
    }

    @Override
    public Connection connect() throws SQLException {
      return postgres.database(database).getConnection();
    }

    @Override
    public void load(Connection connection, String table, Path lines)
        throws SQLException, IOException {
      try (InputStream input = Files.newInputStream(lines)) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + table + " FROM STDIN (DELIMITER '|')", input);
      }
      loaded.add(table);
    }

    @Override
    public void finish(Connection connection) throws SQLException {
      progress.accept("adding keys and statistics…");
      for (String table : loaded) {
        execute(connection, TpchTables.key(table));
      }
      execute(connection, "VACUUM ANALYZE");
    }
  }

  private static final class DuckDbTarget implements Target {
    private final Path file;
    private final String storage;

    DuckDbTarget(Path file, String storage) {
      this.file = file;
      this.storage = storage;
    }

    @Override
    public Connection connect() throws SQLException {
      Connection connection = DriverManager.getConnection("jdbc:duckdb:");
      execute(connection, "ATTACH '" + quoted(file) + "' AS loaded" + storage);
      execute(connection, "USE loaded");
      return connection;
    }

    @Override
    public void load(Connection connection, String table, Path lines) throws SQLException {
      execute(
          connection,
          "COPY "
              + table
              + " FROM '"
              + quoted(lines)
              + "' (DELIMITER '|', HEADER false, QUOTE '')");
    }

    @Override
    public void finish(Connection connection) throws SQLException {
      execute(connection, "CHECKPOINT");
      execute(connection, "USE memory");
      execute(connection, "DETACH loaded");
    }

    private static String quoted(Path path) {
      return path.toString().replace("'", "''");
    }
  }
}
