package io.kurobe.planner.pushdown;

import io.kurobe.adapters.source.SourceConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
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
      // DuckDB has no CHAR: its values are given without blanks.
      for (String sql :
          others(
              "main",
              List.of("VARCHAR", "TIMESTAMPTZ", "BLOB", "UUID", "INTEGER[]"),
              List.of(
                  "'ab', '2024-03-31 00:30:00+00', '\\x00\\xFF',"
                      + " '00000000-0000-0000-0000-0000000000ff', [1, 2]",
                  "'b', '2023-12-31 23:30:00+00', '',"
                      + " 'ffffffff-ffff-ffff-ffff-ffffffffffff', [1, NULL]",
                  "'two', '1969-12-31 23:59:59.999999+00', '\\x7F\\x80',"
                      + " '80000000-0000-0000-0000-000000000000', []",
                  "'äb', '2024-03-31 01:30:00+00', '\\x00',"
                      + " '7fffffff-ffff-ffff-ffff-ffffffffffff', [2]"))) {
        statement.execute(sql);
      }
    }
    return SourceConfig.ofPath("file", "duckdb", file.toString());
  }

  @Override
  boolean has(Behaviour behaviour) {
    return true;
  }
}
