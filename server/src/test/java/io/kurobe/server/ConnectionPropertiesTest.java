package io.kurobe.server;

import static io.kurobe.server.ConfiguredGateway.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the driver's properties say of the session holds at the gateway. */
@Timeout(60)
class ConnectionPropertiesTest {
  private static ConfiguredGateway gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws SQLException {
    try (Connection duckDb =
            DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("web.duckdb"));
        Statement statement = duckDb.createStatement()) {
      statement.execute("CREATE TABLE visits (id INTEGER)");
    }
    gateway =
        ConfiguredGateway.start(directory, "sources: {web: {type: duckdb, path: web.duckdb}}\n");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static List<String> ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return rows(statement.executeQuery(sql));
    }
  }

  @Test
  void theProgramIsShownAsItSaysAndAsItChangesItsMind() throws SQLException {
    String shown = "SELECT application_name FROM system.runtime.sessions";
    try (Connection connection = gateway.connect("?applicationName=Metabase%20v0.50")) {
      assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("Metabase v0.50");
      assertThat(ask(connection, shown)).containsExactly("Metabase v0.50");
      connection.setClientInfo("ApplicationName", "O'Hara's DBeaver - Main");
      assertThat(ask(connection, shown)).containsExactly("O'Hara's DBeaver - Main");
      connection.setClientInfo("ApplicationName", null);
      assertThat(ask(connection, shown)).containsExactly("");
      assertThat(connection.getClientInfo("ApplicationName")).isNull();
    }
  }

  @Test
  void settingsOfTheUrlHold() throws SQLException {
    try (Connection connection = gateway.connect("?settings=query_timeout=120;%20pushdown=off;")) {
      assertThat(ask(connection, "SHOW query_timeout")).containsExactly("query_timeout 120s");
      assertThat(ask(connection, "SHOW pushdown")).containsExactly("pushdown off");
      assertThat(ask(connection, "SHOW dynamic_filters")).containsExactly("dynamic_filters on");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pushdwn=off, there is no setting pushdwn",
    "pushdown=perhaps, pushdown is on or off",
    "pushdown, is no setting with its value"
  })
  void aSettingThatCannotBeIsRefusedAtOnce(String settings, String problem) {
    assertThatThrownBy(() -> gateway.connect("?settings=" + settings).close())
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"))
        .hasMessageContaining(problem);
  }
}
