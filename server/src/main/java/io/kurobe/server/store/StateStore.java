package io.kurobe.server.store;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.catalog.Views;
import io.kurobe.server.statement.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The gateway's state, in one SQLite file that survives the process. One connection serves reads
 * and writes, one at a time: what is kept here is small. Threads share the store; whoever opened it
 * closes it.
 */
public final class StateStore implements AutoCloseable {
  private static final String FILE = "state.sqlite";

  /** What SQLite says of a disk that takes no more, which a WAL may meet in either form. */
  private static final Set<SQLiteErrorCode> DISK_FAILURES =
      Set.of(SQLiteErrorCode.SQLITE_FULL, SQLiteErrorCode.SQLITE_IOERR);

  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);

  private final Connection connection;
  private final Jdbi jdbi;
  private final SqliteViews views;
  private final SqliteHistory history;

  private StateStore(Connection connection) {
    this.connection = connection;
    this.jdbi = Jdbi.create(connection);
    this.views = new SqliteViews(this);
    this.history = new SqliteHistory(this);
  }

  /**
   * Opens the store of a directory, which is made if it is not there, and brings its schema up to
   * date.
   *
   * @throws KurobeException CONFIGURATION if the directory cannot be used
   */
  public static StateStore open(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw unusable(directory, "it cannot be made", e);
    }
    if (!Files.isWritable(directory)) {
      throw unusable(directory, "it is not writable", null);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    config.enforceForeignKeys(true);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + directory.resolve(FILE));
    try {
      Flyway.configure(StateStore.class.getClassLoader())
          .dataSource(source)
          .locations("classpath:io/kurobe/server/store/migration")
          .load()
          .migrate();
      return new StateStore(source.getConnection());
    } catch (FlywayException | SQLException e) {
      throw unusable(directory, "its file " + FILE + " cannot be opened", e);
    }
  }

  private static KurobeException unusable(
      Path directory, String why, @org.jspecify.annotations.Nullable Throwable cause) {
    return new KurobeException(
            ErrorCode.CONFIGURATION,
            "the directory " + directory + " cannot hold the gateway's state: " + why,
            cause)
        .withHint("Choose another with server.data, or make it writable.");
  }

  /** Where views are kept. */
  public Views views() {
    return views;
  }

  /** Where finished statements are written down. */
  public History history() {
    return history;
  }

  /** Does something with the database in one transaction. */
  synchronized <T> T inTransaction(Function<Handle, T> work) {
    try {
      return jdbi.inTransaction(work::apply);
    } catch (JdbiException e) {
      throw unwritable(e);
    }
  }

  private static KurobeException unwritable(JdbiException error) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (at instanceof SQLiteException sqlite
          && DISK_FAILURES.contains(SQLiteErrorCode.getErrorCode(sqlite.getErrorCode() & 0xff))) {
        return new KurobeException(
                ErrorCode.DISK_FULL, "the disk that holds the gateway's state is full", error)
            .withHint("Free space under server.data; what is stored already is safe.");
      }
    }
    return new KurobeException(
        ErrorCode.INTERNAL, "the gateway's state could not be read or written", error);
  }

  /** Writes what is still to be written, and closes the file. */
  @Override
  public void close() {
    history.close();
    synchronized (this) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new KurobeException(ErrorCode.INTERNAL, "the state was not closed cleanly", e);
      }
    }
  }
}
