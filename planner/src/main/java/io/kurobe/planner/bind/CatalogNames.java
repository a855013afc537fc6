package io.kurobe.planner.bind;

import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The names of a snapshot's tables, put together when one of a schema is looked for and kept for
 * the statements after: of ten thousand tables a statement names a few. Threads share it.
 */
final class CatalogNames {
  private final CatalogSnapshot snapshot;
  private final Map<Place, NamedLookup<Described>> schemas = new ConcurrentHashMap<>();
  private volatile @Nullable NamedLookup<Described> bare;

  CatalogNames(CatalogSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  private record Place(String source, String schema) {}

  /** A table, where it is and what it is. */
  record Described(TableName name, TableMetadata metadata) {
    static Described of(SourceCatalog source, SchemaMetadata schema, TableMetadata table) {
      return new Described(new TableName(source.name(), schema.name(), table.name()), table);
    }
  }

  CatalogSnapshot snapshot() {
    return snapshot;
  }

  /** The tables of a schema. */
  NamedLookup<Described> tables(SourceCatalog source, SchemaMetadata schema) {
    return schemas.computeIfAbsent(
        new Place(source.name(), schema.name()),
        place -> {
          Map<String, Described> found = new LinkedHashMap<>();
          for (TableMetadata table : schema.tables()) {
            found.put(table.name(), Described.of(source, schema, table));
          }
          return new NamedLookup<>(found);
        });
  }

  /** The tables whose name one default schema alone has. */
  NamedLookup<Described> bare() {
    NamedLookup<Described> made = bare;
    if (made == null) {
      made = new NamedLookup<>(onlyOnes());
      bare = made;
    }
    return made;
  }

  private Map<String, Described> onlyOnes() {
    Map<String, Described> only = new LinkedHashMap<>();
    Set<String> several = new HashSet<>();
    Map<String, String> spelling = new HashMap<>();
    for (SourceCatalog source : snapshot.sources()) {
      for (SchemaMetadata schema : source.metadata().schemas()) {
        if (!schema.name().equals(source.defaultSchema())) {
          continue;
        }
        for (TableMetadata table : schema.tables()) {
          String folded = table.name().toLowerCase(Locale.ROOT);
          String earlier = spelling.putIfAbsent(folded, source.name());
          if (earlier != null && !earlier.equals(source.name())) {
            several.add(folded);
          }
          only.put(table.name(), Described.of(source, schema, table));
        }
      }
    }
    only.keySet().removeIf(name -> several.contains(name.toLowerCase(Locale.ROOT)));
    return only;
  }
}
