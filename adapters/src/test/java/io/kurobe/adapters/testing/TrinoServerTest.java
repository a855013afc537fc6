package io.kurobe.adapters.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class TrinoServerTest {
  @Test
  void runsQueriesOverItsCatalogs() throws Exception {
    String url = TrinoServer.url("tpch/tiny");
    try (var connection = DriverManager.getConnection(url, "test", null);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM nation")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(25);
    }
  }
}
