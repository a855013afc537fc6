package io.kurobe.adapters.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * As much of an S3 as a Trino needs to spool results to: objects are put, got and deleted by their
 * paths, whoever asks. They are held in memory.
 */
final class ObjectStore {
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final AtomicInteger got = new AtomicInteger();
  private final HttpServer server;

  private ObjectStore(HttpServer server) {
    this.server = server;
  }

  /** Starts one on the loopback, which ends with the JVM. */
  static ObjectStore start() {
    try {
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      var store = new ObjectStore(server);
      server.createContext("/", store::answer);
      server.setExecutor(
          Executors.newCachedThreadPool(
              work -> {
                var thread = new Thread(work, "object-store");
                thread.setDaemon(true);
                return thread;
              }));
      server.start();
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How many objects are there. */
  int size() {
    return objects.size();
  }

  /** How often an object was got. */
  int got() {
    return got.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      switch (exchange.getRequestMethod()) {
        case "PUT" -> {
          objects.put(path, body(exchange));
          exchange.getResponseHeaders().add("ETag", "\"" + path.hashCode() + "\"");
          exchange.sendResponseHeaders(200, -1);
        }
        case "GET" -> {
          byte[] object = objects.get(path);
          if (object == null) {
            exchange.sendResponseHeaders(404, -1);
          } else {
            got.incrementAndGet();
            exchange.sendResponseHeaders(200, object.length);
            exchange.getResponseBody().write(object);
          }
        }
        case "DELETE" -> {
          objects.remove(path);
          exchange.sendResponseHeaders(204, -1);
        }
        default -> exchange.sendResponseHeaders(501, -1);
      }
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    InputStream sent = exchange.getRequestBody();
    String sum = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
    return sum != null && sum.startsWith("STREAMING-") ? chunks(sent) : sent.readAllBytes();
  }

  /** The bytes of signed chunks: each follows a line that begins with its size, until one of 0. */
  private static byte[] chunks(InputStream sent) throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(sent).split(";", -1)[0], 16);
      if (size == 0) {
        sent.readAllBytes();
        return bytes.toByteArray();
      }
      bytes.write(sent.readNBytes(size));
      line(sent);
    }
  }

  private static String line(InputStream sent) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = sent.read(); next >= 0 && next != '\n'; next = sent.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.US_ASCII).strip();
  }
}
