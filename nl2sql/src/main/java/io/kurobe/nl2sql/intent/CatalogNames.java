package io.kurobe.nl2sql.intent;

import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what a catalog has by what people call it. */
final class CatalogNames {
  private CatalogNames() {}

  /** The tables that words name, in the singular or the plural, or by the whole name. */
  static List<TableName> tables(CatalogSnapshot catalog, String words) {
    String wanted = stem(words);
    List<TableName> found = new ArrayList<>();
    for (SourceCatalog source : catalog.sources()) {
      for (SchemaMetadata schema : source.metadata().schemas()) {
        for (TableMetadata table : schema.tables()) {
          var name = new TableName(source.name(), schema.name(), table.name());
          if (stem(words(table.name())).equals(wanted)
              || name.toString().equalsIgnoreCase(words.strip())) {
            found.add(name);
          }
        }
      }
    }
    return found;
  }

  /** The source that words name. */
  static Optional<String> source(CatalogSnapshot catalog, String words) {
    return catalog.sources().stream()
        .map(SourceCatalog::name)
        .filter(name -> name.equalsIgnoreCase(words.strip()))
        .findFirst();
  }

  /** A name in words. */
  static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").replace('_', ' ');
  }

  private static String stem(String words) {
    String even = words.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    if (even.endsWith("ies")) {
      return even.substring(0, even.length() - 3) + "y";
    }
    return even.endsWith("s") && !even.endsWith("ss") ? even.substring(0, even.length() - 1) : even;
  }
}
