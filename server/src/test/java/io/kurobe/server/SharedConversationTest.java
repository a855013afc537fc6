package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A named conversation goes on over another gateway of the same state in PostgreSQL. */
class SharedConversationTest {
  @TempDir private Path one;
  @TempDir private Path two;

  @Test
  void oneGatewayGoesOnFromWhatAnotherWasAsked() throws SQLException {
    PostgresServer.Database state = PostgresServer.database("conversations");
    PostgresServer.Database data =
        PostgresServer.database(
            "visited",
            "CREATE TABLE visits (id INT PRIMARY KEY, town TEXT); INSERT INTO visits VALUES (1,"
                + " 'Graz'), (2, 'Graz'), (3, 'Bonn'); ANALYZE visits");
    String yaml =
        """
        server: {port: 0, data: state, state: {url: "%s", user: %s}}
        sources:
          pg: {type: postgres, url: "%s", user: %s}
        """
            .formatted(state.url(), state.user(), data.url(), data.user());
    try (ConfiguredGateway first = ConfiguredGateway.startAs(one, yaml);
        ConfiguredGateway second = ConfiguredGateway.startAs(two, yaml);
        Connection here = DriverManager.getConnection(first.url(), "ada", "");
        Connection there = DriverManager.getConnection(second.url(), "ada", "");
        Statement onFirst = here.createStatement();
        Statement onSecond = there.createStatement()) {
      onFirst.execute("SET conversation = 'travel'");
      assertThat(ConfiguredGateway.rows(onFirst.executeQuery("ASK 'how many visits are there'")))
          .containsExactly("3");
      onSecond.execute("SET conversation = 'travel'");
      assertThat(ConfiguredGateway.rows(onSecond.executeQuery("ASK 'only in Graz'")))
          .containsExactly("2");
      assertThat(ConfiguredGateway.rows(onFirst.executeQuery("ASK 'what about Bonn'")))
          .containsExactly("1");
    }
  }
}
