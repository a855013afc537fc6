package io.kurobe.planner.plan;

import io.kurobe.adapters.source.SourceConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link ReplanningContract} of a Parquet file that is a table of a duckdb source. */
class FilesReplanningTest extends ReplanningContract {
  @Override
  SourceConfig source() throws SQLException {
    replace("id INTEGER", List.of("1"));
    SourceConfig any = SourceConfig.ofPath("s", "duckdb", "");
    return new SourceConfig(
        "s",
        "duckdb",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        any.poolSize(),
        any.poolIdle(),
        any.timeout(),
        any.numericScale(),
        any.models(),
        any.selection(),
        Map.of("t", file().toString()));
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
