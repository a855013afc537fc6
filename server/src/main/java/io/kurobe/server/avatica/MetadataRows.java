package io.kurobe.server.avatica;

import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableMetadata.Column;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/**
 * The results of {@code DatabaseMetaData}, from a catalog that its principal may see: columns and
 * order as the JDBC specification has them. No source is asked.
 */
record MetadataRows(CatalogSnapshot catalog) {
  /** Columns and rows; a row is an {@code Object[]}. */
  record Result(List<ColumnMetaData> columns, List<Object> rows) {}

  private static final SqlType TEXT = SqlType.VARCHAR;
  private static final SqlType INT = SqlType.INTEGER;

  Result catalogs() {
    List<Object> rows =
        catalog.sources().stream().map(SourceCatalog::name).sorted().map(this::row).toList();
    return new Result(columns(List.of("TABLE_CAT"), TEXT), rows);
  }

  Result schemas(@Nullable String source, @Nullable String schemaPattern) {
    List<Object> rows =
        places(source, schemaPattern)
            .sorted(Comparator.comparing(Place::source).thenComparing(Place::schema))
            .map(place -> row(place.schema(), place.source()))
            .toList();
    return new Result(columns(List.of("TABLE_SCHEM", "TABLE_CATALOG"), TEXT), rows);
  }

  Result tables(
      @Nullable String source,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable List<String> types) {
    NamePattern names = NamePattern.like(tablePattern);
    List<Object> rows =
        places(source, schemaPattern)
            .flatMap(place -> place.tables(names))
            .filter(located -> types == null || types.contains(located.kind()))
            .sorted(
                Comparator.comparing(Located::kind)
                    .thenComparing(located -> located.place().source())
                    .thenComparing(located -> located.place().schema())
                    .thenComparing(located -> located.table().name()))
            .map(
                located ->
                    row(
                        located.place().source(),
                        located.place().schema(),
                        located.table().name(),
                        located.kind(),
                        located.table().comment().orElse(""),
                        null,
                        null,
                        null,
                        null,
                        null))
            .toList();
    return new Result(
        columns(
            List.of(
                "TABLE_CAT",
                "TABLE_SCHEM",
                "TABLE_NAME",
                "TABLE_TYPE",
                "REMARKS",
                "TYPE_CAT",
                "TYPE_SCHEM",
                "TYPE_NAME",
                "SELF_REFERENCING_COL_NAME",
                "REF_GENERATION"),
            TEXT),
        rows);
  }

  Result columns(
      @Nullable String source,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern) {
    NamePattern tables = NamePattern.like(tablePattern);
    NamePattern names = NamePattern.like(columnPattern);
    List<Object> rows = new ArrayList<>();
    places(source, schemaPattern)
        .flatMap(place -> place.tables(tables))
        .sorted(
            Comparator.comparing((Located located) -> located.place().source())
                .thenComparing(located -> located.place().schema())
                .thenComparing(located -> located.table().name()))
        .forEach(
            located -> {
              List<Column> all = located.table().columns();
              for (int i = 0; i < all.size(); i++) {
                if (names.matches(all.get(i).name())) {
                  rows.add(columnRow(located, all.get(i), i + 1));
                }
              }
            });
    return new Result(COLUMN_COLUMNS, rows);
  }

  private Object columnRow(Located located, Column column, int position) {
    SqlType type = column.type();
    boolean exact = ColumnTypes.isNumeric(type);
    return row(
        located.place().source(),
        located.place().schema(),
        located.table().name(),
        column.name(),
        ColumnTypes.jdbcType(type),
        ColumnTypes.name(type),
        ColumnTypes.size(type),
        null,
        digits(type),
        exact ? 10 : null,
        column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
        column.comment().orElse(""),
        column.defaultValue().orElse(null),
        null,
        null,
        type.isText() ? ColumnTypes.size(type) * 4 : null,
        position,
        column.nullable() ? "YES" : "NO",
        null,
        null,
        null,
        null,
        "NO",
        "NO");
  }

  private static @Nullable Integer digits(SqlType type) {
    return switch (type.kind()) {
      case DECIMAL -> type.scale();
      case TINYINT, SMALLINT, INTEGER, BIGINT -> 0;
      case TIME, TIMESTAMP, TIMESTAMP_TZ -> 6;
      default -> null;
    };
  }

  private static final List<ColumnMetaData> COLUMN_COLUMNS =
      ColumnTypes.columns(
          Stream.of(
                  text("TABLE_CAT"),
                  text("TABLE_SCHEM"),
                  text("TABLE_NAME"),
                  text("COLUMN_NAME"),
                  integer("DATA_TYPE"),
                  text("TYPE_NAME"),
                  integer("COLUMN_SIZE"),
                  integer("BUFFER_LENGTH"),
                  integer("DECIMAL_DIGITS"),
                  integer("NUM_PREC_RADIX"),
                  integer("NULLABLE"),
                  text("REMARKS"),
                  text("COLUMN_DEF"),
                  integer("SQL_DATA_TYPE"),
                  integer("SQL_DATETIME_SUB"),
                  integer("CHAR_OCTET_LENGTH"),
                  integer("ORDINAL_POSITION"),
                  text("IS_NULLABLE"),
                  text("SCOPE_CATALOG"),
                  text("SCOPE_SCHEMA"),
                  text("SCOPE_TABLE"),
                  integer("SOURCE_DATA_TYPE"),
                  text("IS_AUTOINCREMENT"),
                  text("IS_GENERATEDCOLUMN"))
              .toList(),
          List.of(),
          WireForm.STOCK);

