package io.kurobe.planner.execute;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The fragments at work and the last that ended, with what they did. Threads share it. */
public final class FragmentLog {
  private static final int MOST_ENDED = 1_000;

  /** Of a statement's text, so that long ones cannot fill the memory. */
  private static final int MOST_TEXT = 10_000;

  private final Set<Recording> running = ConcurrentHashMap.newKeySet();
  private final Deque<Entry> ended = new ArrayDeque<>();

  /**
   * A fragment as it was when the log was read.
   *
   * @param statement what ran
   * @param shown the same as whoever asked for it may see it
   */
  public record Entry(
      String queryId,
      String principal,
      String state,
      String fragment,
      String runsOn,
      String statement,
      String shown,
      long rows,
      long bytes,
      double milliseconds) {}

  /** The fragments of one execution, shown as running until it is closed. */
  final class Recording implements AutoCloseable {
    private final String queryId;
    private final String principal;
    private final Supplier<List<FragmentMeter>> meters;

    private Recording(String queryId, String principal, Supplier<List<FragmentMeter>> meters) {
      this.queryId = requireNonNull(queryId, "queryId is null");
      this.principal = requireNonNull(principal, "principal is null");
      this.meters = requireNonNull(meters, "meters is null");
    }

    private List<Entry> entries(String state) {
      return meters.get().stream().map(meter -> entry(meter, state)).toList();
    }

    private Entry entry(FragmentMeter meter, String state) {
      return new Entry(
          queryId,
          principal,
          state,
          meter.name(),
          meter.runsOn(),
          cut(meter.statement()),
          cut(meter.shown()),
          meter.rows(),
          meter.bytes(),
          meter.milliseconds());
    }

    private static String cut(String sql) {
      return sql.length() > MOST_TEXT ? sql.substring(0, MOST_TEXT) : sql;
    }

    @Override
    public void close() {
      if (running.remove(this)) {
        keep(entries("ENDED"));
      }
    }
  }

  Recording open(String queryId, String principal, Supplier<List<FragmentMeter>> meters) {
    var recording = new Recording(queryId, principal, meters);
    running.add(recording);
    return recording;
  }

  private void keep(List<Entry> entries) {
    synchronized (ended) {
      ended.addAll(entries);
      while (ended.size() > MOST_ENDED) {
        ended.removeFirst();
      }
    }
  }

  /** Those at work, then the last that ended. */
  public List<Entry> entries() {
    List<Entry> all = new ArrayList<>();
    running.forEach(recording -> all.addAll(recording.entries("RUNNING")));
    synchronized (ended) {
      all.addAll(ended);
    }
    return all;
  }
}
