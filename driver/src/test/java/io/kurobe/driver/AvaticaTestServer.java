package io.kurobe.driver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.remote.JsonHandler;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.remote.Service;

/** Avatica's own JSON handler on loopback, over {@link ScriptedMeta}; records the requests. */
final class AvaticaTestServer implements AutoCloseable {
  final ScriptedMeta meta = new ScriptedMeta();
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** What is answered to every request instead, with status 200; empty for the real answers. */
  volatile Optional<String> instead = Optional.empty();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final JsonHandler handler;

  AvaticaTestServer() {
    LocalService service = new LocalService(meta);
    service.setRpcMetadata(new Service.RpcMetadataResponse("test"));
    handler = new JsonHandler(service, NoopMetricsSystem.getInstance());
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(request);
    if (instead.isPresent()) {
      send(exchange, 200, instead.get());
      return;
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization != null && !authorization.equals("Basic " + base64("ada:secret"))) {
      send(exchange, 401, "<html>no</html>");
      return;
    }
    var response = handler.apply(request);
    send(exchange, response.getStatusCode(), response.getResponse());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "jdbc:kurobe://localhost:" + port();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
