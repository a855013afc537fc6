package io.kurobe.adapters.duckdb;

import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.source.TableStatistics;
import io.kurobe.adapters.source.TableStatistics.ColumnStatistics;
import io.kurobe.adapters.source.TableStatistics.Range;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * Reads what DuckDB keeps of a table without reading its rows: how many there are, and of each
 * column the least and the greatest value and about how many different ones. Of a view over files
 * it knows what the files' own metadata say, but not how many rows.
 */
final class DuckDbStatisticsReader {
  private static final int MOST_COLUMNS = 500;

  private final String database;
  private final DuckDBConnection connection;

  DuckDbStatisticsReader(String database, DuckDBConnection connection) {
    this.database = database;
    this.connection = connection;
  }

  Optional<TableStatistics> read(String schema, String table) throws SQLException {
    OptionalLong rowCount = rowCount(schema, table);
    return rowCount.isPresent()
        ? Optional.of(new TableStatistics(rowCount.getAsLong(), columns(schema, table)))
        : Optional.empty();
  }

  private OptionalLong rowCount(String schema, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT estimated_size FROM duckdb_tables()"
                + " WHERE database_name = ? AND schema_name = ? AND table_name = ?")) {
      statement.setString(1, database);
      statement.setString(2, schema);
      statement.setString(3, table);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  private Map<String, ColumnStatistics> columns(String schema, String table) throws SQLException {
    List<String> names = names(schema, table);
    Map<String, ColumnStatistics> columns = new HashMap<>();
    String kept =
        names.stream()
            .map(name -> "CAST(stats(" + DuckDbInstance.quote(name) + ") AS JSON)")
            .collect(Collectors.joining(", "));
    String of =
        DuckDbInstance.quote(database)
            + "."
            + DuckDbInstance.quote(schema)
            + "."
            + DuckDbInstance.quote(table);
    // The planner knows them: no row but the first is looked at.
    String all = "SELECT [" + kept + "] AS kept FROM " + of + " LIMIT 1";
    String each =
        "SELECT s ->> 'approx_unique', s ->> 'min', s ->> 'max', s ->> 'has_null'"
            + " FROM (SELECT unnest(kept) AS s FROM ("
            + all
            + "))";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(each)) {
      for (int i = 0; rows.next(); i++) {
        columns.put(names.get(i), column(rows));
      }
    }
    return columns;
  }

  private static ColumnStatistics column(ResultSet row) throws SQLException {
    String distinct = row.getString(1);
    return new ColumnStatistics(
        distinct == null
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.max(Double.parseDouble(distinct), 1)),
        "false".equals(row.getString(4)) ? OptionalDouble.of(0) : OptionalDouble.empty(),
        OptionalDouble.empty(),
        List.of(),
        Range.of(row.getString(2), row.getString(3)));
  }

  private List<String> names(String schema, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT column_name FROM duckdb_columns() WHERE database_name = ?"
                + " AND schema_name = ? AND table_name = ? ORDER BY column_index LIMIT "
                + MOST_COLUMNS)) {
      statement.setString(1, database);
      statement.setString(2, schema);
      statement.setString(3, table);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> names = new ArrayList<>();
        while (rows.next()) {
          names.add(rows.getString(1));
        }
        return names;
      }
    }
  }
}
