package io.kurobe.adapters.postgres;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.postgres.ServerTypes.ServerField;
import io.kurobe.adapters.postgres.ServerTypes.ServerType;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableMetadata.Deferral;
import io.kurobe.adapters.source.TableMetadata.Generation;
import io.kurobe.adapters.source.TableMetadata.KeyRule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the whole catalog in six queries, whatever its size. */
final class CatalogReader {
  private static final int FETCH_ROWS = 5_000;

  private final SourceConfig config;
  private final Connection connection;

  private final Map<Long, String> schemas = new LinkedHashMap<>();
  private final Map<Long, TableDraft> tables = new LinkedHashMap<>();
  private final Map<Long, ServerType> types = new HashMap<>();
  private final Map<Long, List<ServerField>> composites = new HashMap<>();

  CatalogReader(SourceConfig config, Connection connection) {
    this.config = config;
    this.connection = connection;
  }

  CatalogMetadata read() throws SQLException {
    query(CatalogSql.SCHEMAS, row -> schemas.put(row.getLong(1), row.getString(2)));
    query(CatalogSql.TABLES, this::table);
    query(CatalogSql.TYPES, this::type);
    query(CatalogSql.COLUMNS, this::column);
    query(CatalogSql.INDEXES, this::index);
    query(CatalogSql.FOREIGN_KEYS, this::foreignKey);
    return catalog();
  }

  private CatalogMetadata catalog() {
    var serverTypes = new ServerTypes(types, composites, config.numericScale());
    Map<String, List<TableMetadata>> bySchema = new LinkedHashMap<>();
    schemas.values().forEach(schema -> bySchema.put(schema, new ArrayList<>()));
    for (TableDraft table : tables.values()) {
      requireNonNull(bySchema.get(table.schema())).add(table.finish(serverTypes, tables));
    }
    return new CatalogMetadata(
        bySchema.entrySet().stream()
            .map(entry -> new SchemaMetadata(entry.getKey(), entry.getValue()))
            .toList());
  }

  private void table(ResultSet row) throws SQLException {
    String schema = schemas.get(row.getLong(2));
    if (schema == null) {
      return;
    }
    double rows = row.getDouble(5);
    OptionalLong rowCount = row.wasNull() ? OptionalLong.empty() : OptionalLong.of((long) rows);
    tables.put(
        row.getLong(1),
        new TableDraft(
            schema,
            row.getString(3),
            kind(row.getString(4)),
            Optional.ofNullable(row.getString(6)),
            rowCount));
  }

  private static TableMetadata.Kind kind(String relkind) {
    return switch (relkind) {
      case "v" -> TableMetadata.Kind.VIEW;
      case "m" -> TableMetadata.Kind.MATERIALIZED_VIEW;
      case "f" -> TableMetadata.Kind.FOREIGN_TABLE;
      default -> TableMetadata.Kind.TABLE;
    };
  }

  private void type(ResultSet row) throws SQLException {
    types.put(
        row.getLong(1),
        new ServerType(
            row.getString(2),
            row.getBoolean(3),
            row.getString(4).charAt(0),
            row.getBoolean(5),
            row.getLong(6),
            row.getLong(7),
            row.getInt(8),
            row.getLong(9)));
  }

  private void column(ResultSet row) throws SQLException {
    long relation = row.getLong(1);
    TableDraft table = tables.get(relation);
    if (table != null) {
      table.column(
          new TableDraft.ColumnDraft(
              row.getInt(2),
              row.getString(3),
              row.getLong(4),
              row.getInt(5),
              !row.getBoolean(6),
              row.getString(7),
              Optional.ofNullable(row.getString(8)),
              Optional.ofNullable(row.getString(9)),
              generation(row)));
    } else {
      composites
          .computeIfAbsent(relation, oid -> new ArrayList<>())
          .add(new ServerField(row.getString(3), row.getLong(4), row.getInt(5)));
    }
  }

  private static Generation generation(ResultSet row) throws SQLException {
    String defaultValue = row.getString(9);
    boolean serial = defaultValue != null && defaultValue.startsWith("nextval(");
    if (serial || !row.getString(10).isEmpty()) {
      return Generation.SEQUENCE;
    }
    return row.getString(11).isEmpty() ? Generation.NONE : Generation.COMPUTED;
  }

  private void index(ResultSet row) throws SQLException {
    TableDraft table = tables.get(row.getLong(1));
    if (table != null) {
      table.index(IndexDraft.of(row));
    }
  }

  private void foreignKey(ResultSet row) throws SQLException {
    TableDraft table = tables.get(row.getLong(1));
    // A target that is a partition, or in a schema not shown, is no table of this catalog.
    if (table != null && tables.containsKey(row.getLong(3))) {
      table.foreignKey(
          new TableDraft.KeyDraft(
              row.getString(2),
              row.getLong(3),
              numbers(row.getString(4)),
              numbers(row.getString(5)),
              Optional.ofNullable(row.getString(6)),
              rule(row.getString(7)),
              rule(row.getString(8)),
              deferral(row.getBoolean(9), row.getBoolean(10))));
    }
  }

  private static KeyRule rule(String letter) {
    return switch (letter) {
      case "r" -> KeyRule.RESTRICT;
      case "c" -> KeyRule.CASCADE;
      case "n" -> KeyRule.SET_NULL;
      case "d" -> KeyRule.SET_DEFAULT;
      default -> KeyRule.NO_ACTION;
    };
  }

  private static Deferral deferral(boolean deferrable, boolean deferred) {
    if (!deferrable) {
      return Deferral.NOT_DEFERRABLE;
    }
    return deferred ? Deferral.INITIALLY_DEFERRED : Deferral.INITIALLY_IMMEDIATE;
  }

  static List<Integer> numbers(String text) {
    List<Integer> numbers = new ArrayList<>();
    for (String number : text.split(" ")) {
      numbers.add(Integer.valueOf(number));
    }
    return numbers;
  }

  private interface Row {
    void take(ResultSet row) throws SQLException;
  }

  private void query(String template, Row take) throws SQLException {
    String visible = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";
    boolean restricted = !config.schemas().isEmpty() && template.contains("%s");
    String sql =
        template.replace("%s", restricted ? visible + " AND n.nspname = ANY (?)" : visible);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH_ROWS);
      if (restricted) {
        statement.setArray(1, connection.createArrayOf("text", config.schemas().toArray()));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          take.take(rows);
        }
      }
    }
  }
}
