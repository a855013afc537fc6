package io.kurobe.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What stands before a gateway, passes every request on, and notes it with its answer. */
final class TappedGateway implements AutoCloseable {
  /** Those that are of a connection of HTTP, not of what goes over it. */
  private static final List<String> OF_HTTP =
      List.of("host", "connection", "content-length", "transfer-encoding", "upgrade");

  /**
   * A request and its answer.
   *
   * @param headers of the request, with their names in lower case
   */
  record Exchange(
      String path, Map<String, String> headers, byte[] body, HttpResponse<byte[]> answer) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final String gateway;

  private TappedGateway(int port) throws IOException {
    gateway = "http://127.0.0.1:" + port;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  /** Stands before the gateway at a port. */
  static TappedGateway before(int port) throws IOException {
    return new TappedGateway(port);
  }

  String url() {
    return "jdbc:kurobe://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What was exchanged so far, in the order in which it was answered. */
  List<Exchange> exchanges() {
    return new ArrayList<>(exchanges);
  }

  /** Does something, and tells which exchanges it took. */
  List<Exchange> exchangesOf(Act act) throws Exception {
    int before = exchanges.size();
    act.run();
    return exchanges().subList(before, exchanges.size());
  }

  /** What is done at a gateway. */
  interface Act {
    void run() throws Exception;
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      headers.keySet().removeAll(OF_HTTP);
      headers.keySet().removeIf(name -> name.startsWith("http2"));
      HttpResponse<byte[]> answer = sent(client, URI.create(gateway + path), headers, body);
      exchanges.add(new Exchange(path, headers, body, answer));
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OF_HTTP.contains(name.toLowerCase(Locale.ROOT))) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends a request that was noted. */
  static HttpResponse<byte[]> sent(
      HttpClient client, URI address, Map<String, String> headers, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
