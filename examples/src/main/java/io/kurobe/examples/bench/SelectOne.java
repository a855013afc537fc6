package io.kurobe.examples.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code SELECT 1} through each driver, beside a bare request of HTTP to the gateway. */
final class SelectOne {
  static final String BARE = "HTTP, GET /";

  private static final String SQL = "SELECT 1";

  /** Of each driver, to one measured turn. */
  private static final Duration WARM_UP = Duration.ofMillis(5);

  private SelectOne() {}

  /** Asks in turns, after each was warmed up for as long as its turns may take together. */
  static Rounds measure(URI gateway, Map<String, Connection> drivers, int runs)
      throws SQLException, IOException {
    var rounds = new Rounds();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest bare = HttpRequest.newBuilder(gateway).build();
    rounds.add(BARE, () -> send(client, bare));
    List<Statement> open = new ArrayList<>();
    try {
      for (Map.Entry<String, Connection> driver : drivers.entrySet()) {
        Statement statement = driver.getValue().createStatement();
        open.add(statement);
        PreparedStatement prepared = driver.getValue().prepareStatement(SQL);
        open.add(prepared);
        rounds.add(driver.getKey(), () -> read(statement.executeQuery(SQL)));
        rounds.add(driver.getKey() + ", prepared", () -> read(prepared.executeQuery()));
      }
      rounds.warmUp(WARM_UP.multipliedBy(runs));
      rounds.run(1, runs);
    } finally {
      for (Statement statement : open) {
        statement.close();
      }
    }
    return rounds;
  }

  private static void send(HttpClient client, HttpRequest request) throws IOException {
    try {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IOException("the gateway answered GET / by " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  private static void read(ResultSet results) throws SQLException {
    try (results) {
      if (!results.next() || results.getInt(1) != 1 || results.next()) {
        throw new BenchException(SQL + " gave something else than one row of 1");
      }
    }
  }
}
