package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stored values that questions name are found in large tables without reading those: {@code
 * -Dkurobe.values.rows=10000000} makes them larger, and the times are printed.
 */
class LargeTableValuesTest {
  private static final int ROWS = Integer.getInteger("kurobe.values.rows", 600_000);

  @TempDir private Path directory;

  private static PostgresServer.Database parcels() {
    PostgresServer.Database database = PostgresServer.database("parcels");
    database.execute(
        """
        CREATE TABLE parcel AS SELECT i AS id, (ARRAY['sent', 'lost', 'delivered'])[1 + i %% 3] AS state,
          'note ' || i AS note FROM generate_series(1, %d) AS i;
        ALTER TABLE parcel ADD PRIMARY KEY (id);
        ANALYZE parcel;
        """
            .formatted(ROWS));
    return database;
  }

  private Path letters() throws SQLException {
    Path file = directory.resolve("letters.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE letter AS SELECT i AS id, ['inland', 'abroad'][1 + i %% 2] AS zone,
            'text ' || i AS body FROM generate_series(1, %d) AS t(i)
          """
              .formatted(ROWS));
      statement.execute("CREATE SCHEMA warm");
      statement.execute("CREATE TABLE warm.stamp AS SELECT 1 AS id, 'blue' AS colour");
    }
    return file;
  }

  @Test
  void valuesOfLargeTablesComeFromStatisticsAndSamples() throws SQLException {
    PostgresServer.Database database = parcels();
    String yaml =
        """
        sources:
          post: {type: postgres, url: "%s", user: %s}
          mail: {type: duckdb, path: "%s"}
        """
            .formatted(database.url(), database.user(), letters());
    try (ConfiguredGateway gateway = ConfiguredGateway.start(directory, yaml);
        Connection connection = gateway.connect()) {
      sql(connection, "how many stamps are blue' ON mail.warm");
      long start = System.nanoTime();
      assertThat(sql(connection, "how many parcels are lost' ON post")).contains("state = 'lost'");
      long next = System.nanoTime();
      assertThat(sql(connection, "how many letters go abroad' ON mail.main"))
          .contains("zone = 'abroad'");
      System.out.printf(
          "the first question over %,d rows: %.0f ms in PostgreSQL, %.0f ms in DuckDB%n",
          ROWS, (next - start) / 1e6, (System.nanoTime() - next) / 1e6);
      assertThat(database.statements("kurobe"))
          .filteredOn(statement -> statement.contains("parcel"))
          .noneMatch(statement -> statement.contains("COPY"))
          .noneMatch(statement -> statement.matches("(?s).*FROM\\s+\\S*\"?parcel\\b.*"));
      // The answer itself reads what it must.
      assertThat(
              ConfiguredGateway.rows(
                  connection.createStatement().executeQuery("ASK 'how many parcels are lost'")))
          .containsExactly(Integer.toString((ROWS + 2) / 3));
    }
  }

  /** The SQL of a question; what follows its text's end quote is said with it. */
  private static String sql(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("ASK SQL '" + question)) {
      rows.next();
      return rows.getString("sql");
    }
  }
}
