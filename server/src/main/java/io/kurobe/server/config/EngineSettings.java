package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The section {@code engine:}: what joins across sources. */
public sealed interface EngineSettings {

  /**
   * DuckDB in the process.
   *
   * @param memory how much it may use before it spills; empty leaves DuckDB's default
   * @param threads worker threads; empty leaves one per core
   * @param spill where it spills; empty means below {@code server.data}
   * @param spillLimit how much it may hold there; empty is half of what is free at the start
   */
  record DuckDb(
      Optional<DataSize> memory,
      OptionalInt threads,
      Optional<Path> spill,
      Optional<DataSize> spillLimit)
      implements EngineSettings {
    public static final DuckDb DEFAULT =
        new DuckDb(Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());

    public DuckDb {
      requireNonNull(memory, "memory is null");
      requireNonNull(threads, "threads is null");
      requireNonNull(spill, "spill is null");
      requireNonNull(spillLimit, "spillLimit is null");
    }
  }

  /**
   * A Trino that is also a source.
   *
   * @param source the name of that source
   * @param catalogs source to the Trino catalog that shows it
   * @param whenUnseen what happens to a source that Trino cannot see
   */
  record Trino(String source, Map<String, String> catalogs, WhenUnseen whenUnseen)
      implements EngineSettings {
    public Trino {
      requireNonNull(source, "source is null");
      catalogs = Map.copyOf(catalogs);
      requireNonNull(whenUnseen, "whenUnseen is null");
    }
  }

  /** What happens to a source that Trino cannot see. */
  enum WhenUnseen {
    ERROR,
    DUCKDB
  }
}
