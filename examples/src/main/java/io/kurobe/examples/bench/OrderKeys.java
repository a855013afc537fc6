package io.kurobe.examples.bench;

/** The keys of TPC-H's orders: its generator gives eight of every 32 numbers. */
final class OrderKeys {
  private OrderKeys() {}

  /**
   * A key.
   *
   * @param number of the order, the first being 1
   */
  static long of(long number) {
    return (number >> 3 << 5) | (number & 7);
  }
}
