package io.kurobe.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A language model of a test's on loopback, which speaks OpenAI's protocol. */
final class ModelEndpoint implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<String> told = new ArrayList<>();
  private volatile int status = 200;
  private volatile Function<String, String> answers;

  /** Starts one that answers by what it is told. */
  ModelEndpoint(Function<String, String> answers) {
    this.answers = answers;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/chat/completions", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  void answering(int newStatus, Function<String, String> newAnswers) {
    status = newStatus;
    answers = newAnswers;
  }

  /** The bodies of all requests. */
  synchronized List<String> told() {
    return List.copyOf(told);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    synchronized (this) {
      told.add(body);
    }
    String content = JSON.valueToTree(answers.apply(body)).toString();
    byte[] answer =
        ("{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"served\","
                + "\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":"
                + "\"assistant\",\"content\":"
                + content
                + "}}],\"usage\":{\"prompt_tokens\":400,\"completion_tokens\":30,"
                + "\"total_tokens\":430}}")
            .getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
