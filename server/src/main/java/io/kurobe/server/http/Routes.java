package io.kurobe.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.avatica.AvaticaEndpoint;
import io.kurobe.server.avatica.AvaticaEndpoint.Answer;
import io.kurobe.server.avatica.AvaticaEndpoint.Encoding;
import io.kurobe.server.avatica.WireForm;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What is where: the endpoint at {@code POST /}, {@code GET /health}, {@code GET /metrics}. */
final class Routes extends Handler.Abstract {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AvaticaEndpoint avatica;
  private final Supplier<List<SourceHealth>> health;
  private final Supplier<String> metrics;
  private final long mostBytes;

  Routes(
      AvaticaEndpoint avatica,
      Supplier<List<SourceHealth>> health,
      Supplier<String> metrics,
      long mostBytes) {
    this.avatica = avatica;
    this.health = health;
    this.metrics = metrics;
    this.mostBytes = mostBytes;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String path = Request.getPathInContext(request);
    boolean get = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    switch (path) {
      case "/", "" -> {
        if (request.getMethod().equals("POST")) {
          avatica(request, response, callback);
        } else if (get) {
          Answers.text(
              response, OK, "Kurobe: connect with JDBC; see /health and /metrics.", callback);
        } else {
          Answers.text(response, METHOD_NOT_ALLOWED, "Use POST.", callback);
        }
      }
      case "/health" -> {
        if (get) {
          Answers.write(response, OK, "application/json;charset=utf-8", healthJson(), callback);
        } else {
          Answers.text(response, METHOD_NOT_ALLOWED, "Use GET.", callback);
        }
      }
      case "/metrics" -> {
        if (get) {
          Answers.write(
              response,
              OK,
              "text/plain; version=0.0.4; charset=utf-8",
              metrics.get().getBytes(java.nio.charset.StandardCharsets.UTF_8),
              callback);
        } else {
          Answers.text(response, METHOD_NOT_ALLOWED, "Use GET.", callback);
        }
      }
      default -> Answers.text(response, NOT_FOUND, "There is nothing at this address.", callback);
    }
    return true;
  }

  private void avatica(Request request, Response response, Callback callback) throws IOException {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    String contentType = type == null ? "" : type;
    byte[] body;
    try (InputStream in = Content.Source.asInputStream(request)) {
      body = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8L, mostBytes + 1));
    }
    Encoding encoding = AvaticaEndpoint.encodingOf(contentType, body);
    if (body.length > mostBytes) {
      KurobeException error =
          new KurobeException(
                  ErrorCode.STATEMENT_TOO_LARGE,
                  "the request is larger than " + mostBytes + " bytes")
              .withHint("Send a shorter statement, or raise limits.requestSize.");
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      write(response, TOO_LARGE, AvaticaEndpoint.failure(encoding, error), callback);
      return;
    }
    // The exact form has text where protobuf's messages have numbers.
    WireForm form =
        encoding == Encoding.JSON
            ? WireForm.of(request.getHeaders().get(WireForm.HEADER))
            : WireForm.STOCK;
    Answer answer = avatica.answer(AuthenticationHandler.principal(request), encoding, form, body);
    answer.warnings().ifPresent(told -> response.getHeaders().put(AvaticaEndpoint.WARNINGS, told));
    write(response, answer.status(), answer, callback);
  }

  private static void write(Response response, int status, Answer answer, Callback callback) {
    Answers.write(response, status, answer.encoding().contentType(), answer.body(), callback);
  }

  private byte[] healthJson() throws IOException {
    List<SourceHealth> sources = health.get();
    ObjectNode root = JSON.createObjectNode();
    boolean allUp = sources.stream().allMatch(source -> source.health().up());
    root.put("status", allUp ? "up" : "degraded");
    ArrayNode list = root.putArray("sources");
    for (SourceHealth source : sources) {
      list.addObject()
          .put("name", source.source())
          .put("up", source.health().up())
          .put("detail", source.health().detail());
    }
    return JSON.writeValueAsBytes(root);
  }
}
