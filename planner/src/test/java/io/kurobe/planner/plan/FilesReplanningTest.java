package io.kurobe.planner.plan;

import io.kurobe.adapters.source.SourceConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** {@link ReplanningContract} of a Parquet file that is a table of a duckdb source. */
class FilesReplanningTest extends ReplanningContract {
  @Override
  SourceConfig source() throws SQLException {
    replace("id INTEGER", List.of("1"));
    return SourceConfig.ofTables("s", "duckdb", Map.of("t", file().toString()));
  }

  private static Path file() {
    return directory().resolve("t.parquet");
  }

  @Override
  void replace(String columns, List<String> rows) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      DuckDbReplanningTest.create(statement, columns, rows);
      statement.execute("COPY t TO '" + file() + "'");
    }
  }
}
