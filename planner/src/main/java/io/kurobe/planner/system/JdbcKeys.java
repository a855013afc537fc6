package io.kurobe.planner.system;

import static io.kurobe.planner.system.JdbcRelation.orNull;
import static io.kurobe.planner.system.SystemTable.column;
import static io.kurobe.planner.system.SystemTable.row;

import io.kurobe.adapters.source.TableIndex;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableMetadata.Deferral;
import io.kurobe.adapters.source.TableMetadata.ForeignKey;
import io.kurobe.adapters.source.TableMetadata.KeyRule;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.system.JdbcRelation.Wanted;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.jdbc}: keys and indexes as the sources declare them. Relations of the configuration
 * are no keys: nothing holds their rows to them.
 */
final class JdbcKeys {
  private JdbcKeys() {}

  static List<JdbcRelation> all() {
    return List.of(
        new JdbcRelation(
            "primary_keys",
            "the columns of the primary keys",
            List.of(
                column("table_cat", SqlType.VARCHAR),
                column("table_schem", SqlType.VARCHAR),
                column("table_name", SqlType.VARCHAR),
                column("column_name", SqlType.VARCHAR),
                column("key_seq", SqlType.SMALLINT),
                column("pk_name", SqlType.VARCHAR)),
            JdbcKeys::primaryKeys),
        new JdbcRelation(
            "foreign_keys",
            "the columns of the foreign keys beside those that they refer to",
            FOREIGN_KEY_COLUMNS,
            JdbcKeys::foreignKeys),
        new JdbcRelation(
            "indexes",
            "the parts of the indexes, those behind keys included",
            INDEX_COLUMNS,
            JdbcKeys::indexes));
  }

  private static final List<SqlType.Field> FOREIGN_KEY_COLUMNS =
      List.of(
          column("pktable_cat", SqlType.VARCHAR),
          column("pktable_schem", SqlType.VARCHAR),
          column("pktable_name", SqlType.VARCHAR),
          column("pkcolumn_name", SqlType.VARCHAR),
          column("fktable_cat", SqlType.VARCHAR),
          column("fktable_schem", SqlType.VARCHAR),
          column("fktable_name", SqlType.VARCHAR),
          column("fkcolumn_name", SqlType.VARCHAR),
          column("key_seq", SqlType.SMALLINT),
          column("update_rule", SqlType.SMALLINT),
          column("delete_rule", SqlType.SMALLINT),
          column("fk_name", SqlType.VARCHAR),
          column("pk_name", SqlType.VARCHAR),
          column("deferrability", SqlType.SMALLINT));

  private static final List<SqlType.Field> INDEX_COLUMNS =
      List.of(
          column("table_cat", SqlType.VARCHAR),
          column("table_schem", SqlType.VARCHAR),
          column("table_name", SqlType.VARCHAR),
          column("non_unique", SqlType.BOOLEAN),
          column("index_qualifier", SqlType.VARCHAR),
          column("index_name", SqlType.VARCHAR),
          column("type", SqlType.SMALLINT),
          column("ordinal_position", SqlType.SMALLINT),
          column("column_name", SqlType.VARCHAR),
          column("asc_or_desc", SqlType.VARCHAR),
          column("cardinality", SqlType.BIGINT),
          column("pages", SqlType.BIGINT),
          column("filter_condition", SqlType.VARCHAR));

