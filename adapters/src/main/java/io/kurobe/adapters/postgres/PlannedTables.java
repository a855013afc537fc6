package io.kurobe.adapters.postgres;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.PlannedTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the tables of a query with those it was planned over, in the transaction and the round
 * trip that sets up its COPY.
 *
 * <p>A value that still can be read as the type it was planned with would pass unseen: a
 * numeric(12, 4) as a numeric(10, 2) is rounded, a timestamptz as a timestamp shifted. COPY tells
 * no types, and those of a result would not tell that what was summed has other decimals now. So
 * the columns of the tables are compared. An empty query of each table comes first: it holds the
 * lock that COPY needs too to the end of the transaction, so that nothing is altered in between.
 */
final class PlannedTables {
  private final List<PlannedTable> tables;
  private final String source;

  PlannedTables(List<PlannedTable> tables, String source) {
    this.tables = tables;
    this.source = source;
  }

  /** The statements to send, each after a semicolon. */
  String sql() {
    var sql = new StringBuilder();
    for (PlannedTable table : tables) {
      String name = quote(table.schema()) + '.' + quote(table.table().name());
      sql.append("; SELECT FROM ").append(name).append(" WHERE false");
      sql.append("; SELECT a.attname, ")
          .append(CatalogSql.DECLARED_TYPE)
          .append(" FROM pg_catalog.pg_attribute a WHERE a.attrelid = '")
          .append(name.replace("'", "''"))
          .append("'::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped");
    }
    return sql.toString();
  }

  private static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /**
   * Reads the answers.
   *
   * @param answers of statements that end with those of {@link #sql}
   */
  void check(Statement answers) throws SQLException {
    for (PlannedTable table : tables) {
      nextRows(answers);
      nextRows(answers);
      Map<String, String> types = new HashMap<>();
      try (ResultSet rows = answers.getResultSet()) {
        while (rows.next()) {
          types.put(rows.getString(1), rows.getString(2));
        }
      }
      Optional<KurobeException> altered = table.altered(source, types);
      if (altered.isPresent()) {
        throw altered.get();
      }
    }
  }

  /** On to the next answer with rows, past those of SET. */
  private static void nextRows(Statement answers) throws SQLException {
    while (!answers.getMoreResults() && answers.getUpdateCount() != -1) {
      // It had a count only.
    }
  }
}
