package io.kurobe.planner.system;

import static io.kurobe.planner.system.SystemTable.column;
import static io.kurobe.planner.system.SystemTable.row;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.Health;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.SourceCatalog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code system.runtime.sources}. Asks every source whether it answers, all at once. */
record SourcesTable(Catalog catalog, Clock clock) {
  static SystemTable of(Catalog catalog, Clock clock) {
    var sources = new SourcesTable(catalog, clock);
    return new SystemTable(
        "runtime",
        "sources",
        "the sources, whether they answer, and how old what is known of their tables is",
        List.of(
            column("name", SqlType.VARCHAR),
            column("type", SqlType.VARCHAR),
            column("status", SqlType.VARCHAR),
            column("detail", SqlType.VARCHAR),
            column("table_count", SqlType.BIGINT),
            column("catalog_read", SqlType.TIMESTAMP_TZ),
            column("catalog_age_ms", SqlType.BIGINT)),
        viewer ->
            catalog.snapshot(viewer.session()).sources().parallelStream()
                .map(sources::source)
                .toList());
  }

  private List<@Nullable Object> source(SourceCatalog source) {
    String name = source.name();
    // A source whose catalog could not be read a moment ago is not asked again.
    Health health =
        catalog
            .failure(name)
            .map(KurobeException::getMessage)
            .map(Health::down)
            .orElseGet(() -> catalog.source(name).health());
    long tables =
        source.metadata().schemas().stream().mapToLong(schema -> schema.tables().size()).sum();
    Optional<Instant> read = catalog.readAt(name);
    return row(
        name,
        source.config().type(),
        health.up() ? "up" : "down",
        health.detail(),
        tables,
        read.orElse(null),
        read.map(at -> Duration.between(at, clock.instant()).toMillis()).orElse(null));
  }
}
