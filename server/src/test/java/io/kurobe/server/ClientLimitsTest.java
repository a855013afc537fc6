package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.server.config.DataSize;
import io.kurobe.server.config.LimitSettings;
import io.kurobe.server.config.RunningLimits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one client may hold, and for how long without asking. */
@Timeout(60)
class ClientLimitsTest {
  private static final int STATEMENTS = 3;

  @TempDir private Path data;

  private static LimitSettings limits(Duration connectionIdle) {
    return new LimitSettings(
        Duration.ofMinutes(1),
        0,
        1_000,
        9,
        connectionIdle,
        STATEMENTS,
        Duration.ofMinutes(10),
        RunningLimits.of(9),
        new DataSize(10_000));
  }

  @Test
  void aConnectionHasNoMoreStatementsThanItsLimit() throws SQLException {
    try (TestGateway gateway = TestGateway.start(data, 0, limits(Duration.ofMinutes(30)));
        Connection connection = gateway.connect("json");
        Connection other = gateway.connect("json")) {
      List<Statement> open = new ArrayList<>();
      for (int i = 0; i < STATEMENTS; i++) {
        open.add(connection.createStatement());
        assertThat(open.get(i).executeQuery("rows 1").next()).isTrue();
      }
      SQLException refused =
          catchThrowableOfType(SQLException.class, () -> connection.prepareStatement("rows 1"));
      assertThat(refused.getSQLState()).isEqualTo("53400");
      assertThat(SqlStates.of(connection::createStatement)).isEqualTo("53400");
      assertThat(other.createStatement().executeQuery("rows 1").next()).isTrue();
      open.get(0).close();
      assertThat(connection.createStatement().executeQuery("rows 1").next()).isTrue();
    }
  }

  @Test
  void anIdleConnectionIsClosedWithWhatItHolds() throws Exception {
    try (TestGateway gateway = TestGateway.start(data, 0, limits(Duration.ofSeconds(1)));
        Connection connection = gateway.connect("json")) {
      // Not closed: there is nothing left to close.
      Statement statement = connection.createStatement();
      ResultSet rows = statement.executeQuery("rows 20000");
      assertThat(rows.next()).isTrue();
      assertThat(gateway.planner().open.get()).isEqualTo(1);
      while (gateway.planner().open.get() > 0) {
        // The test's own time-out bounds this.
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(gateway.gateway().running()).isEmpty();
      assertThat(SqlStates.of(() -> statement.executeQuery("rows 1"))).isEqualTo("08003");
      assertThat(RawClient.get(gateway.port(), "/metrics").body())
          .contains("kurobe_connections 0.0", "kurobe_statements_open 0.0");
    }
  }
}
