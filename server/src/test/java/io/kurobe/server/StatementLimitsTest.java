package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.server.config.DataSize;
import io.kurobe.server.config.LimitSettings;
import io.kurobe.server.config.RateLimits;
import io.kurobe.server.config.RunningLimits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a user may ask, and how much one statement may give. */
class StatementLimitsTest {
  @TempDir private Path data;

  private TestGateway start(Optional<DataSize> maxBytes, RateLimits rates) {
    LimitSettings standard = LimitSettings.DEFAULT;
    return TestGateway.start(
        data,
        0,
        new LimitSettings(
                Duration.ofSeconds(30),
                0,
                1_000,
                100,
                standard.connectionIdle(),
                1_000,
                standard.statementIdle(),
                RunningLimits.DEFAULT,
                standard.requestSize())
            .with(maxBytes, Optional.empty(), rates, Map.of()));
  }

  private static Connection connect(TestGateway gateway, String user) throws SQLException {
    return DriverManager.getConnection(gateway.gateway().url(), user, "");
  }

  @Test
  void oneStatementTooManyInAMinuteIsRefusedAndOthersGoOn() throws Exception {
    try (TestGateway gateway = start(Optional.empty(), new RateLimits(3, 0));
        Connection often = connect(gateway, "often");
        Connection seldom = connect(gateway, "seldom");
        Statement statement = often.createStatement()) {
      for (int i = 0; i < 3; i++) {
        statement.executeQuery("rows 1").close();
      }
      assertThatThrownBy(() -> statement.executeQuery("rows 1"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53400"))
          .hasMessageContaining("limits.statementsPerMinute");
      try (Statement other = seldom.createStatement();
          ResultSet rows = other.executeQuery("rows 1")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void aResultOfTooManyBytesEndsWithAnErrorAndTheConnectionGoesOn() throws Exception {
    try (TestGateway gateway = start(Optional.of(new DataSize(50_000)), RateLimits.NONE);
        Connection connection = connect(gateway, "ada");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(
              () -> {
                try (ResultSet rows = statement.executeQuery("rows 999999")) {
                  while (rows.next()) {
                    assertThat(rows.getRow()).isPositive();
                  }
                }
              })
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53400"))
          .hasMessageContaining("limits.maxBytes");
      try (ResultSet rows = statement.executeQuery("rows 1")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }
}
