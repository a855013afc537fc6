package io.kurobe.planner.command;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.List;

/** The table that a command names, with what is known of it. */
record NamedTable(TableName name, TableMetadata metadata) {
  /**
   * Finds it: a bare name in any source's default schema, of two parts in a schema or in a source's
   * default schema.
   *
   * @throws KurobeException if there is none, or several
   */
  static NamedTable of(CatalogSnapshot seen, List<String> parts) {
    List<NamedTable> found = new ArrayList<>();
    for (SourceCatalog source : seen.sources()) {
      for (SchemaMetadata schema : source.metadata().schemas()) {
        boolean wanted =
            switch (parts.size()) {
              case 1 -> schema.name().equals(source.defaultSchema());
              case 2 ->
                  parts.get(0).equalsIgnoreCase(schema.name())
                      || (parts.get(0).equalsIgnoreCase(source.name())
                          && schema.name().equals(source.defaultSchema()));
              default ->
                  parts.get(0).equalsIgnoreCase(source.name())
                      && parts.get(1).equalsIgnoreCase(schema.name());
            };
        String name = parts.get(parts.size() - 1);
        schema.tables().stream()
            .filter(table -> wanted && table.name().equalsIgnoreCase(name))
            .map(
                table ->
                    new NamedTable(
                        new TableName(source.name(), schema.name(), table.name()), table))
            .forEach(found::add);
      }
    }
    if (found.size() != 1) {
      throw new KurobeException(
              found.isEmpty() ? ErrorCode.UNKNOWN_TABLE : ErrorCode.AMBIGUOUS_TABLE,
              "table "
                  + String.join(".", parts)
                  + (found.isEmpty() ? " does not exist" : " is ambiguous"))
          .withHint("SHOW TABLES lists the full names");
    }
    return found.get(0);
  }
}
