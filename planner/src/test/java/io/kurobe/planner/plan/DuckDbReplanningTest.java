package io.kurobe.planner.plan;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.planner.testing.Federation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * {@link ReplanningContract} of a DuckDB file. While it is attached it is what it was; it is
 * another once someone has had its catalog read.
 */
class DuckDbReplanningTest extends ReplanningContract {
  @Override
  SourceConfig source() throws SQLException {
    replace("id INTEGER", List.of("1"));
    return SourceConfig.ofPath("s", "duckdb", file().toString());
  }

  private static Path file() {
    return directory().resolve("s.duckdb");
  }

  @Override
  void replace(String columns, List<String> rows) throws SQLException {
    Path made = directory().resolve("made.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + made);
        Statement statement = connection.createStatement()) {
      create(statement, columns, rows);
    }
    try {
      Files.move(made, file(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void create(Statement statement, String columns, List<String> rows) throws SQLException {
    statement.execute("SET TimeZone = 'UTC'");
    statement.execute("CREATE TABLE t (" + columns.replace("TIMESTAMP(6)", "TIMESTAMP") + ")");
    statement.execute(
        "INSERT INTO t VALUES (" + String.join("), (", rows).replace("TIMESTAMP '", "'") + ")");
  }

  @Override
  void altered(Federation changed) {
    changed.query("REFRESH s");
  }
}
