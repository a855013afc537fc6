package io.kurobe.planner.execute;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.planner.PlannerListener;
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
 * @param listener hears what executions cost
 * @param fragments shows what executions run
 */
public record Engine(
    DuckDbInstance duckDb,
    BufferAllocator allocator,
    ExecutorService staging,
    Clock clock,
    int batchRows,
    PlannerListener listener,
    FragmentLog fragments) {
  /** The engine's name where a plan says who runs a fragment. */
  public static final String NAME = "duckdb engine";

  public Engine {
    requireNonNull(duckDb, "duckDb is null");
    requireNonNull(allocator, "allocator is null");
    requireNonNull(staging, "staging is null");
    requireNonNull(clock, "clock is null");
    requireNonNull(listener, "listener is null");
    requireNonNull(fragments, "fragments is null");
  }

  /** An engine to which nobody listens. */
  public Engine(
      DuckDbInstance duckDb,
      BufferAllocator allocator,
      ExecutorService staging,
      Clock clock,
      int batchRows) {
    this(duckDb, allocator, staging, clock, batchRows, PlannerListener.NONE, new FragmentLog());
  }
}
