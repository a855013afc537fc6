package io.kurobe.server.avatica;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.system.JdbcRelation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/**
 * The results of {@code DatabaseMetaData} that Avatica has messages for, from a catalog that their
 * principal may see: the rows of {@code system.jdbc} as the requests want them. Our driver asks for
 * the same rows in SQL.
 */
record MetadataRows(CatalogSnapshot catalog) {
  /** Columns and rows; a row is an {@code Object[]}. */
  record Result(List<ColumnMetaData> columns, List<Object> rows) {}

  /** The last columns of relations that have one besides what JDBC names. */
  private static final Set<String> OURS = Set.of("native_type", "position");

  Result catalogs() {
    return result("catalogs", Map.of(), List.of("table_cat"));
  }

  Result schemas(@Nullable String source, @Nullable String schemaPattern) {
    return result(
        "schemas",
        Map.of(
            "table_catalog", NamePattern.exactly(source),
            "table_schem", NamePattern.like(schemaPattern)),
        List.of("table_catalog", "table_schem"));
  }

  Result tables(
      @Nullable String source,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable List<String> types) {
    return result(
        "tables",
        Map.of(
            "table_cat",
            NamePattern.exactly(source),
            "table_schem",
            NamePattern.like(schemaPattern),
            "table_name",
            NamePattern.like(tablePattern),
            "table_type",
            type -> types == null || types.contains(type)),
        List.of("table_type", "table_cat", "table_schem", "table_name"));
  }

  Result columns(
      @Nullable String source,
      @Nullable String schemaPattern,
      @Nullable String tablePattern,
      @Nullable String columnPattern) {
    return result(
        "columns",
        Map.of(
            "table_cat",
            NamePattern.exactly(source),
            "table_schem",
            NamePattern.like(schemaPattern),
            "table_name",
            NamePattern.like(tablePattern),
            "column_name",
            NamePattern.like(columnPattern)),
        List.of("table_cat", "table_schem", "table_name", "ordinal_position"));
  }

  Result tableTypes() {
    return result("table_types", Map.of(), List.of("table_type"));
  }

  Result typeInfo() {
    return result("type_info", Map.of(), List.of("data_type", "position"));
  }

  Result primaryKeys(@Nullable String source, @Nullable String schema, @Nullable String table) {
    return result("primary_keys", named("table", source, schema, table), List.of("column_name"));
  }

  /**
   * Foreign keys between tables, of which null names any.
   *
   * @param ordered the side that they are ordered by, {@code pk} or {@code fk}
   */
  Result foreignKeys(
      @Nullable String keySource,
      @Nullable String keySchema,
      @Nullable String keyTable,
      @Nullable String source,
      @Nullable String schema,
      @Nullable String table,
      String ordered) {
    Map<String, Predicate<String>> wanted = new HashMap<>();
    wanted.putAll(named("pktable", keySource, keySchema, keyTable));
    wanted.putAll(named("fktable", source, schema, table));
    String of = ordered + "table_";
    return result(
        "foreign_keys",
        wanted,
        List.of(of + "cat", of + "schem", of + "name", "key_seq", "fk_name"));
  }

  Result indexes(
      @Nullable String source, @Nullable String schema, @Nullable String table, boolean unique) {
    Map<String, Predicate<String>> wanted = new HashMap<>(named("table", source, schema, table));
    wanted.put("non_unique", value -> !unique || value.equals("false"));
    return result(
        "indexes", wanted, List.of("non_unique", "type", "index_name", "ordinal_position"));
  }

  private static Map<String, Predicate<String>> named(
      String columns, @Nullable String source, @Nullable String schema, @Nullable String table) {
    return Map.of(
        columns + "_cat", NamePattern.exactly(source),
        columns + "_schem", NamePattern.exactly(schema),
        columns + "_name", NamePattern.exactly(table));
  }

  /** The rows in which the columns are what is wanted of them, in an order of columns. */
  private Result result(String name, Map<String, Predicate<String>> wanted, List<String> order) {
    JdbcRelation relation = JdbcRelation.named(name);
    List<String> names = relation.columns().stream().map(SqlType.Field::name).toList();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    JdbcRelation.Wanted mayBe =
        (column, value) -> wanted.getOrDefault(column, any -> true).test(value);
    for (List<@Nullable Object> row : relation.rows(catalog, mayBe)) {
      if (wanted.entrySet().stream()
          .allMatch(
              one -> one.getValue().test(String.valueOf(row.get(names.indexOf(one.getKey())))))) {
        rows.add(row);
      }
    }
    rows.sort(inOrder(order.stream().map(names::indexOf).toList()));
    int given = names.size() - (OURS.contains(names.get(names.size() - 1)) ? 1 : 0);
    List<SqlType.Field> columns =
        relation.columns().subList(0, given).stream()
            .map(
                column ->
                    new SqlType.Field(
                        column.name().toUpperCase(Locale.ROOT), column.type(), column.nullable()))
            .toList();
    return new Result(
        ColumnTypes.columns(columns, List.of(), WireForm.STOCK),
        rows.stream().<Object>map(row -> row.subList(0, given).toArray()).toList());
  }

  private static Comparator<List<@Nullable Object>> inOrder(List<Integer> columns) {
    return (left, right) -> {
      int order = 0;
      for (int i = 0; order == 0 && i < columns.size(); i++) {
        order = compare(left.get(columns.get(i)), right.get(columns.get(i)));
      }
      return order;
    };
  }

  private static int compare(@Nullable Object left, @Nullable Object right) {
    return left instanceof Integer number && right instanceof Integer other
        ? Integer.compare(number, other)
        : String.valueOf(left).compareTo(String.valueOf(right));
  }
}
