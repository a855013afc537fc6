package io.kurobe.adapters.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresServerTest {
  @Test
  void databasesOrderTextByIcuAndLogWhatTheySee() throws Exception {
    PostgresServer.Database database =
        PostgresServer.database(
            "harness", "CREATE TABLE t (c text); INSERT INTO t VALUES ('a'), ('B')");
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT c\nFROM t ORDER BY c")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("a");
    }
    assertThat(database.statements("PostgreSQL JDBC Driver"))
        .contains("SELECT c\nFROM t ORDER BY c");
  }
}
