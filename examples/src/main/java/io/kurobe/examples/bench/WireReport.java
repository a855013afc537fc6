package io.kurobe.examples.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Prints what {@code wire} found. */
final class WireReport {
  private final PrintWriter out;

  WireReport(PrintWriter out) {
    this.out = out;
  }

  void small(Rounds rounds) {
    double bare = rounds.median(SelectOne.BARE);
    out.printf(Locale.ROOT, "%n%-34s%10s%10s%10s%n", "SELECT 1", "ms", "p95", "× HTTP");
    for (String name : rounds.names()) {
      double median = rounds.median(name);
      out.printf(
          Locale.ROOT,
          "%-34s%10.2f%10.2f%10.1f%n",
          name,
          median,
          rounds.percentile(name, 95),
          median / bare);
    }
    out.flush();
  }

  void orders(List<OrdersResult> results) {
    OptionalDouble pgjdbc = best(results, WireDrivers.PGJDBC);
    OptionalDouble avatica = best(results, WireDrivers.AVATICA);
    long most = results.stream().mapToLong(OrdersResult::rows).max().orElse(0);
    out.printf(
        Locale.ROOT,
        "%n%-34s%10s%10s%16s%10s%10s%n",
        "orders",
        "rows",
        "ms",
        "thousand rows/s",
        "× pgjdbc",
        "× Avatica");
    for (OrdersResult result : results) {
      out.printf(
          Locale.ROOT,
          "%-34s%10d%10.0f%16.0f%10s%10s  %s%s%n",
          result.name(),
          result.rows(),
          result.milliseconds(),
          result.rowsPerSecond() / 1e3,
          ratio(result, pgjdbc),
          ratio(result, avatica),
          result.equal() ? "equal" : "DIFFERENT",
          result.rows() < most ? ", of fewer rows" : "");
    }
    out.flush();
  }

  /** The rate of a peer at the fetch size that suits it better. */
  static OptionalDouble best(List<OrdersResult> results, String peer) {
    return results.stream()
        .filter(result -> result.name().startsWith(peer))
        .mapToDouble(OrdersResult::rowsPerSecond)
        .max();
  }

  private static String ratio(OrdersResult result, OptionalDouble peer) {
    return peer.isEmpty()
        ? ""
        : String.format(Locale.ROOT, "%.2f", result.rowsPerSecond() / peer.getAsDouble());
  }
}
