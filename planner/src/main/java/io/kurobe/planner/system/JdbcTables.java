package io.kurobe.planner.system;

import static io.kurobe.planner.system.JdbcRelation.orNull;
import static io.kurobe.planner.system.SystemTable.column;
import static io.kurobe.planner.system.SystemTable.row;

import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableMetadata.Generation;
import io.kurobe.adapters.type.JdbcTypes;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.system.JdbcRelation.Wanted;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code system.jdbc}: sources, schemas, tables and columns. */
final class JdbcTables {
  private static final int BYTES_OF_A_CHARACTER = 4;

  private JdbcTables() {}

  static List<JdbcRelation> all() {
    return List.of(
        new JdbcRelation(
            "catalogs",
            "the sources",
            List.of(column("table_cat", SqlType.VARCHAR)),
            (catalog, wanted) ->
                catalog.sources().stream().map(source -> row(source.name())).toList()),
        new JdbcRelation(
            "schemas",
            "the sources' schemas",
            List.of(
                column("table_schem", SqlType.VARCHAR), column("table_catalog", SqlType.VARCHAR)),
            JdbcTables::schemas),
        new JdbcRelation(
            "table_types",
            "the kinds of tables there are",
            List.of(column("table_type", SqlType.VARCHAR)),
            (catalog, wanted) ->
                Arrays.stream(TableMetadata.Kind.values()).map(kind -> row(name(kind))).toList()),
        new JdbcRelation(
            "tables", "the sources' tables and views", TABLE_COLUMNS, JdbcTables::tables),
        new JdbcRelation(
            "columns",
            "the columns of the sources' tables and views",
            COLUMN_COLUMNS,
            JdbcTables::columns));
  }

  private static final List<SqlType.Field> TABLE_COLUMNS =
      List.of(
          column("table_cat", SqlType.VARCHAR),
          column("table_schem", SqlType.VARCHAR),
          column("table_name", SqlType.VARCHAR),
          column("table_type", SqlType.VARCHAR),
          column("remarks", SqlType.VARCHAR),
          column("type_cat", SqlType.VARCHAR),
          column("type_schem", SqlType.VARCHAR),
          column("type_name", SqlType.VARCHAR),
          column("self_referencing_col_name", SqlType.VARCHAR),
          column("ref_generation", SqlType.VARCHAR));

  private static final List<SqlType.Field> COLUMN_COLUMNS =
      List.of(
          column("table_cat", SqlType.VARCHAR),
          column("table_schem", SqlType.VARCHAR),
          column("table_name", SqlType.VARCHAR),
          column("column_name", SqlType.VARCHAR),
          column("data_type", SqlType.INTEGER),
          column("type_name", SqlType.VARCHAR),
          column("column_size", SqlType.INTEGER),
          column("buffer_length", SqlType.INTEGER),
          column("decimal_digits", SqlType.INTEGER),
          column("num_prec_radix", SqlType.INTEGER),
          column("nullable", SqlType.INTEGER),
          column("remarks", SqlType.VARCHAR),
          column("column_def", SqlType.VARCHAR),
          column("sql_data_type", SqlType.INTEGER),
          column("sql_datetime_sub", SqlType.INTEGER),
          column("char_octet_length", SqlType.INTEGER),
          column("ordinal_position", SqlType.INTEGER),
          column("is_nullable", SqlType.VARCHAR),
          column("scope_catalog", SqlType.VARCHAR),
          column("scope_schema", SqlType.VARCHAR),
          column("scope_table", SqlType.VARCHAR),
          column("source_data_type", SqlType.SMALLINT),
          column("is_autoincrement", SqlType.VARCHAR),
          column("is_generatedcolumn", SqlType.VARCHAR),
          column("native_type", SqlType.VARCHAR));

  private static List<List<@Nullable Object>> schemas(CatalogSnapshot catalog, Wanted wanted) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (SourceCatalog source : catalog.sources()) {
      for (SchemaMetadata schema : source.metadata().schemas()) {
        rows.add(row(schema.name(), source.name()));
      }
    }
    return rows;
  }

  private static List<List<@Nullable Object>> tables(CatalogSnapshot catalog, Wanted wanted) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    each(
        catalog,
        wanted,
        (source, schema, table) ->
            rows.add(
                row(
                    source,
                    schema,
                    table.name(),
                    name(table.kind()),
                    orNull(table.comment()),
                    null,
                    null,
                    null,
                    null,
                    null)));
    return rows;
  }

  private static String name(TableMetadata.Kind kind) {
    return kind.name().replace('_', ' ');
  }

  private static List<List<@Nullable Object>> columns(CatalogSnapshot catalog, Wanted wanted) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    each(
        catalog,
        wanted,
        (source, schema, table) -> {
          int position = 0;
          for (TableMetadata.Column column : table.columns()) {
            rows.add(described(source, schema, table.name(), column, ++position));
          }
        });
    return rows;
  }

  private static List<@Nullable Object> described(
      String source, String schema, String table, TableMetadata.Column column, int position) {
    SqlType type = column.type();
    return row(
        source,
        schema,
        table,
        column.name(),
        JdbcTypes.code(type),
        JdbcTypes.name(type),
        JdbcTypes.size(type),
        null,
        digits(type),
        JdbcTypes.isNumeric(type) ? 10 : null,
        column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
        orNull(column.comment()),
        orNull(column.defaultValue()),
        null,
        null,
        type.isText() ? JdbcTypes.size(type) * BYTES_OF_A_CHARACTER : null,
        position,
        column.nullable() ? "YES" : "NO",
        null,
        null,
        null,
        null,
        column.generation() == Generation.SEQUENCE ? "YES" : "NO",
        switch (column.generation()) {
          case NONE, SEQUENCE -> "NO";
          case COMPUTED -> "YES";
          case UNKNOWN -> "";
        },
        column.nativeType());
  }

  private static @Nullable Integer digits(SqlType type) {
    return switch (type.kind()) {
      case DECIMAL -> type.scale();
      case TINYINT, SMALLINT, INTEGER, BIGINT -> 0;
      case TIME, TIMESTAMP, TIMESTAMP_TZ -> type.precision();
      default -> null;
    };
  }

  /** Receives tables with where they are. */
  interface TableRows {
    void of(String source, String schema, TableMetadata table);
  }

  /** The tables that may be wanted, by columns named as those of {@code tables}. */
  static void each(CatalogSnapshot catalog, Wanted wanted, TableRows rows) {
    for (SourceCatalog source : catalog.sources()) {
      if (!wanted.mayBe("table_cat", source.name())) {
        continue;
      }
      for (SchemaMetadata schema : source.metadata().schemas()) {
        if (wanted.mayBe("table_schem", schema.name())) {
          for (TableMetadata table : schema.tables()) {
            if (wanted.mayBe("table_name", table.name())) {
              rows.of(source.name(), schema.name(), table);
            }
          }
        }
      }
    }
  }
}
