package io.kurobe.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Base64;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaStatement;

/** HTTP requests no driver would send. */
final class RawClient {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private RawClient() {}

  static HttpResponse<String> post(int port, String contentType, byte[] body, String user)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (!user.isEmpty()) {
      String credentials =
          Base64.getEncoder().encodeToString((user + ":x").getBytes(StandardCharsets.UTF_8));
      request.header("Authorization", "Basic " + credentials);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** What our own driver's cancel sends, beside the exchange that waits for rows. */
  static void closeStatement(int port, Connection connection, Statement statement)
      throws IOException, InterruptedException {
    json(
        port,
        "{\"request\":\"closeStatement\",\"connectionId\":\""
            + id(connection)
            + "\",\"statementId\":"
            + ((AvaticaStatement) statement).handle.id
            + "}",
        "");
  }

  static String json(int port, String body, String user) throws IOException, InterruptedException {
    return post(port, "application/json", body.getBytes(StandardCharsets.UTF_8), user).body();
  }

  private static String id(Connection connection) {
    return ((AvaticaConnection) connection).id;
  }
}
