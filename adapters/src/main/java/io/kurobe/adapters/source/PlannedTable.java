package io.kurobe.adapters.source;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.TableMetadata.Column;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table that a query reads, as it was when the query was planned.
 *
 * @param catalog the catalog of the cluster that it is in, if that is not the source's own
 * @param schema the table's schema
 * @param table what the catalog said of it
 */
public record PlannedTable(Optional<String> catalog, String schema, TableMetadata table) {
  public PlannedTable {
    requireNonNull(catalog, "catalog is null");
    requireNonNull(schema, "schema is null");
    requireNonNull(table, "table is null");
  }

  /** A table of the source's own catalog. */
  public PlannedTable(String schema, TableMetadata table) {
    this(Optional.empty(), schema, table);
  }

  /**
   * The error to raise if a column is gone, or has another type than it had. Columns that were
   * added are of no interest to a plan that does not know them.
   *
   * @param source the name of the source
   * @param types the source's names of the types that columns have now
   */
  public Optional<KurobeException> altered(String source, Map<String, String> types) {
    return table.columns().stream()
        .filter(column -> !column.nativeType().equals(types.get(column.name())))
        .findFirst()
        .map(column -> altered(source, column, types.get(column.name())));
  }

  private KurobeException altered(String source, Column column, @Nullable String type) {
    return new KurobeException(
            ErrorCode.TABLE_ALTERED,
            "source "
                + source
                + ": table "
                + schema
                + "."
                + table.name()
                + " was altered after the statement was planned: column \""
                + column.name()
                + "\" "
                + (type == null ? "is gone" : "is " + type + " now and was " + column.nativeType()))
        .withHint("Prepare or ask the statement again.");
  }
}
