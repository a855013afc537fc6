package io.kurobe.examples.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long many things took: counts in buckets, each at most a sixty-fourth wider than its least
 * time, so that hours of measuring take as little memory as seconds. Threads share it.
 */
final class Latencies {
  private static final int BITS = 6;
  private static final int EACH = 1 << BITS;

  /** The last one has what took longer than some twelve days. */
  private static final int BUCKETS = EACH * 36;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

  void record(long nanos) {
    counts.incrementAndGet(bucket(nanos / 1_000));
  }

  long count() {
    long sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
      sum += counts.get(i);
    }
    return sum;
  }

  /** The milliseconds that so many of a hundred stayed within; not a number if there is nothing. */
  double percentile(int percent) {
    long rank = Math.max(1, (count() * percent + 99) / 100);
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts.get(i);
      if (seen >= rank) {
        return least(i + 1) / 1e3;
      }
    }
    return Double.NaN;
  }

  /** Adds what another has. */
  void add(Latencies other) {
    for (int i = 0; i < BUCKETS; i++) {
      counts.addAndGet(i, other.counts.get(i));
    }
  }

  private static int bucket(long micros) {
    if (micros < EACH) {
      return (int) Math.max(0, micros);
    }
    int shift = Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(micros);
    return Math.min(BUCKETS - 1, (shift + 1) * EACH + (int) (micros >> shift) - EACH);
  }

  /** The least microseconds of a bucket. */
  private static long least(int bucket) {
    int shift = bucket / EACH - 1;
    return shift < 0 ? bucket : (long) (bucket % EACH + EACH) << shift;
  }
}
