package io.kurobe.planner.catalog;

import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import java.util.List;
import java.util.Optional;

/**
 * The unified catalog as it was at one moment. Immutable; a statement is planned against one
 * snapshot from beginning to end.
 *
 * @param version grows with every change
 * @param sources in the configuration's order
 * @param relations foreign keys of the sources and the configuration's relations
 */
public record CatalogSnapshot(long version, List<SourceCatalog> sources, List<Relation> relations) {
  public CatalogSnapshot {
    sources = List.copyOf(sources);
    relations = List.copyOf(relations);
  }

  /** The source of that exact name. */
  public Optional<SourceCatalog> source(String name) {
    return sources.stream().filter(source -> source.name().equals(name)).findFirst();
  }

  /** The table of that exact name. */
  public Optional<TableMetadata> table(TableName name) {
    return source(name.source())
        .flatMap(
            source ->
                source.metadata().schemas().stream()
                    .filter(schema -> schema.name().equals(name.schema()))
                    .map(SchemaMetadata::tables)
                    .flatMap(List::stream)
                    .filter(table -> table.name().equals(name.table()))
                    .findFirst());
  }
}
