package io.kurobe.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our driver against the endpoint it was made for. */
@Timeout(60)
class DriverOverGatewayTest {
  @TempDir private Path directory;
  private TestGateway gateway;
  private Connection connection;

  @BeforeEach
  void start() throws SQLException {
    gateway = TestGateway.start(directory);
    connection =
        DriverManager.getConnection(
            "jdbc:kurobe://127.0.0.1:" + gateway.port() + "/sales/public?timeZone=Europe/Vienna");
  }

  @AfterEach
  void stop() throws SQLException {
    connection.close();
    gateway.close();
  }

  @Test
  void readsRowsOverManyPages() throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("rows 12345")) {
      int count = 0;
      while (rows.next()) {
        assertThat(rows.getString("name")).isEqualTo("name " + rows.getLong("id"));
        count++;
      }
      assertThat(count).isEqualTo(12_345);
    }
    assertThat(gateway.planner().open).hasValue(0);
  }

  @Test
  void carriesTheSessionOfTheUrl() throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("session")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(2)).contains("Europe/Vienna").contains("sales");
    }
    assertThat(connection.getCatalog()).isEqualTo("sales");
    assertThat(connection.getSchema()).isEqualTo("public");
    assertThat(connection.isValid(5)).isTrue();
  }

  @Test
  void executesPreparedStatementsAgainAndAgain() throws SQLException {
    try (var statement = connection.prepareStatement("echo ? ?")) {
      assertThat(statement.getMetaData().getColumnCount()).isEqualTo(2);
      for (long i = 0; i < 3; i++) {
        statement.setLong(1, i);
        statement.setString(2, "round " + i);
        try (var rows = statement.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getLong(1)).isEqualTo(i);
          assertThat(rows.getString(2)).isEqualTo("round " + i);
        }
      }
    }
  }

  @Test
  void cancelReachesTheSource() throws Exception {
    try (var statement = connection.createStatement()) {
      var failure =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      SQLException.class,
                      () -> {
                        try (var rows = statement.executeQuery("wait")) {
                          while (rows.next()) {
                            // Rows never come.
                          }
                        }
                      }));
      while (gateway.planner().open.get() == 0) {
        Thread.sleep(10);
      }
      statement.cancel();
      assertThat(failure.get(10, SECONDS).getSQLState()).isEqualTo("57014");
      while (gateway.planner().cancelled.get() == 0) {
        // Whoever waited is told at once, and the source by another thread; the test's own
        // time-out bounds this.
        Thread.sleep(5);
      }
      assertThat(statement.executeQuery("rows 1").next()).isTrue();
    }
  }

  @Test
  void timesOut() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      SQLException e =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery("wait").next());
      assertThat((Throwable) e).isInstanceOf(SQLTimeoutException.class);
      assertThat(statement.executeQuery("rows 1").next()).isTrue();
    }
  }

  @Test
  void errorsCarryStateNumberAndPosition() throws SQLException {
    try (var statement = connection.createStatement()) {
      SQLException e =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery("broken"));
      assertThat(e.getSQLState()).isEqualTo("42703");
      assertThat(e.getErrorCode()).isEqualTo(1003);
      assertThat(e.getMessage())
          .startsWith("there is no column 'usr' at line 1, column 8. Hint: Did you mean 'user'?")
          .doesNotContain("\n");
      SQLException fault =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery("assert"));
      assertThat(fault.getSQLState()).isEqualTo("XX000");
      assertThat(fault.getMessage()).doesNotContain("secret");
      assertThat(statement.executeQuery("rows 1").next()).isTrue();
    }
  }
}
