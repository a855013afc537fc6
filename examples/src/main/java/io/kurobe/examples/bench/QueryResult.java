package io.kurobe.examples.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What one query showed: who took how long, who failed, and whose rows differed. */
final class QueryResult {
  private final String query;
  private final Map<String, Double> milliseconds = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();
  private final Map<String, Boolean> equal = new LinkedHashMap<>();
  private List<List<@Nullable Object>> fragments = List.of();
  private long movedBytes;
  private OptionalDouble floor = OptionalDouble.empty();

  QueryResult(String query) {
    this.query = query;
  }

  String query() {
    return query;
  }

  /** Takes the times of all runs of a peer; their median counts. */
  void took(String peer, List<Double> runs) {
    double[] sorted = runs.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    milliseconds.put(
        peer, sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }

  void failed(String peer, String reason) {
    failures.put(peer, reason);
  }

  void compared(String peer, boolean same) {
    equal.put(peer, same);
  }

  /** Takes the rows of EXPLAIN ANALYZE. */
  void explained(List<List<@Nullable Object>> rows) {
    fragments = rows;
  }

  /**
   * Says what had to be moved.
   *
   * @param milliseconds what moving it and computing the answer would take at least
   */
  void floor(long bytes, double milliseconds) {
    movedBytes = bytes;
    floor = OptionalDouble.of(milliseconds);
  }

  OptionalDouble milliseconds(String peer) {
    Double median = milliseconds.get(peer);
    return median == null ? OptionalDouble.empty() : OptionalDouble.of(median);
  }

  Map<String, String> failures() {
    return failures;
  }

  /** Whether a peer's rows are those that are right; false where it gave none. */
  boolean isEqual(String peer) {
    return equal.getOrDefault(peer, false);
  }

  /** The rows of EXPLAIN ANALYZE. */
  List<List<@Nullable Object>> fragments() {
    return fragments;
  }

  long movedBytes() {
    return movedBytes;
  }

  OptionalDouble floor() {
    return floor;
  }
}
