package io.kurobe.examples.bench;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What clients of {@code load} saw. Times count between {@link #start} and {@link #stop}, failures
 * always. Threads share it.
 */
final class LoadTally {
  private final Map<LoadKind, Latencies> times = new EnumMap<>(LoadKind.class);
  private final Map<String, Failures> failures = new ConcurrentSkipListMap<>();
  private volatile boolean started;

  LoadTally() {
    for (LoadKind kind : LoadKind.values()) {
      times.put(kind, new Latencies());
    }
  }

  /** Failures of one SQLSTATE. */
  record Failures(AtomicLong count, String firstMessage) {}

  void start() {
    started = true;
  }

  void stop() {
    started = false;
  }

  void took(LoadKind kind, long nanos) {
    if (started) {
      times.get(kind).record(nanos);
    }
  }

  void failed(LoadKind kind, SQLException failure) {
    failed(
        String.valueOf(failure.getSQLState()),
        kind.label() + ": " + BenchException.firstLine(failure));
  }

  /** Something failed without an error of SQL. */
  void failed(String message) {
    failed("no answer", message);
  }

  private void failed(String sqlState, String message) {
    failures
        .computeIfAbsent(sqlState, state -> new Failures(new AtomicLong(), message))
        .count()
        .incrementAndGet();
  }

  Latencies times(LoadKind kind) {
    return times.get(kind);
  }

  /** By SQLSTATE. */
  Map<String, Failures> failures() {
    return failures;
  }
}
