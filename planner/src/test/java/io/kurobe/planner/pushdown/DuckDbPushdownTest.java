package io.kurobe.planner.pushdown;

import io.kurobe.adapters.source.SourceConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;

/** {@link PushdownContract} of DuckDB, which is attached to the engine: all of it runs there. */
class DuckDbPushdownTest extends PushdownContract {
  @TempDir static Path directory;

  @Override
  SourceConfig source() throws SQLException {
    Path file = directory.resolve("pushdown.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : tables("main", "VARCHAR", "DOUBLE")) {
        statement.execute(sql.replace("TIMESTAMP(6)", "TIMESTAMP"));
      }
    }
    return SourceConfig.ofPath("file", "duckdb", file.toString());
  }

  @Override
  boolean has(Behaviour behaviour) {
    return true;
  }
}
