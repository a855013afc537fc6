package io.kurobe.examples.bench;

/**
 * How fast a driver read orders.
 *
 * @param equal whether every cell of each run was PostgreSQL's
 */
record OrdersResult(String name, long rows, double milliseconds, boolean equal) {
  double rowsPerSecond() {
    return rows * 1e3 / milliseconds;
  }
}
