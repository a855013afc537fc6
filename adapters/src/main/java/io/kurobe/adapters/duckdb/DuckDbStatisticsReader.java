package io.kurobe.adapters.duckdb;

import io.kurobe.adapters.source.TableStatistics;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBConnection;

/** Reads what DuckDB's catalog estimates of a table: its rows. Of a view it knows nothing. */
final class DuckDbStatisticsReader {
  private final String database;
  private final DuckDBConnection connection;

  DuckDbStatisticsReader(String database, DuckDBConnection connection) {
    this.database = database;
    this.connection = connection;
  }

  Optional<TableStatistics> read(String schema, String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT estimated_size FROM duckdb_tables()"
                + " WHERE database_name = ? AND schema_name = ? AND table_name = ?")) {
      statement.setString(1, database);
      statement.setString(2, schema);
      statement.setString(3, table);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(new TableStatistics(rows.getDouble(1), Map.of()))
            : Optional.empty();
      }
    }
  }
}
