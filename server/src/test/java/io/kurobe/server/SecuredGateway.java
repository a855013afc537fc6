package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A gateway in mode users with root, who administrates, and others; each with one password. */
final class SecuredGateway implements AutoCloseable {
  static final String PASSWORD = "opensesame";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final ConfiguredGateway gateway;

  /** With alice and bob, who have no rights. */
  SecuredGateway(Path directory, String yaml) throws SQLException {
    this(
        directory,
        yaml + "security: {mode: users, admin: {user: root, password: opensesame}}\n",
        List.of("alice", "bob"));
  }

  /** With a configuration that says itself that root administrates, and these users. */
  SecuredGateway(Path directory, String yaml, List<String> users) throws SQLException {
    gateway = ConfiguredGateway.start(directory, yaml);
    for (String user : users) {
      say("root", "CREATE USER " + user + " PASSWORD '" + PASSWORD + "'");
    }
  }

  Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(gateway.url(), user, PASSWORD);
  }

  void say(String user, String... statements) throws SQLException {
    try (Connection connection = connect(user);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  List<String> rows(String user, String sql) throws SQLException {
    try (Connection connection = connect(user);
        Statement statement = connection.createStatement()) {
      return ConfiguredGateway.rows(statement.executeQuery(sql));
    }
  }

  /** Asserts that one of these is refused with an SQLSTATE. */
  void refuses(String user, String state, String... statements) {
    assertThatThrownBy(() -> say(user, statements))
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(e.getSQLState()).as("%s", List.of(statements)).isEqualTo(state));
  }

  /** Posts a body; each header is a name and a value. */
  HttpResponse<String> post(String path, String body, List<String> headers)
      throws IOException, InterruptedException {
    String address = gateway.url().replace("jdbc:kurobe:", "http:").replaceFirst("/$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/json")
            .header("Kurobe-Protocol", "1")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Posts a body as a user, by password. */
  HttpResponse<String> post(String user, String path, String body)
      throws IOException, InterruptedException {
    return post(path, body, List.of("Authorization", GuardedGateway.basic(user, PASSWORD)));
  }

  @Override
  public void close() {
    gateway.close();
  }
}
