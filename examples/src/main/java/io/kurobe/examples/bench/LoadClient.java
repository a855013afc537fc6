package io.kurobe.examples.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * One client of {@code load}, in a thread of its own: it asks as soon as it has the answer to what
 * it asked before.
 */
final class LoadClient implements Runnable {
  /** So that a gateway that is down is not asked a million times. */
  private static final long AFTER_FAILURE_MILLIS = 200;

  private final String url;
  private final long orders;
  private final boolean mixed;
  private final RandomGenerator random;
  private final Canceller canceller;
  private final LoadTally tally;
  private final AtomicBoolean stop;

  /**
   * A client.
   *
   * @param orders how many there are
   * @param mixed whether it does anything else than point queries
   */
  LoadClient(
      String url,
      long orders,
      boolean mixed,
      RandomGenerator random,
      Canceller canceller,
      LoadTally tally,
      AtomicBoolean stop) {
    this.url = url;
    this.orders = orders;
    this.mixed = mixed;
    this.random = random;
    this.canceller = canceller;
    this.tally = tally;
    this.stop = stop;
  }

  @Override
  public void run() {
    while (!stop.get()) {
      try (Connection connection = DriverManager.getConnection(url);
          PointQueries points = new PointQueries(connection, orders, random)) {
        ask(points, new Disturbances(url, connection, random, canceller));
      } catch (SQLException e) {
        failed(LoadKind.CONNECTION, e);
      }
    }
  }

  /** Until the end, or a failure after which the connection may be of no use. */
  private void ask(PointQueries points, Disturbances others) {
    while (!stop.get()) {
      LoadKind kind = LoadKind.any(random, mixed);
      long start = System.nanoTime();
      try {
        switch (kind) {
          case PREPARED -> points.prepared();
          case TEXT -> points.text();
          case HALF_READ -> others.halfRead();
          case CANCELLED -> others.cancelled();
          case CONNECTION -> others.connection();
          case WRONG -> others.wrong();
        }
        tally.took(kind, System.nanoTime() - start);
      } catch (SQLException e) {
        failed(kind, e);
        return;
      }
    }
  }

  private void failed(LoadKind kind, SQLException failure) {
    tally.failed(kind, failure);
    try {
      TimeUnit.MILLISECONDS.sleep(AFTER_FAILURE_MILLIS);
    } catch (InterruptedException e) {
      stop.set(true);
    }
  }
}
