package io.kurobe.server;

import static io.kurobe.server.ConfiguredGateway.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An answer that may not be what was asked for says so to whoever reads it over JDBC. */
@Timeout(120)
class LowConfidenceTest {
  @Test
  void whoeverReadsItIsWarned(@TempDir Path directory) throws SQLException {
    PostgresServer.Database sales =
        PostgresServer.database(
            "low_confidence",
            """
            CREATE TABLE customers (id int PRIMARY KEY, name text, region text);
            INSERT INTO customers SELECT i, 'customer ' || i, CASE i % 2 WHEN 0 THEN 'north' ELSE
              'south' END FROM generate_series(1, 10) i;
            """);
    try (ConfiguredGateway gateway =
            ConfiguredGateway.start(
                directory,
                """
                sources:
                  sales: {type: postgres, url: "%s", user: %s}
                ask: {confidence: {warn: 1.0}}
                """
                    .formatted(sales.url(), sales.user()));
        Connection connection = gateway.connect();
        Statement statement = connection.createStatement()) {
      String question = "ASK 'number of customers per region'";
      assertThat(rows(statement.executeQuery(question))).hasSize(2);
      doubts(statement.getWarnings());
      String wrapped = "SELECT * FROM (" + question + ") t LIMIT 5";
      try (PreparedStatement prepared = connection.prepareStatement(wrapped)) {
        assertThat(rows(prepared.executeQuery())).hasSize(2);
        doubts(prepared.getWarnings());
      }
      assertThat(rows(statement.executeQuery("SELECT 1"))).hasSize(1);
      assertThat((Throwable) statement.getWarnings()).isNull();
    }
  }

  private static void doubts(SQLWarning warning) {
    assertThat((Throwable) warning).isNotNull();
    assertThat(warning.getSQLState()).isEqualTo("01KA1");
    assertThat(warning.getMessage()).containsIgnoringCase("confidence");
  }
}
