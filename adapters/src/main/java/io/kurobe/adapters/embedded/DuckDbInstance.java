package io.kurobe.adapters.embedded;

import static java.lang.Math.abs;
import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
   * @param spillLimit how much it may hold there, such as {@code 20GB}; empty is half of what is
   *     free when it starts, as others need the disk too
   */
  public record Settings(
      Optional<String> memory,
      OptionalInt threads,
      Optional<Path> spill,
      Optional<String> spillLimit) {
    public static final Settings DEFAULT =
        new Settings(Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());
  }

  private static final String UTC = "UTC";
  private static final Path HERE = Path.of("");
  private static final long MEBIBYTE = 1L << 20;

  /** Takes one of two subplans that are nearly alike for the other, and so a column for another. */
  private static final String WRONG_OPTIMIZERS = "common_subplan";

  private final DuckDBConnection root;

  private DuckDbInstance(DuckDBConnection root) {
    this.root = root;
  }

  /** Opens the instance, in memory. */
  public static DuckDbInstance open(Settings settings) {
    requireNonNull(settings, "settings is null");
    var properties = new Properties();
    // Without it a result is held in memory whole before its first row is given.
    properties.setProperty("jdbc_stream_results", "true");
    // x / 0 is an error, also of DOUBLE; NaN and Infinity in the data stay what they are.
    properties.setProperty("ieee_floating_point_ops", "false");
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("allow_community_extensions", "false");
    properties.setProperty("allow_persistent_secrets", "false");
    settings.memory().ifPresent(memory -> properties.setProperty("memory_limit", memory));
    settings
        .threads()
        .ifPresent(threads -> properties.setProperty("threads", Integer.toString(threads)));
    settings.spill().ifPresent(spill -> properties.setProperty("temp_directory", spill.toString()));
    try {
      var connection =
          DriverManager.getConnection("jdbc:duckdb:", properties).unwrap(DuckDBConnection.class);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET GLOBAL TimeZone = " + literal(UTC));
        // Given as a property it is shown, but not heeded.
        statement.execute("SET GLOBAL max_temp_directory_size = " + literal(spillLimit(settings)));
        // From here on no statement can change a setting but its connection's time zone.
        statement.execute("SET GLOBAL disabled_optimizers = " + literal(WRONG_OPTIMIZERS));
        statement.execute("SET allowed_configs = ['TimeZone']");
        statement.execute("SET lock_configuration = true");
      }
      return new DuckDbInstance(connection);
    } catch (SQLException e) {
      throw new KurobeException(
          ErrorCode.CONFIGURATION,
          "the DuckDB engine did not start: " + DuckDbErrors.firstLine(e.getMessage()),
          e);
    }
  }

  private static String spillLimit(Settings settings) {
    return settings.spillLimit().orElseGet(() -> halfOfWhatIsFree(settings.spill().orElse(HERE)));
  }

  private static String halfOfWhatIsFree(Path directory) {
    Path existing = directory.toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return Files.getFileStore(existing).getUsableSpace() / 2 / MEBIBYTE + "MiB";
    } catch (IOException e) {
      throw new KurobeException(
          ErrorCode.CONFIGURATION,
          "the spill directory " + directory + " cannot be looked at: " + e.getMessage(),
          e);
    }
  }

  /** As {@link #connect()}, in a session's time zone. */
  public DuckDBConnection connect(ZoneId zone) {
    DuckDBConnection connection = connect();
    if (zoneName(zone).equals(UTC)) {
      return connection;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = " + literal(zoneName(zone)));
      return connection;
    } catch (SQLException e) {
      closeQuietly(connection);
      throw new KurobeException(
          ErrorCode.INVALID_SETTING, "the DuckDB engine does not know the time zone " + zone, e);
    }
  }

  /** Offsets have no name that DuckDB knows but those of whole hours, whose sign is reversed. */
  private static String zoneName(ZoneId zone) {
    if (zone.normalized() instanceof ZoneOffset offset) {
      int seconds = offset.getTotalSeconds();
      if (seconds % 3600 == 0) {
        return seconds == 0 ? UTC : "Etc/GMT" + (seconds > 0 ? "-" : "+") + abs(seconds / 3600);
      }
    }
    return zone.getId();
  }

  /** A connection of the caller's own to the instance, in UTC; the caller closes it. */
  public DuckDBConnection connect() {
    try {
      return root.duplicate();
    } catch (SQLException e) {
      throw new KurobeException(
          ErrorCode.INTERNAL,
          "the DuckDB engine gave no connection: " + DuckDbErrors.firstLine(e.getMessage()),
          e);
    }
  }

  /** Attaches a DuckDB file under a name, for reading only. */
  public void attachReadOnly(String name, Path file) throws SQLException {
    execute("ATTACH " + literal(file.toString()) + " AS " + quote(name) + " (READ_ONLY)");
  }

  /** Attaches an empty database in memory, which all connections see: a place to stage tables. */
  public void attachMemory(String name) throws SQLException {
    execute("ATTACH ':memory:' AS " + quote(name));
  }

  /** Detaches a database; nothing happens if there is none of that name. */
  public void detach(String name) throws SQLException {
    execute("DETACH DATABASE IF EXISTS " + quote(name));
  }

  /** Bytes it holds in memory now; NaN if it does not tell. */
  public double memoryInUse() {
    try (var connection = root.duplicate();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT CAST(SUM(memory_usage_bytes) AS DOUBLE) FROM duckdb_memory()")) {
      return rows.next() ? rows.getDouble(1) : Double.NaN;
    } catch (SQLException e) {
      return Double.NaN;
    }
  }

  /** An identifier in quotes. */
  public static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** A text in quotes. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static void closeQuietly(DuckDBConnection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // The error that led here is the one to tell.
    }
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
          ErrorCode.INTERNAL,
          "the DuckDB engine did not stop: " + DuckDbErrors.firstLine(e.getMessage()),
          e);
    }
  }
}
