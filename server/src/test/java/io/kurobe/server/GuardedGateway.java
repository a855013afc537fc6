package io.kurobe.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/** A gateway in mode users, with its first administrator. */
final class GuardedGateway implements AutoCloseable {
  static final String ADMIN = "root";
  static final String PASSWORD = "correct horse";

  /** Runs for minutes: ten to the tenth rows. */
  static final String LONG =
      "SELECT COUNT(*) FROM "
          + String.join(
              ", ",
              List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j").stream()
                  .map(
                      name ->
                          "(VALUES (1),(2),(3),(4),(5),(6),(7),(8),(9),(10)) AS " + name + "(x)")
                  .toList())
          + " WHERE a.x + b.x * c.x - d.x * e.x + f.x * g.x - h.x * i.x + j.x > 7";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ConfiguredGateway gateway;

  private GuardedGateway(ConfiguredGateway gateway) {
    this.gateway = gateway;
  }

  static GuardedGateway start(Path directory) {
    return start(directory, "", "");
  }

  /**
   * Starts one.
   *
   * @param security further lines of {@code security:}, each with two blanks before it
   * @param more further sections
   */
  static GuardedGateway start(Path directory, String security, String more) {
    return new GuardedGateway(
        ConfiguredGateway.start(
            directory,
            "sources: {files: {type: duckdb, path: files.duckdb}}\n"
                + "security:\n  mode: users\n  admin: {user: root, password: correct horse}\n"
                + security
                + more));
  }

  String url() {
    return gateway.url();
  }

  int port() {
    return Integer.parseInt(url().substring(url().lastIndexOf(':') + 1));
  }

  Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(url(), user, password);
  }

  Connection connectBy(String property, String value) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty(property, value);
    return DriverManager.getConnection(url(), properties);
  }

  /** Says statements as the administrator. */
  void administer(String... statements) throws SQLException {
    try (Connection connection = connect(ADMIN, PASSWORD);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Makes a key and gives its text. */
  static String key(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString("api_key");
    }
  }

  static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  /** The SQLSTATE of trying to connect; "null" if that succeeds. */
  String stateOf(String user, String password) {
    return SqlStates.of(() -> connect(user, password).close());
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<String> http(String method, String path, String authorization, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .header("Content-Type", "application/json")
            .header("Kurobe-Protocol", "1")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    gateway.close();
  }
}
