package io.kurobe.nl2sql.model.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback that gives the answers it was told to, one after the other. */
public final class ModelServer implements AutoCloseable {
  /** A request as it came; header names are in lower case. */
  public record Received(String path, Map<String, String> headers, String body) {}

  /** How a request is answered. */
  public interface Answer {
    void give(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Received> received = new ArrayList<>();
  private Answer always = status(500, "{}");

  private ModelServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public static ModelServer start() {
    try {
      return new ModelServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it is. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Gives these answers, the last one over and over. */
  public synchronized ModelServer answering(Answer... next) {
    answers.clear();
    answers.addAll(List.of(next));
    always = next[next.length - 1];
    return this;
  }

  public synchronized List<Received> received() {
    return List.copyOf(received);
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(), String.join(", ", values)));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Answer answer;
    synchronized (this) {
      received.add(new Received(exchange.getRequestURI().toString(), headers, body));
      answer = answers.isEmpty() ? always : answers.removeFirst();
    }
    try (exchange) {
      answer.give(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A whole answer. */
  public static Answer json(String body) {
    return status(200, body);
  }

  /** An answer with a status and headers, name after value. */
  public static Answer status(int status, String body, String... headers) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    };
  }

  /** Half of an answer, then the connection's end. */
  public static Answer cutOff(String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
      exchange.getResponseBody().flush();
      throw new IOException("cut off");
    };
  }

  /** Nothing for a while, then an answer. */
  public static Answer after(long millis, Answer answer) {
    return exchange -> {
      Thread.sleep(millis);
      answer.give(exchange);
    };
  }

  /** A byte every now and then, for as long as anyone listens. */
  public static Answer dripping() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      while (true) {
        out.write(' ');
        out.flush();
        Thread.sleep(20);
      }
    };
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
