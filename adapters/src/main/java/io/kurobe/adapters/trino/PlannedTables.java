package io.kurobe.adapters.trino;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.PlannedTable;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.TableMetadata.Column;
import io.kurobe.adapters.type.SqlType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the tables of a query with those it was planned over, once the query has begun.
 *
 * <p>Where it gives plain columns, the types of its result tell. Those of a sum, or of what was
 * made of a time, do not, so that then the tables are asked for their columns, by a query of no
 * rows: a round trip more, while the query itself is at work.
 */
final class PlannedTables {
  private final ReadRequest request;
  private final String source;
  private final String catalog;

  PlannedTables(ReadRequest request, String source, String catalog) {
    this.request = request;
    this.source = source;
    this.catalog = catalog;
  }

  /**
   * Compares them.
   *
   * @param given what the query gives
   * @throws KurobeException with TABLE_ALTERED if one is not what it was
   */
  void check(Connection connection, ResultSetMetaData given) throws SQLException {
    List<PlannedTable> tables =
        request.tables().stream().filter(table -> !table.table().columns().isEmpty()).toList();
    if (tables.isEmpty() || (request.plain() && isAsRequested(given))) {
      return;
    }
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery(query(tables))) {
      compare(tables, none.getMetaData());
    }
  }

  private boolean isAsRequested(ResultSetMetaData given) throws SQLException {
    for (int i = 0; i < request.columns().size(); i++) {
      SqlType wanted = request.columns().get(i).type();
      SqlType type = TrinoTypeNames.parse(given.getColumnTypeName(i + 1));
      // JSON comes as text.
      if (!type.equals(wanted == SqlType.JSON ? SqlType.VARCHAR : wanted)) {
        return false;
      }
    }
    return true;
  }

  /** A query of all columns of the tables, in order, and of no rows. */
  private String query(List<PlannedTable> tables) {
    List<String> columns = new ArrayList<>();
    List<String> from = new ArrayList<>();
    for (PlannedTable table : tables) {
      String alias = "t" + from.size();
      from.add(
          quote(table.catalog().orElse(catalog))
              + "."
              + quote(table.schema())
              + "."
              + quote(table.table().name())
              + " AS "
              + alias);
      for (Column column : table.table().columns()) {
        columns.add(alias + "." + quote(column.name()));
      }
    }
    return "SELECT "
        + String.join(", ", columns)
        + " FROM "
        + String.join(" CROSS JOIN ", from)
        + " WHERE false";
  }

  private void compare(List<PlannedTable> tables, ResultSetMetaData now) throws SQLException {
    int at = 1;
    for (PlannedTable table : tables) {
      Map<String, String> types = new HashMap<>();
      for (Column column : table.table().columns()) {
        String type = now.getColumnTypeName(at++);
        // The driver names the same types as the catalog, but for blanks.
        types.put(
            column.name(),
            unspaced(type).equals(unspaced(column.nativeType())) ? column.nativeType() : type);
      }
      Optional<KurobeException> altered = table.altered(source, types);
      if (altered.isPresent()) {
        throw altered.get();
      }
    }
  }

  private static String unspaced(String type) {
    return type.replace(", ", ",");
  }

  private static String quote(String identifier) {
    return TrinoDialect.INSTANCE.quoteIdentifier(identifier);
  }
}