  Result tableTypes() {
    List<Object> rows =
        Arrays.stream(TableMetadata.Kind.values())
            .map(MetadataRows::typeName)
            .sorted()
            .map(this::row)
            .toList();
    return new Result(columns(List.of("TABLE_TYPE"), TEXT), rows);
  }

  Result typeInfo() {
    List<SqlType> types =
        List.of(
            SqlType.BOOLEAN,
            SqlType.TINYINT,
            SqlType.SMALLINT,
            SqlType.INTEGER,
            SqlType.BIGINT,
            SqlType.REAL,
            SqlType.DOUBLE,
            SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, 0),
            SqlType.character(ColumnTypes.UNBOUNDED_LENGTH),
            SqlType.VARCHAR,
            SqlType.JSON,
            SqlType.UUID,
            SqlType.VARBINARY,
            SqlType.DATE,
            SqlType.TIME,
            SqlType.TIMESTAMP,
            SqlType.TIMESTAMP_TZ);
    List<Object> rows =
        types.stream()
            .sorted(Comparator.comparingInt(ColumnTypes::jdbcType))
            .map(this::typeRow)
            .toList();
    return new Result(TYPE_COLUMNS, rows);
  }

  private Object typeRow(SqlType type) {
    boolean decimal = type.kind() == SqlType.Kind.DECIMAL;
    String quote =
        switch (ColumnTypes.jdbcType(type)) {
          case Types.CHAR, Types.VARCHAR -> "'";
          default -> null;
        };
    return row(
        ColumnTypes.name(type),
        ColumnTypes.jdbcType(type),
        ColumnTypes.size(type),
        quote,
        quote,
        decimal ? "precision,scale" : type.kind() == SqlType.Kind.CHAR ? "length" : null,
        DatabaseMetaData.typeNullable,
        type.isText(),
        DatabaseMetaData.typeSearchable,
        false,
        false,
        false,
        null,
        0,
        decimal ? SqlType.MAX_DECIMAL_PRECISION : 0,
        null,
        null,
        ColumnTypes.isNumeric(type) ? 10 : null);
  }

  private static final List<ColumnMetaData> TYPE_COLUMNS =
      ColumnTypes.columns(
          Stream.of(
                  text("TYPE_NAME"),
                  integer("DATA_TYPE"),
                  integer("PRECISION"),
                  text("LITERAL_PREFIX"),
                  text("LITERAL_SUFFIX"),
                  text("CREATE_PARAMS"),
                  integer("NULLABLE"),
                  truth("CASE_SENSITIVE"),
                  integer("SEARCHABLE"),
                  truth("UNSIGNED_ATTRIBUTE"),
                  truth("FIXED_PREC_SCALE"),
                  truth("AUTO_INCREMENT"),
                  text("LOCAL_TYPE_NAME"),
                  integer("MINIMUM_SCALE"),
                  integer("MAXIMUM_SCALE"),
                  integer("SQL_DATA_TYPE"),
                  integer("SQL_DATETIME_SUB"),
                  integer("NUM_PREC_RADIX"))
              .toList(),
          List.of(),
          WireForm.STOCK);

  private record Place(String source, SchemaMetadata metadata) {
    String schema() {
      return metadata.name();
    }

    Stream<Located> tables(NamePattern names) {
      return metadata.tables().stream()
          .filter(table -> names.matches(table.name()))
          .map(table -> new Located(this, table));
    }
  }

  private record Located(Place place, TableMetadata table) {
    String kind() {
      return typeName(table.kind());
    }
  }

  private Stream<Place> places(@Nullable String source, @Nullable String schemaPattern) {
    NamePattern sources = NamePattern.exactly(source);
    NamePattern schemas = NamePattern.like(schemaPattern);
    return catalog.sources().stream()
        .filter(one -> sources.matches(one.name()))
        .flatMap(
            one ->
                one.metadata().schemas().stream()
                    .filter(schema -> schemas.matches(schema.name()))
                    .map(schema -> new Place(one.name(), schema)));
  }

  private static String typeName(TableMetadata.Kind kind) {
    return kind.name().replace('_', ' ');
  }

  private static SqlType.Field text(String name) {
    return new SqlType.Field(name, TEXT, true);
  }

  private static SqlType.Field integer(String name) {
    return new SqlType.Field(name, INT, true);
  }

  private static SqlType.Field truth(String name) {
    return new SqlType.Field(name, SqlType.BOOLEAN, true);
  }

  private static List<ColumnMetaData> columns(List<String> names, SqlType type) {
    List<SqlType.Field> fields =
        names.stream().map(name -> new SqlType.Field(name, type, true)).toList();
    return ColumnTypes.columns(fields, List.of(), WireForm.STOCK);
  }

  private Object row(@Nullable Object... values) {
    return values;
  }
}
