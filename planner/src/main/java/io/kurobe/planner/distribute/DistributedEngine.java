package io.kurobe.planner.distribute;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A cluster that is a source and joins others, as it shows them as catalogs of its own.
 *
 * @param source the name of that source
 * @param catalogs the cluster's catalog for each source that it shows, by the source's name
 * @param whenUnseen what happens to a query over a table that the cluster does not show
 */
public record DistributedEngine(
    String source, Map<String, String> catalogs, WhenUnseen whenUnseen) {

  /** What happens to a query over a table that the cluster does not show. */
  public enum WhenUnseen {
    /** It is refused. */
    ERROR,
    /** The engine in the process joins that table with what the cluster gives. */
    STAGED
  }

  public DistributedEngine {
    requireNonNull(source, "source is null");
    catalogs = Map.copyOf(catalogs);
    requireNonNull(whenUnseen, "whenUnseen is null");
  }
}
