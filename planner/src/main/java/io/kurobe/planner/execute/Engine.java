package io.kurobe.planner.execute;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.embedded.DuckDbInstance;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What executions work with; none of it is closed by them.
 *
 * @param duckDb the engine
 * @param allocator the parent of what an execution allocates
 * @param staging runs the reads that stage; bounded
 * @param clock tells the statement's time
 * @param batchRows rows a batch holds at most
 */
public record Engine(
    DuckDbInstance duckDb,
    BufferAllocator allocator,
    ExecutorService staging,
    Clock clock,
    int batchRows) {
  /** The engine's name where a plan says who runs a fragment. */
  public static final String NAME = "duckdb engine";

  public Engine {
    requireNonNull(duckDb, "duckDb is null");
    requireNonNull(allocator, "allocator is null");
    requireNonNull(staging, "staging is null");
    requireNonNull(clock, "clock is null");
  }
}
