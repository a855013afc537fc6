package io.kurobe.planner.execute;

import io.kurobe.planner.PlannerListener;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one fragment did: rows and bytes that left it, and how long it took. One thread writes, any
 * may read.
 */
public final class FragmentMeter {
  private final String name;
  private final String runsOn;
  private final String statement;
  private final String shown;
  private final PlannerListener listener;
  private volatile String note = "";
  private volatile boolean ended;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong nanos = new AtomicLong();

  FragmentMeter(
      String name, String runsOn, String statement, String shown, PlannerListener listener) {
    this.shown = shown;
    this.listener = listener;
    this.name = name;
    this.runsOn = runsOn;
    this.statement = statement;
  }

  void passed(long moreRows, long moreBytes) {
    rows.addAndGet(moreRows);
    bytes.addAndGet(moreBytes);
    listener.moved(runsOn, moreRows, moreBytes);
  }

  void took(long duration) {
    nanos.addAndGet(duration);
  }

  /** It gives no more rows, or failed. */
  void ended() {
    ended = true;
  }

  boolean isAtWork() {
    return !ended;
  }

  /** The staged relation's name, or {@code result}. */
  public String name() {
    return name;
  }

  /** The source's name, or the engine's. */
  public String runsOn() {
    return runsOn;
  }

  /** Says more of how the statement ran. */
  void note(String text) {
    note = " -- " + text;
  }

  /** The SQL that ran, without the keys of a dynamic filter, of which a note tells. */
  public String statement() {
    return statement + note;
  }

  /** The same as whoever asked for it may see it. */
  public String shown() {
    return shown + note;
  }

  public long rows() {
    return rows.get();
  }

  /** Bytes of the batches in memory. */
  public long bytes() {
    return bytes.get();
  }

  public double milliseconds() {
    return nanos.get() / 1e6;
  }
}
