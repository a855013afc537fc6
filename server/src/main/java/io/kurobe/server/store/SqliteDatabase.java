package io.kurobe.server.store;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The state in one SQLite file. One connection serves reads and writes, one at a time: what is kept
 * here is small.
 */
final class SqliteDatabase implements Database {
  static final String FILE = "state.sqlite";

  /** What SQLite says of a disk that takes no more, which a WAL may meet in either form. */
  private static final Set<SQLiteErrorCode> DISK_FAILURES =
      Set.of(SQLiteErrorCode.SQLITE_FULL, SQLiteErrorCode.SQLITE_IOERR);

  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);

  private final Connection connection;
  private final Jdbi jdbi;

  // Guarded by this.
  private Survives survived = Survives.A_LOST_MACHINE;

  private SqliteDatabase(Connection connection) {
    this.connection = connection;
    this.jdbi = Jdbi.create(connection);
  }

  static SqliteDatabase open(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw unusable(directory, "it cannot be made", e);
    }
    if (!Files.isWritable(directory)) {
      throw unusable(directory, "it is not writable", null);
    }
    SQLiteDataSource source = source(directory);
    try {
      Migrations.SQLITE.apply(source);
      return new SqliteDatabase(source.getConnection());
    } catch (FlywayException | SQLException e) {
      throw unusable(directory, "its file " + FILE + " cannot be opened", e);
    }
  }

  static SQLiteDataSource source(Path directory) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + directory.resolve(FILE));
    return source;
  }

  private static KurobeException unusable(Path directory, String why, @Nullable Throwable cause) {
    return new KurobeException(
            ErrorCode.CONFIGURATION,
            "the directory " + directory + " cannot hold the gateway's state: " + why,
            cause)
        .withHint("Choose another with server.data, or make it writable.");
  }

  @Override
  public synchronized <T> T inTransaction(Survives survives, Function<Handle, T> work) {
    if (survives != survived) {
      // What is not synced is in the system's hands; the next that is brings it to the disk too.
      String synchronous =
          switch (survives) {
            case A_KILLED_PROCESS -> "NORMAL";
            case A_LOST_MACHINE -> "FULL";
          };
      jdbi.useHandle(handle -> handle.execute("PRAGMA synchronous = " + synchronous));
      survived = survives;
    }
    return jdbi.inTransaction(work::apply);
  }

  @Override
  public KurobeException told(JdbiException failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLiteException sqlite
          && DISK_FAILURES.contains(SQLiteErrorCode.getErrorCode(sqlite.getErrorCode() & 0xff))) {
        return new KurobeException(
                ErrorCode.DISK_FULL, "the disk that holds the gateway's state is full", failure)
            .withHint("Free space under server.data; what is stored already is safe.");
      }
    }
    return new KurobeException(
        ErrorCode.INTERNAL, "the gateway's state could not be read or written", failure);
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new KurobeException(ErrorCode.INTERNAL, "the state was not closed cleanly", e);
    }
  }
}
