package io.kurobe.planner.catalog;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.SourceConfig;

/**
 * One source in a {@link CatalogSnapshot}.
 *
 * @param config what the configuration said of it
 * @param defaultSchema what a two-part name means
 * @param metadata its schemas and tables; empty while the source cannot be read
 */
public record SourceCatalog(SourceConfig config, String defaultSchema, CatalogMetadata metadata) {
  /** The source of the gateway's own relations, a name that no configured source may have. */
  public static final String SYSTEM = "system";

  public SourceCatalog {
    requireNonNull(config, "config is null");
    requireNonNull(defaultSchema, "defaultSchema is null");
    requireNonNull(metadata, "metadata is null");
  }

  public String name() {
    return config.name();
  }
}
