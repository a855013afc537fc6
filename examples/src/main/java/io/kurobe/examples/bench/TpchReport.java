package io.kurobe.examples.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Prints results as they come, a line each, and their sums. */
final class TpchReport {
  private static final String LOCAL = "duckdb";

  private final List<String> peers;
  private final boolean explain;
  private final PrintWriter out;

  /**
   * A report.
   *
   * @param peers the names of those that are measured, Kurobe first
   * @param explain whether to print what Kurobe ran where
   */
  TpchReport(List<String> peers, boolean explain, PrintWriter out) {
    this.explain = explain;
    this.peers = List.copyOf(peers);
    this.out = out;
  }

  void head() {
    var line = new StringBuilder("query ");
    for (String peer : peers) {
      line.append(cell(peer + " ms", 14));
      if (!peer.equals(TpchRun.KUROBE)) {
        line.append(cell("×", 8));
      }
    }
    line.append(cell("floor ms", 11)).append(cell("×", 8)).append(cell("moved MB", 11));
    out.println(line.append("  rows"));
    out.flush();
  }

  void query(QueryResult result) {
    OptionalDouble kurobe = result.milliseconds(TpchRun.KUROBE);
    var line = new StringBuilder(cellLeft(result.query(), 6));
    for (String peer : peers) {
      OptionalDouble time = result.milliseconds(peer);
      line.append(cell(time.isPresent() ? number(time.getAsDouble()) : "failed", 14));
      if (!peer.equals(TpchRun.KUROBE)) {
        line.append(cell(ratio(kurobe, time), 8));
      }
    }
    line.append(cell(result.floor().isPresent() ? number(result.floor().getAsDouble()) : "", 11));
    line.append(cell(ratio(kurobe, result.floor()), 8));
    line.append(cell(number(result.movedBytes() / 1e6), 11));
    out.println(line.append("  ").append(equality(result)));
    result.failures().forEach((peer, reason) -> out.println("        " + peer + ": " + reason));
    if (explain) {
      result.fragments().forEach(this::fragment);
    }
    out.flush();
  }

  /** Of the columns fragment, runs_on, statement, rows, bytes, ms and not_pushed. */
  private void fragment(List<@Nullable Object> fragment) {
    double took = fragment.get(5) instanceof Number taken ? taken.doubleValue() : Double.NaN;
    out.printf(
        Locale.ROOT,
        "        %s on %s: %s rows, %s bytes, %.1f ms%n          %s%n",
        fragment.get(0),
        fragment.get(1),
        fragment.get(3),
        fragment.get(4),
        took,
        String.valueOf(fragment.get(2)).replaceAll("\\s+", " "));
  }

  private String equality(QueryResult result) {
    List<String> different = new ArrayList<>();
    for (String peer : peers) {
      if (!result.isEqual(peer) && !result.failures().containsKey(peer)) {
        different.add(peer);
      }
    }
    return different.isEmpty() ? "equal" : "DIFFERENT: " + String.join(", ", different);
  }

  void sums(List<QueryResult> results, OptionalLong peakResidentBytes) {
    out.println();
    double local = 0;
    for (String peer : peers) {
      double sum = sum(results, peer);
      local = peer.equals(LOCAL) ? sum : local;
      long answered = results.stream().filter(r -> r.milliseconds(peer).isPresent()).count();
      out.printf(Locale.ROOT, "%-10s %10.0f ms in %d of %d%n", peer, sum, answered, results.size());
    }
    for (String peer : peers) {
      if (!peer.equals(TpchRun.KUROBE)) {
        List<QueryResult> both =
            results.stream()
                .filter(r -> r.milliseconds(peer).isPresent())
                .filter(r -> r.milliseconds(TpchRun.KUROBE).isPresent())
                .toList();
        out.printf(
            Locale.ROOT,
            "kurobe takes %.2f times %s's time over the %d that both answer%n",
            sum(both, TpchRun.KUROBE) / sum(both, peer),
            peer,
            both.size());
      }
    }
    double floor = results.stream().mapToDouble(r -> r.floor().orElse(0)).sum();
    if (floor > 0) {
      out.printf(
          Locale.ROOT,
          "floor      %10.0f ms (what moved at COPY's rate, and duckdb's time); kurobe takes %.2f"
              + " times that%n",
          floor,
          sum(results, TpchRun.KUROBE) / floor);
    }
    if (peakResidentBytes.isPresent()) {
      out.printf(
          Locale.ROOT,
          "peak resident memory of the gateway's process: %.0f MB%n",
          peakResidentBytes.getAsLong() / 1e6);
    }
    out.flush();
  }

  static double sum(List<QueryResult> results, String peer) {
    return results.stream().mapToDouble(result -> result.milliseconds(peer).orElse(0)).sum();
  }

  private static String ratio(OptionalDouble kurobe, OptionalDouble other) {
    return kurobe.isPresent() && other.isPresent()
        ? String.format(Locale.ROOT, "%.2f", kurobe.getAsDouble() / other.getAsDouble())
        : "";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String cell(String text, int width) {
    return " ".repeat(Math.max(1, width - text.length())) + text;
  }

  private static String cellLeft(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