  private static List<List<@Nullable Object>> primaryKeys(CatalogSnapshot catalog, Wanted wanted) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    JdbcTables.each(
        catalog,
        wanted,
        (source, schema, table) -> {
          int position = 0;
          for (String column : table.primaryKey()) {
            rows.add(
                row(
                    source,
                    schema,
                    table.name(),
                    column,
                    ++position,
                    orNull(table.primaryKeyName())));
          }
        });
    return rows;
  }

  private static List<List<@Nullable Object>> foreignKeys(CatalogSnapshot catalog, Wanted wanted) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    Targets targets = new Targets(catalog, new HashMap<>());
    JdbcTables.each(
        catalog,
        (column, value) -> wanted.mayBe("fk" + column, value),
        (source, schema, table) -> {
          for (ForeignKey key : table.foreignKeys()) {
            TableName to = new TableName(source, key.targetSchema(), key.targetTable());
            if (wanted.mayBe("pktable_name", to.table()) && targets.isSeen(to, key)) {
              foreignKey(new TableName(source, schema, table.name()), to, key, rows);
            }
          }
        });
    return rows;
  }

  /** The tables that keys refer to: all of a schema by name, once one of them is. */
  private record Targets(CatalogSnapshot catalog, Map<Schema, Map<String, TableMetadata>> known) {
    private record Schema(String source, String name) {}

    /** Whether a target is there, with all columns of the key, for the one who looks. */
    boolean isSeen(TableName name, ForeignKey key) {
      TableMetadata target =
          known
              .computeIfAbsent(new Schema(name.source(), name.schema()), this::tables)
              .get(name.table());
      return target != null
          && target.columns().stream()
              .map(TableMetadata.Column::name)
              .toList()
              .containsAll(key.targetColumns());
    }

    private Map<String, TableMetadata> tables(Schema schema) {
      Map<String, TableMetadata> tables = new HashMap<>();
      JdbcTables.each(
          catalog,
          (column, value) ->
              switch (column) {
                case "table_cat" -> value.equals(schema.source());
                case "table_schem" -> value.equals(schema.name());
                default -> true;
              },
          (source, in, table) -> tables.put(table.name(), table));
      return tables;
    }
  }

  private static void foreignKey(
      TableName from, TableName to, ForeignKey key, List<List<@Nullable Object>> rows) {
    for (int i = 0; i < key.columns().size(); i++) {
      rows.add(
          row(
              to.source(),
              to.schema(),
              to.table(),
              key.targetColumns().get(i),
              from.source(),
              from.schema(),
              from.table(),
              key.columns().get(i),
              i + 1,
              rule(key.onUpdate()),
              rule(key.onDelete()),
              key.name(),
              orNull(key.targetKey()),
              deferrability(key.deferral())));
    }
  }

  private static int rule(KeyRule rule) {
    return switch (rule) {
      case NO_ACTION -> DatabaseMetaData.importedKeyNoAction;
      case RESTRICT -> DatabaseMetaData.importedKeyRestrict;
      case CASCADE -> DatabaseMetaData.importedKeyCascade;
      case SET_NULL -> DatabaseMetaData.importedKeySetNull;
      case SET_DEFAULT -> DatabaseMetaData.importedKeySetDefault;
    };
  }

  private static int deferrability(Deferral deferral) {
    return switch (deferral) {
      case NOT_DEFERRABLE -> DatabaseMetaData.importedKeyNotDeferrable;
      case INITIALLY_IMMEDIATE -> DatabaseMetaData.importedKeyInitiallyImmediate;
      case INITIALLY_DEFERRED -> DatabaseMetaData.importedKeyInitiallyDeferred;
    };
  }

  private static List<List<@Nullable Object>> indexes(CatalogSnapshot catalog, Wanted wanted) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    JdbcTables.each(
        catalog,
        wanted,
        (source, schema, table) -> {
          for (TableIndex index : table.indexes()) {
            int position = 0;
            for (TableIndex.Part part : index.parts()) {
              rows.add(
                  row(
                      source,
                      schema,
                      table.name(),
                      !index.unique(),
                      null,
                      index.name(),
                      type(index.kind()),
                      ++position,
                      part.text(),
                      direction(part.order()),
                      number(index.rowCount()),
                      number(index.pages()),
                      orNull(index.condition())));
            }
          }
        });
    return rows;
  }

  private static int type(TableIndex.Kind kind) {
    return switch (kind) {
      case CLUSTERED -> DatabaseMetaData.tableIndexClustered;
      case HASHED -> DatabaseMetaData.tableIndexHashed;
      case OTHER -> DatabaseMetaData.tableIndexOther;
    };
  }

  private static @Nullable String direction(TableIndex.Order order) {
    return switch (order) {
      case ASCENDING -> "A";
      case DESCENDING -> "D";
      case NONE -> null;
    };
  }

  private static @Nullable Long number(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }
}
