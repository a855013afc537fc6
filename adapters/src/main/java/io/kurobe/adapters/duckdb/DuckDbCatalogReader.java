package io.kurobe.adapters.duckdb;

import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TableIndex;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableMetadata.Column;
import io.kurobe.adapters.source.TableMetadata.ForeignKey;
import io.kurobe.adapters.source.TableMetadata.Generation;
import io.kurobe.adapters.source.TableMetadata.Kind;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.duckdb.DuckDBConnection;

/** Reads the catalog of an attached database in five queries, whatever its size. */
final class DuckDbCatalogReader {
  private final SourceConfig config;
  private final String database;
  private final DuckDBConnection connection;

  /** Tables under construction, by schema and name. */
  private final Map<List<String>, Draft> drafts = new LinkedHashMap<>();

  private static final class Draft {
    final Kind kind;
    final Optional<String> comment;
    final OptionalLong rowCount;
    final List<Column> columns = new ArrayList<>();
    List<String> primaryKey = List.of();
    Optional<String> primaryKeyName = Optional.empty();
    final List<List<String>> uniqueKeys = new ArrayList<>();
    final List<ForeignKey> foreignKeys = new ArrayList<>();
    final Map<String, TableIndex> indexes = new TreeMap<>();

    Draft(Kind kind, Optional<String> comment, OptionalLong rowCount) {
      this.kind = kind;
      this.comment = comment;
      this.rowCount = rowCount;
    }
  }

  private interface RowAction {
    void accept(ResultSet row) throws SQLException;
  }

  /**
   * Makes a reader.
   *
   * @param database the name under which the source is attached
   */
  DuckDbCatalogReader(SourceConfig config, String database, DuckDBConnection connection) {
    this.config = config;
    this.database = database;
    this.connection = connection;
  }

  CatalogMetadata read() throws SQLException {
    each(
        "SELECT schema_name, table_name, comment, estimated_size FROM duckdb_tables()"
            + " WHERE database_name = ? AND NOT internal ORDER BY schema_name, table_name",
        row -> add(row, new Draft(Kind.TABLE, text(row, 3), OptionalLong.of(row.getLong(4)))));
    each(
        "SELECT schema_name, view_name, comment FROM duckdb_views()"
            + " WHERE database_name = ? AND NOT internal ORDER BY schema_name, view_name",
        row -> add(row, new Draft(Kind.VIEW, text(row, 3), OptionalLong.empty())));
    each(
        "SELECT schema_name, table_name, column_name, data_type, is_nullable, comment,"
            + " column_default FROM duckdb_columns() WHERE database_name = ? AND NOT internal"
            + " ORDER BY schema_name, table_name, column_index",
        this::addColumn);
    each(
        "SELECT schema_name, table_name, constraint_type, constraint_column_names,"
            + " referenced_table, referenced_column_names, constraint_name"
            + " FROM duckdb_constraints() WHERE database_name = ? AND constraint_type IN"
            + " ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY') ORDER BY constraint_index",
        this::addConstraint);
    each(
        "SELECT schema_name, table_name, index_name, is_unique, expressions::VARCHAR[]"
            + " FROM duckdb_indexes() WHERE database_name = ?",
        this::addIndex);
    return catalog();
  }

  private void each(String sql, RowAction action) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, database);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          action.accept(rows);
        }
      }
    }
  }

  private void add(ResultSet row, Draft draft) throws SQLException {
    String schema = row.getString(1);
    if (config.schemas().isEmpty() || config.schemas().contains(schema)) {
      drafts.put(List.of(schema, row.getString(2)), draft);
    }
  }

  private void addColumn(ResultSet row) throws SQLException {
    Draft draft = drafts.get(List.of(row.getString(1), row.getString(2)));
    if (draft == null) {
      return;
    }
    String nativeType = row.getString(4);
    Optional<String> defaultValue = text(row, 7);
    draft.columns.add(
        new Column(
            row.getString(3),
            DuckDbTypeNames.parse(nativeType),
            row.getBoolean(5),
            nativeType,
            text(row, 6),
            defaultValue,
            defaultValue.map(DuckDbCatalogReader::generation).orElse(Generation.NONE)));
  }

  /** What a column is computed from looks as its default does. */
  private static Generation generation(String defaultValue) {
    return defaultValue.startsWith("nextval(") ? Generation.SEQUENCE : Generation.UNKNOWN;
  }

  private void addConstraint(ResultSet row) throws SQLException {
    String schema = row.getString(1);
    Draft draft = drafts.get(List.of(schema, row.getString(2)));
    if (draft == null) {
      return;
    }
    List<String> columns = texts(row.getArray(4));
    String name = row.getString(7);
    switch (row.getString(3)) {
      case "PRIMARY KEY" -> {
        draft.primaryKey = columns;
        draft.primaryKeyName = Optional.of(name);
        draft.indexes.put(name, DuckDbIndexes.ofKey(name, columns));
      }
      case "UNIQUE" -> {
        draft.uniqueKeys.add(columns);
        draft.indexes.put(name, DuckDbIndexes.ofKey(name, columns));
      }
      default ->
          // DuckDB's foreign keys stay within their schema.
          draft.foreignKeys.add(
              new ForeignKey(name, columns, schema, row.getString(5), texts(row.getArray(6))));
    }
  }

  private void addIndex(ResultSet row) throws SQLException {
    Draft draft = drafts.get(List.of(row.getString(1), row.getString(2)));
    if (draft != null) {
      String name = row.getString(3);
      List<String> columns = draft.columns.stream().map(Column::name).toList();
      draft.indexes.put(
          name, DuckDbIndexes.of(name, row.getBoolean(4), texts(row.getArray(5)), columns));
    }
  }

  private CatalogMetadata catalog() {
    var schemas = new TreeMap<String, List<TableMetadata>>();
    String defaultSchema = config.defaultSchema().orElse("main");
    schemas.put(defaultSchema, new ArrayList<>());
    drafts.forEach(
        (name, draft) ->
            schemas
                .computeIfAbsent(name.get(0), schema -> new ArrayList<>())
                .add(
                    new TableMetadata(
                        name.get(1),
                        draft.kind,
                        draft.comment,
                        draft.columns,
                        draft.primaryKey,
                        draft.uniqueKeys,
                        draft.foreignKeys,
                        draft.rowCount,
                        draft.primaryKeyName,
                        List.copyOf(draft.indexes.values()))));
    return new CatalogMetadata(
        schemas.entrySet().stream()
            .map(schema -> new SchemaMetadata(schema.getKey(), schema.getValue()))
            .toList());
  }

  private static Optional<String> text(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).filter(text -> !text.isEmpty());
  }

  private static List<String> texts(Array array) throws SQLException {
    return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
  }
}
