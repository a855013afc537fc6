package io.kurobe.examples.bench;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * The memory that a gateway's process holds, in bytes. Its heap and the engine's buffers fill up to
 * limits that its operator set; whatever else there is has no limit of its own and must not grow.
 *
 * @param resident all of it; empty where the system does not tell
 * @param heap of Java, as large as it has become
 * @param engine what DuckDB says it holds
 */
record GatewayMemory(OptionalLong resident, long heap, long engine) {
  /** Beyond what it was; caches of threads and connections still fill. */
  private static final double GROWTH = 1.25;

  private static final long MEGABYTE = 1_000_000;

  static GatewayMemory of(ServerProcess gateway) throws IOException {
    GatewayMetrics metrics = GatewayMetrics.of(gateway);
    return new GatewayMemory(
        gateway.residentBytes(),
        metrics.gauge("jvm_memory_committed_bytes", "{area=\"heap\""),
        metrics.gauge("kurobe_engine_memory"));
  }

  /** What neither limit bounds. */
  OptionalLong rest() {
    return resident.isEmpty() ? resident : OptionalLong.of(resident.getAsLong() - heap - engine);
  }

  /** Whether what has no limit is about what it was, or nobody can tell. */
  boolean isSteadySince(GatewayMemory early) {
    return rest().isEmpty()
        || early.rest().isEmpty()
        || rest().getAsLong() <= early.rest().getAsLong() * GROWTH;
  }

  @Override
  public String toString() {
    return resident.isEmpty()
        ? "unknown here"
        : "%d MB (heap %d, engine %d, rest %d)"
            .formatted(
                resident.getAsLong() / MEGABYTE,
                heap / MEGABYTE,
                engine / MEGABYTE,
                rest().getAsLong() / MEGABYTE);
  }
}
