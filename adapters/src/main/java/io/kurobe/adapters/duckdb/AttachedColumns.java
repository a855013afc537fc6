package io.kurobe.adapters.duckdb;

import static io.kurobe.adapters.embedded.DuckDbInstance.literal;

import io.kurobe.adapters.embedded.DuckDbErrors;
import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.PlannedTable;
import io.kurobe.adapters.source.TableMetadata;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The types that columns of an attached database have, compared with those that plans were made
 * over. A file's tables never change while it is attached, so that they are remembered from when
 * its catalog was read. A view is bound anew by each statement and has the types of what it reads
 * then, which may be files that were replaced; DuckDB keeps those of the last time. Threads share
 * it.
 */
final class AttachedColumns {
  private final String source;
  private final DuckDbInstance duckDb;
  private volatile Remembered remembered = new Remembered("", Map.of());

  /** Types by the names of schema and table, then of the column. */
  private record Remembered(String database, Map<List<String>, Map<String, String>> tables) {}

  AttachedColumns(String source, DuckDbInstance duckDb) {
    this.source = source;
    this.duckDb = duckDb;
  }

  /** Remembers the tables of a database whose catalog was read. */
  void remember(String database, CatalogMetadata catalog) {
    Map<List<String>, Map<String, String>> tables = new HashMap<>();
    for (CatalogMetadata.SchemaMetadata schema : catalog.schemas()) {
      for (TableMetadata table : schema.tables()) {
        if (table.kind() == TableMetadata.Kind.TABLE) {
          tables.put(List.of(schema.name(), table.name()), types(table));
        }
      }
    }
    remembered = new Remembered(database, tables);
  }

  private static Map<String, String> types(TableMetadata table) {
    return table.columns().stream()
        .collect(Collectors.toMap(TableMetadata.Column::name, TableMetadata.Column::nativeType));
  }

  /**
   * Compares tables with those of a database, of which a statement that reads them was just bound.
   *
   * @throws KurobeException with TABLE_ALTERED if one is not what it was
   */
  void compare(String database, List<PlannedTable> tables) {
    Remembered known = remembered;
    Map<List<String>, Map<String, String>> now = new HashMap<>();
    if (known.database().equals(database)) {
      now.putAll(known.tables());
    }
    List<PlannedTable> unknown =
        tables.stream().filter(table -> !now.containsKey(name(table))).toList();
    if (!unknown.isEmpty()) {
      now.putAll(ask(database, unknown));
    }
    for (PlannedTable table : tables) {
      Optional<KurobeException> altered =
          table.altered(source, now.getOrDefault(name(table), Map.of()));
      if (altered.isPresent()) {
        throw altered.get();
      }
    }
  }

  private Map<List<String>, Map<String, String>> ask(String database, List<PlannedTable> tables) {
    String names =
        tables.stream()
            .map(table -> literal(table.table().name()))
            .distinct()
            .collect(Collectors.joining(", "));
    Map<List<String>, Map<String, String>> now = new HashMap<>();
    try (var connection = duckDb.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns()"
                    + " WHERE database_name = "
                    + literal(database)
                    + " AND table_name IN ("
                    + names
                    + ")")) {
      while (rows.next()) {
        now.computeIfAbsent(List.of(rows.getString(1), rows.getString(2)), table -> new HashMap<>())
            .put(rows.getString(3), rows.getString(4));
      }
    } catch (SQLException e) {
      throw DuckDbErrors.ofSource(source, e);
    }
    return now;
  }

  private static List<String> name(PlannedTable table) {
    return List.of(table.schema(), table.table().name());
  }
}
