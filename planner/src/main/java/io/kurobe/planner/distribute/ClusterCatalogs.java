package io.kurobe.planner.distribute;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a cluster says of the catalogs in which it shows sources, remembered for a time to live or
 * until the source itself was read again and is another. Threads share it.
 */
final class ClusterCatalogs {
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

  private final Catalog catalog;
  private final DistributedEngine engine;
  private final Cache<String, Reading> readings =
      Caffeine.newBuilder().expireAfterWrite(TIME_TO_LIVE).build();

  /** What the cluster shows of a source, and what the source said of itself then. */
  private record Reading(CatalogMetadata shown, CatalogMetadata own) {}

  /** A table as the cluster names it. */
  record Shown(String schema, TableMetadata table) {}

  ClusterCatalogs(Catalog catalog, DistributedEngine engine) {
    this.catalog = catalog;
    this.engine = engine;
  }

  /**
   * The cluster's table that shows a source's, names compared without regard to case, as the
   * cluster has none; empty if there is none or more than one.
   *
   * @throws KurobeException if the cluster does not answer
   */
  Optional<Shown> find(TableName name, String clusterCatalog) {
    CatalogMetadata own = catalog.known(name.source());
    Reading reading = readings.getIfPresent(clusterCatalog);
    if (reading == null || reading.own() != own) {
      reading = new Reading(read(clusterCatalog), own);
      readings.put(clusterCatalog, reading);
    }
    return only(reading.shown().schemas(), SchemaMetadata::name, name.schema())
        .flatMap(
            schema ->
                only(schema.tables(), TableMetadata::name, name.table())
                    .map(table -> new Shown(schema.name(), table)));
  }

  void forget() {
    readings.invalidateAll();
  }

  private CatalogMetadata read(String clusterCatalog) {
    Source cluster = catalog.source(engine.source());
    return cluster
        .readCatalog(clusterCatalog)
        .orElseThrow(
            () ->
                new KurobeException(
                    ErrorCode.CONFIGURATION,
                    "source " + engine.source() + " shows no other sources as its catalogs"));
  }

  static <T> Optional<T> only(List<T> all, Function<T, String> nameOf, String name) {
    List<T> matching =
        all.stream().filter(one -> nameOf.apply(one).equalsIgnoreCase(name)).toList();
    return matching.size() == 1 ? Optional.of(matching.get(0)) : Optional.empty();
  }
}
