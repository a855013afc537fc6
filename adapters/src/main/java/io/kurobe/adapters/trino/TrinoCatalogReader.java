package io.kurobe.adapters.trino;

import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.source.TableMetadata.Column;
import io.kurobe.adapters.source.TableMetadata.Kind;
import io.kurobe.adapters.type.SqlType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the metadata of a catalog in four queries, whatever its size. Trino declares no keys. */
final class TrinoCatalogReader {
  private static final Logger LOG = LoggerFactory.getLogger(TrinoCatalogReader.class);

  private final String source;
  private final String catalog;
  private final List<String> configured;

  /**
   * Makes a reader.
   *
   * @param source the name of the source that reads
   * @param catalog the catalog that is read
   * @param configured the schemas that are shown; empty for all
   */
  TrinoCatalogReader(String source, String catalog, List<String> configured) {
    this.source = source;
    this.catalog = catalog;
    this.configured = List.copyOf(configured);
  }

  CatalogMetadata read(Statement statement) throws SQLException {
    String information = TrinoDialect.INSTANCE.quoteIdentifier(catalog) + ".information_schema.";
    var schemas = new TreeMap<String, List<TableMetadata>>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT schema_name FROM " + information + "schemata" + where("schema_name"))) {
      while (rows.next()) {
        schemas.put(rows.getString(1), new ArrayList<>());
      }
    }
    Map<List<String>, String> comments = comments(statement);
    Map<List<String>, List<Column>> columns = columns(statement, information);
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT table_schema, table_name, table_type FROM "
                + information
                + "tables"
                + where("table_schema")
                + " ORDER BY table_schema, table_name")) {
      while (rows.next()) {
        List<String> name = List.of(rows.getString(1), rows.getString(2));
        Kind kind = rows.getString(3).equals("VIEW") ? Kind.VIEW : Kind.TABLE;
        schemas
            .computeIfAbsent(name.get(0), schema -> new ArrayList<>())
            .add(
                new TableMetadata(
                    name.get(1),
                    kind,
                    Optional.ofNullable(comments.get(name)),
                    columns.getOrDefault(name, List.of()),
                    List.of(),
                    List.of(),
                    List.of(),
                    OptionalLong.empty()));
      }
    }
    return new CatalogMetadata(
        schemas.entrySet().stream()
            .map(schema -> new SchemaMetadata(schema.getKey(), schema.getValue()))
            .toList());
  }

  /** The schemas shown: those configured, else all but Trino's own. */
  private String where(String column) {
    if (configured.isEmpty()) {
      return " WHERE " + column + " <> 'information_schema'";
    }
    return configured.stream()
        .map(schema -> "'" + schema.replace("'", "''") + "'")
        .collect(Collectors.joining(", ", " WHERE " + column + " IN (", ")"));
  }

  private Map<List<String>, List<Column>> columns(Statement statement, String information)
      throws SQLException {
    Map<List<String>, List<Column>> columns = new HashMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT table_schema, table_name, column_name, data_type, is_nullable, column_default"
                + " FROM "
                + information
                + "columns"
                + where("table_schema")
                + " ORDER BY table_schema, table_name, ordinal_position")) {
      while (rows.next()) {
        String nativeType = rows.getString(4);
        SqlType type = TrinoTypeNames.parse(nativeType);
        columns
            .computeIfAbsent(
                List.of(rows.getString(1), rows.getString(2)), name -> new ArrayList<>())
            .add(
                new Column(
                    rows.getString(3),
                    type,
                    !"NO".equals(rows.getString(5)),
                    nativeType,
                    Optional.empty(),
                    Optional.ofNullable(rows.getString(6))));
      }
    }
    return columns;
  }

  /**
   * What tables say of themselves; a user may lack the right to ask, and does without. What is
   * wrong with the cluster is thrown, or an outage would pass for a catalog without comments.
   */
  private Map<List<String>, String> comments(Statement statement) throws SQLException {
    Map<List<String>, String> comments = new HashMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT schema_name, table_name, comment FROM system.metadata.table_comments"
                + where("schema_name")
                + " AND catalog_name = '"
                + catalog.replace("'", "''")
                + "' AND comment IS NOT NULL")) {
      while (rows.next()) {
        comments.put(List.of(rows.getString(1), rows.getString(2)), rows.getString(3));
      }
    } catch (SQLException e) {
      if (!TrinoErrors.isRefusal(e)) {
        throw e;
      }
      LOG.debug("source {} gives no comments", source, e);
    }
    return comments;
  }
}
