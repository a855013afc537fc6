package io.kurobe.examples.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A peer that is reached over JDBC on one connection, which it closes. */
final class JdbcPeer implements Peer {
  private final String name;
  private final Connection connection;
  private final Duration limit;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var thread = new Thread(work, "limit");
            thread.setDaemon(true);
            return thread;
          });

  JdbcPeer(String name, Connection connection, Duration limit) {
    this.name = name;
    this.connection = connection;
    this.limit = limit;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Answer run(String sql) {
    var late = new AtomicBoolean();
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      Future<?> alarm =
          clock.schedule(() -> cancel(statement, late), limit.toMillis(), TimeUnit.MILLISECONDS);
      try (ResultSet results = statement.executeQuery(sql)) {
        List<List<@Nullable Object>> rows = rows(results);
        return new Answer(System.nanoTime() - start, rows);
      } finally {
        alarm.cancel(false);
      }
    } catch (SQLException e) {
      throw new PeerException(
          late.get()
              ? "took longer than " + limit.toSeconds() + " s"
              : BenchException.firstLine(e));
    }
  }

  private static void cancel(Statement statement, AtomicBoolean late) {
    late.set(true);
    try {
      statement.cancel();
    } catch (SQLException e) {
      // It has just ended by itself.
    }
  }

  static List<List<@Nullable Object>> rows(ResultSet results) throws SQLException {
    int columns = results.getMetaData().getColumnCount();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    while (results.next()) {
      List<@Nullable Object> row = new ArrayList<>(columns);
      for (int i = 1; i <= columns; i++) {
        row.add(results.getObject(i));
      }
      rows.add(row);
    }
    return rows;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing more is wanted of it.
    }
  }
}
