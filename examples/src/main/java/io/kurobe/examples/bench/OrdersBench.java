package io.kurobe.examples.bench;

import io.kurobe.examples.bench.OrderRows.Reading;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads orders through drivers in turns. A driver that would take minutes over all of them reads
 * fewer: those with the least keys.
 */
final class OrdersBench {
  /** What a driver may take for all orders; if it would take longer, it reads for half of this. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A driver that keeps a whole result has it in the heap. */
  private static final long MOST = 2_000_000;

  private static final long PROBED = 50_000;
  private static final int WARM_UP = 1;

  private final Connection direct;
  private final List<OrdersReader> readers;
  private final Map<Long, Reading> expected = new HashMap<>();
  private final Map<String, Long> orders = new HashMap<>();
  private final Map<String, Boolean> equal = new HashMap<>();

  /**
   * A benchmark.
   *
   * @param direct to PostgreSQL, whose cells are right
   */
  OrdersBench(Connection direct, List<OrdersReader> readers) {
    this.direct = direct;
    this.readers = List.copyOf(readers);
  }

  /**
   * Runs it.
   *
   * @param there how many orders there are
   */
  List<OrdersResult> run(long there, int runs) throws SQLException, IOException {
    long all = Math.min(there, MOST);
    var rounds = new Rounds();
    for (OrdersReader reader : readers) {
      long most = bearable(reader, all);
      orders.put(reader.name(), most);
      rounds.add(reader.name(), () -> check(reader, most));
    }
    rounds.run(WARM_UP, runs);
    return readers.stream()
        .map(OrdersReader::name)
        .map(name -> new OrdersResult(name, orders.get(name), rounds.median(name), equal.get(name)))
        .toList();
  }

  /** How many orders a driver reads within our patience, by how long it takes over some. */
  private long bearable(OrdersReader reader, long all) throws SQLException {
    long some = Math.min(PROBED, all);
    check(reader, some);
    long start = System.nanoTime();
    check(reader, some);
    double nanosEach = (double) (System.nanoTime() - start) / some;
    return all * nanosEach <= PATIENCE.toNanos()
        ? all
        : Math.max(some, Math.round(PATIENCE.toNanos() / 2 / nanosEach / some) * some);
  }

  private void check(OrdersReader reader, long most) throws SQLException {
    boolean same = reader.read(most).equals(expected(most));
    equal.merge(reader.name(), same, Boolean::logicalAnd);
  }

  private Reading expected(long most) throws SQLException {
    Reading known = expected.get(most);
    if (known == null) {
      direct.setAutoCommit(false);
      try (OrdersReader right = new OrdersReader("PostgreSQL", direct, "orders", 10_000)) {
        known = right.read(most);
      }
      direct.rollback();
      if (known.rows() != most) {
        throw new BenchException(
            "there should be %d orders up to key %d, and there are %d"
                .formatted(most, OrderKeys.of(most), known.rows()));
      }
      expected.put(most, known);
    }
    return known;
  }
}
