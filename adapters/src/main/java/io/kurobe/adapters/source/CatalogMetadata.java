package io.kurobe.adapters.source;

import java.util.List;

/** The catalog of one source as it was read: its schemas, in the source's order of names. */
public record CatalogMetadata(List<SchemaMetadata> schemas) {
  public CatalogMetadata {
    schemas = List.copyOf(schemas);
  }

  /** A schema and its tables. */
  public record SchemaMetadata(String name, List<TableMetadata> tables) {
    public SchemaMetadata {
      tables = List.copyOf(tables);
    }
  }
}
