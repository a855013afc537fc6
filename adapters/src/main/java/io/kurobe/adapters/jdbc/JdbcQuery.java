package io.kurobe.adapters.jdbc;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A query at a database and what it holds there: a connection of its own, a statement and its rows.
 * One thread uses and closes it, which may wait for as long as the driver does; {@link #cancel} may
 * come from any other.
 */
final class JdbcQuery {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcQuery.class);

  /** How long the database is asked again to stop. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final JdbcRead read;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean cancelled;
  private volatile @Nullable Statement statement;
  private @Nullable Connection connection;
  private @Nullable ResultSet rows;

  JdbcQuery(JdbcRead read) {
    this.read = read;
  }

  /** The rows; the query begins with the first call. */
  ResultSet rows() throws SQLException {
    ResultSet begun = rows;
    if (begun == null) {
      begun = begin();
      rows = begun;
    }
    return begun;
  }

  private ResultSet begin() throws SQLException {
    Connection opened = read.connections().open();
    connection = opened;
    Statement made = opened.createStatement();
    made.setFetchSize(read.request().batchRows());
    statement = made;
    if (cancelled) {
      throw new KurobeException(
          ErrorCode.CANCELLED, "the query at source " + read.source() + " was cancelled");
    }
    ResultSet started = made.executeQuery(read.request().sql());
    if (started.getMetaData().getColumnCount() != read.request().columns().size()) {
      throw new KurobeException(
          ErrorCode.INTERNAL,
          "source " + read.source() + " gives another number of columns than was asked for");
    }
    read.begun().check(opened, started.getMetaData());
    return started;
  }

  /**
   * Has the database stop; returns at once, although a driver may wait for its answer. What arrives
   * just before the query has begun is lost, so that it is said again until the query is closed.
   */
  void cancel() {
    cancelled = true;
    var thread = new Thread(this::signal, "kurobe-cancel " + read.source());
    thread.setDaemon(true);
    thread.start();
  }

  private void signal() {
    long end = System.nanoTime() + GRACE.toNanos();
    try {
      for (long pause = 50; System.nanoTime() < end; pause *= 2) {
        Statement running = statement;
        if (running != null) {
          stop(running);
        }
        if (over.await(pause, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop(Statement running) {
    try {
      running.cancel();
    } catch (SQLException | RuntimeException e) {
      // It has been closed meanwhile, or nobody answers; whoever reads meets the same.
      LOG.debug("source {} was not told to stop", read.source(), e);
    }
  }

  /** Lets go of everything, in the order of dependence, whatever fails. */
  void close() {
    try (Connection closing = connection;
        Statement running = statement;
        ResultSet reading = rows) {
      // Nothing but to close them.
    } catch (SQLException | RuntimeException e) {
      // The rows that were asked for are there, or their failure is told.
      LOG.debug("source {} did not let go", read.source(), e);
    } finally {
      over.countDown();
    }
  }
}
