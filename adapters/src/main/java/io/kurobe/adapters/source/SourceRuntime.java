package io.kurobe.adapters.source;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.embedded.DuckDbInstance;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What the process lends to its sources. Neither is closed by them.
 *
 * @param allocator the parent of every allocator a stream makes
 * @param duckDb the one DuckDB instance of the process
 */
public record SourceRuntime(BufferAllocator allocator, DuckDbInstance duckDb) {
  public SourceRuntime {
    requireNonNull(allocator, "allocator is null");
    requireNonNull(duckDb, "duckDb is null");
  }
}
