package io.kurobe.adapters.duckdb;

import io.kurobe.adapters.embedded.DuckDbErrors;
import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The database of a source in the process's DuckDB, attached on first use, and again on the next if
 * that failed. Threads share it.
 *
 * <p>A file may be replaced while statements read it. Each time it is attached it gets a name of
 * its own, so that the new one is there before the old one goes, and no statement falls between
 * them: one that runs keeps what it has begun to read, and one that was about to start still finds
 * the old name for a moment.
 */
final class DuckDbAttachment {
  /** How long a database that was replaced keeps its name. */
  private static final Duration KEPT = Duration.ofSeconds(10);

  /** A database under the name that it has in DuckDB. */
  private record Attached(String name, Optional<FileState> file) {}

  /** A database that was replaced, and when, by {@link System#nanoTime}. */
  private record Replaced(String name, long since) {}

  private final SourceConfig config;
  private final DuckDbInstance duckDb;
  private final FileTables tables;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable Attached current;

  // Guarded by the lock.
  private final Deque<Replaced> replaced = new ArrayDeque<>();
  private int times;

  DuckDbAttachment(SourceConfig config, DuckDbInstance duckDb) {
    this.config = config;
    this.duckDb = duckDb;
    this.tables = new FileTables(config.tables());
  }

  /** The name under which the database is attached; attaches it if it is not. */
  String name() {
    Attached known = current;
    return known != null ? known.name() : opened(config.timeout(), false);
  }

  /** As {@link #name()}, but looks at the files first: what was changed is attached anew. */
  String renewed() {
    return opened(config.timeout(), true);
  }

  /** As {@link #name()}, with no more patience than this for another that is opening it. */
  String name(Duration patience) {
    Attached known = current;
    return known != null ? known.name() : opened(patience, false);
  }

  private String opened(Duration patience, boolean look) {
    lock(patience);
    try {
      dropReplaced(KEPT);
      Attached known = current;
      if (known != null && (!look || !isChanged(known))) {
        return known.name();
      }
      if (known != null && known.file().isPresent()) {
        current = null;
        replaced.add(new Replaced(known.name(), System.nanoTime()));
      }
      Attached made = attached();
      if (known != null && known.file().isEmpty()) {
        // If this fails, as files of one table are gone, the other tables are still there.
        replaced.add(new Replaced(known.name(), System.nanoTime()));
      }
      current = made;
      return made.name();
    } finally {
      opening.unlock();
    }
  }

  private void lock(Duration patience) {
    try {
      if (!opening.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw unavailable("it is still being opened", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KurobeException(ErrorCode.CANCELLED, "the query was cancelled", e);
    }
  }

  /** Tables over files are always made anew: their columns are those the files had then. */
  private static boolean isChanged(Attached known) {
    return known.file().map(FileState::isChanged).orElse(true);
  }

  private Attached attached() {
    String name = times == 0 ? config.name() : config.name() + "." + (times + 1);
    Optional<FileState> file = config.path().map(Path::of).map(this::seen);
    if (file.isPresent()) {
      attachFile(name, file.get().path());
    } else {
      attachTables(name);
    }
    times++;
    return new Attached(name, file);
  }

  private FileState seen(Path file) {
    return FileState.of(file)
        .orElseThrow(() -> unavailable("there is no file " + file.getFileName(), null));
  }

  /** Detaches those replaced longer ago than this; what still reads one keeps it in memory. */
  private void dropReplaced(Duration longerThan) {
    while (!replaced.isEmpty()
        && System.nanoTime() - replaced.getFirst().since() >= longerThan.toNanos()) {
      try {
        duckDb.detach(replaced.getFirst().name());
        replaced.removeFirst();
      } catch (SQLException e) {
        throw DuckDbErrors.ofSource(config.name(), e);
      }
    }
  }

  void detach() throws SQLException {
    opening.lock();
    try {
      dropReplaced(Duration.ZERO);
      Attached known = current;
      if (known != null) {
        duckDb.detach(known.name());
        current = null;
      }
    } finally {
      opening.unlock();
    }
  }

  private void attachFile(String name, Path file) {
    try {
      duckDb.attachReadOnly(name, file.toAbsolutePath());
    } catch (SQLException e) {
      throw unavailable("cannot open " + file.getFileName() + ": " + reason(e), e);
    }
  }

  private void attachTables(String database) {
    String making = "";
    try {
      duckDb.attachMemory(database);
      try (var connection = duckDb.connect();
          Statement statement = connection.createStatement()) {
        for (String table : tables.names()) {
          making = "table " + table + " over " + tables.fileName(table) + ": ";
          tables.create(statement, database, table);
        }
      }
    } catch (SQLException e) {
      try {
        duckDb.detach(database);
      } catch (SQLException again) {
        e.addSuppressed(again);
      }
      throw unavailable(making + reason(e), e);
    }
  }

  /** DuckDB's reason without the path, which is the host's own business. */
  private String reason(SQLException e) {
    String message = DuckDbErrors.ofSource(config.name(), e).getMessage();
    message = message.replaceFirst("^source \\S+( failed)?: ", "");
    message = message.replaceFirst("^a file could not be read or written: ", "");
    return DuckDbErrors.withoutDirectories(message);
  }

  /** The table, of those over files, of whose files a message speaks. */
  Optional<String> tableSpokenOf(String message) {
    return tables.spokenOf(message);
  }

  private KurobeException unavailable(String what, @Nullable Exception e) {
    return new KurobeException(
        ErrorCode.SOURCE_UNAVAILABLE, "source " + config.name() + " is unavailable: " + what, e);
  }
}
