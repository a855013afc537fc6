package io.kurobe.adapters.embedded;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * The one DuckDB instance of the process: the federation engine, and the home of every attached
 * DuckDB file. DuckDB refuses to open a file twice with different settings, so everything works on
 * {@linkplain #connect duplicates} of one connection. Threads may share it; whoever opened it
 * closes it, after all connections.
 */
public final class DuckDbInstance implements AutoCloseable {
  /**
   * Settings of the instance.
   *
   * @param memory such as {@code 4GB}; empty leaves DuckDB's default
   * @param threads worker threads; empty leaves one per core
   * @param spill where it spills to disk; empty leaves the working directory
   */
  public record Settings(Optional<String> memory, OptionalInt threads, Optional<Path> spill) {
    public static final Settings DEFAULT =
        new Settings(Optional.empty(), OptionalInt.empty(), Optional.empty());
  }

  private final DuckDBConnection root;

  private DuckDbInstance(DuckDBConnection root) {
    this.root = root;
  }

  /** Opens the instance, in memory. */
  public static DuckDbInstance open(Settings settings) {
    requireNonNull(settings, "settings is null");
    var properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    settings.memory().ifPresent(memory -> properties.setProperty("memory_limit", memory));
    settings
        .threads()
        .ifPresent(threads -> properties.setProperty("threads", Integer.toString(threads)));
    settings.spill().ifPresent(spill -> properties.setProperty("temp_directory", spill.toString()));
    try {
      var connection = DriverManager.getConnection("jdbc:duckdb:", properties);
      return new DuckDbInstance(connection.unwrap(DuckDBConnection.class));
    } catch (SQLException e) {
      throw new KurobeException(
          ErrorCode.CONFIGURATION, "the DuckDB engine did not start: " + firstLine(e), e);
    }
  }

  /** A connection of the caller's own to the instance; the caller closes it. */
  public DuckDBConnection connect() {
    try {
      return root.duplicate();
    } catch (SQLException e) {
      throw new KurobeException(
          ErrorCode.INTERNAL, "the DuckDB engine gave no connection: " + firstLine(e), e);
    }
  }

  /** Attaches a DuckDB file under a name, for reading only. */
  public void attachReadOnly(String name, Path file) throws SQLException {
    execute(
        "ATTACH '" + file.toString().replace("'", "''") + "' AS " + quote(name) + " (READ_ONLY)");
  }

  /** Detaches a database; nothing happens if there is none of that name. */
  public void detach(String name) throws SQLException {
    execute("DETACH DATABASE IF EXISTS " + quote(name));
  }

  /** An identifier in quotes. */
  public static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  private void execute(String sql) throws SQLException {
    try (var connection = root.duplicate();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    try {
      root.close();
    } catch (SQLException e) {
      throw new KurobeException(
          ErrorCode.INTERNAL, "the DuckDB engine did not stop: " + firstLine(e), e);
    }
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no message");
  }
}
