package io.kurobe.examples.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Prints what {@code load} found. */
final class LoadReport {
  private final PrintWriter out;

  LoadReport(PrintWriter out) {
    this.out = out;
  }

  void times(LoadTally tally, Duration duration) {
    out.printf(
        Locale.ROOT,
        "%n%-20s%12s%12s%10s%10s%10s%n",
        "",
        "count",
        "a second",
        "p50 ms",
        "p99 ms",
        "p99/p50");
    var points = new Latencies();
    points.add(tally.times(LoadKind.PREPARED));
    points.add(tally.times(LoadKind.TEXT));
    for (LoadKind kind : LoadKind.values()) {
      times(kind.label(), tally.times(kind), duration);
      if (kind == LoadKind.TEXT) {
        times("point, both", points, duration);
      }
    }
    out.flush();
  }

  private void times(String label, Latencies times, Duration duration) {
    if (times.count() > 0) {
      double median = times.percentile(50);
      double slow = times.percentile(99);
      out.printf(
          Locale.ROOT,
          "%-20s%12d%12.1f%10.1f%10.1f%10.1f%n",
          label,
          times.count(),
          times.count() * 1e3 / duration.toMillis(),
          median,
          slow,
          slow / median);
    }
  }

  void failures(Map<String, LoadTally.Failures> failures) {
    out.println();
    if (failures.isEmpty()) {
      out.println("no errors");
    }
    failures.forEach(
        (state, failed) ->
            out.printf(
                Locale.ROOT,
                "FAILED: %s %d times; first %s%n",
                state,
                failed.count().get(),
                failed.firstMessage()));
    out.flush();
  }

  void remains(Map<String, Long> before, Map<String, Long> after) {
    after.forEach(
        (what, count) ->
            out.printf(
                Locale.ROOT,
                "%s: %d left, %d before%s%n",
                what,
                count,
                before.get(what),
                count > before.get(what) ? "  FAILED" : ""));
    out.flush();
  }

  /**
   * Compares the gateway's memory.
   *
   * @param judged whether there was enough time between the two to tell a leak
   * @return whether it did not grow, or is not judged
   */
  boolean memory(GatewayMemory early, GatewayMemory late, boolean judged) {
    boolean steady = !judged || late.isSteadySince(early);
    out.printf(
        Locale.ROOT,
        "memory of the gateway: %s at the end, %s early%s%n",
        late,
        early,
        steady ? "" : "  FAILED");
    out.flush();
    return steady;
  }
}
