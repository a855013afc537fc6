package io.kurobe.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.avatica.AvaticaEndpoint;
import io.kurobe.server.avatica.AvaticaEndpoint.Answer;
import io.kurobe.server.avatica.AvaticaEndpoint.Encoding;
import io.kurobe.server.avatica.ClientHabits;
import io.kurobe.server.avatica.WireForm;
import io.kurobe.server.session.Caller;
import io.kurobe.server.session.Scope;
import io.kurobe.server.wire.WireAnswer;
import io.kurobe.server.wire.WireEndpoint;
import io.kurobe.server.wire.WireEndpoint.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What is where: Avatica's protocol at {@code POST /}, the columnar wire below {@code /v1/}, {@code
 * GET /health}, {@code GET /metrics}.
 */
final class Routes extends Handler.Abstract {
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AvaticaEndpoint avatica;
  private final WireEndpoint wire;
  private final Supplier<String> catalogVersion;
  private final Supplier<List<SourceHealth>> health;
  private final Supplier<String> metrics;
  private final Predicate<Caller> sourcesShownTo;
  private final long mostBytes;

  Routes(
      AvaticaEndpoint avatica,
      WireEndpoint wire,
      Supplier<String> catalogVersion,
      Supplier<List<SourceHealth>> health,
      Supplier<String> metrics,
      Predicate<Caller> sourcesShownTo,
      long mostBytes) {
    this.avatica = avatica;
    this.wire = wire;
    this.catalogVersion = catalogVersion;
    this.health = health;
    this.metrics = metrics;
    this.sourcesShownTo = sourcesShownTo;
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
          byte[] told = healthJson(AuthenticationHandler.caller(request));
          Answers.write(response, OK, "application/json;charset=utf-8", told, callback);
        } else {
          Answers.text(response, METHOD_NOT_ALLOWED, "Use GET.", callback);
        }
      }
      case "/metrics" -> {
        if (!AuthenticationHandler.caller(request).may(Scope.METRICS)) {
          Answers.text(response, FORBIDDEN, "This API key is not for metrics.", callback);
        } else if (get) {
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
      default -> {
        Optional<Exchange> exchange = Exchange.at(path);
        if (exchange.isEmpty()) {
          Answers.text(response, NOT_FOUND, "There is nothing at this address.", callback);
        } else if (request.getMethod().equals("POST")) {
          wire(exchange.get(), request, response, callback);
        } else {
          Answers.text(response, METHOD_NOT_ALLOWED, "Use POST.", callback);
        }
      }
    }
    return true;
  }

  /** Whether a request is one of the columnar wire, whose errors are in its own form. */
  static boolean isWire(Request request) {
    return Exchange.at(Request.getPathInContext(request)).isPresent();
  }

  private void wire(Exchange exchange, Request request, Response response, Callback callback)
      throws IOException {
    byte[] body = body(request);
    if (body.length > mostBytes) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      write(response, WireAnswer.failure(tooLarge()), callback);
      return;
    }
    String version = request.getHeaders().get(WireEndpoint.PROTOCOL);
    Executor executor = request.getComponents().getExecutor();
    answered(
        wire.answer(AuthenticationHandler.caller(request), exchange, version, body, executor),
        answer -> write(withVersion(response), answer, callback),
        callback);
  }

  /** Told after an answer was made: what was in it is of no later version. */
  private Response withVersion(Response response) {
    response.getHeaders().put(WireAnswer.CATALOG, catalogVersion.get());
    return response;
  }

  static void write(Response response, WireAnswer answer, Callback callback) {
    answer
        .state()
        .ifPresent(state -> response.getHeaders().put(WireAnswer.STATE, state.toString()));
    answer.warnings().ifPresent(told -> response.getHeaders().put(AvaticaEndpoint.WARNINGS, told));
    Answers.write(response, answer.status(), answer.contentType(), answer.body(), callback);
  }

  /** What was sent, or one byte more than may be. */
  private byte[] body(Request request) throws IOException {
    try (InputStream in = Content.Source.asInputStream(request)) {
      return in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8L, mostBytes + 1));
    }
  }

  private KurobeException tooLarge() {
    return new KurobeException(
            ErrorCode.STATEMENT_TOO_LARGE, "the request is larger than " + mostBytes + " bytes")
        .withHint("Send a shorter statement, or raise limits.requestSize.");
  }

  private void avatica(Request request, Response response, Callback callback) throws IOException {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    String contentType = type == null ? "" : type;
    byte[] body = body(request);
    Encoding encoding = AvaticaEndpoint.encodingOf(contentType, body);
    if (body.length > mostBytes) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      write(response, TOO_LARGE, AvaticaEndpoint.failure(encoding, tooLarge()), callback);
      return;
    }
    ClientHabits habits =
        ClientHabits.of(
            encoding,
            request.getHeaders().get(WireForm.HEADER),
            request.getHeaders().get(HttpHeader.USER_AGENT));
    Executor executor = request.getComponents().getExecutor();
    answered(
        avatica.answer(AuthenticationHandler.caller(request), encoding, habits, body, executor),
        answer -> write(request, withVersion(response), answer, callback),
        callback);
  }

  /** Writes an answer, now or when it comes. */
  private static <T> void answered(
      CompletableFuture<T> answer, Consumer<T> writer, Callback callback) {
    answer
        .thenAccept(writer)
        .exceptionally(
            error -> {
              callback.failed(error);
              return null;
            });
  }

  private static void write(Request request, Response response, Answer answer, Callback callback) {
    if (answer.encoding() == Encoding.JSON
        && !answer.isOfStatement()
        && Gzip.isWorth(request, answer.body())) {
      response.getHeaders().put(HttpHeader.CONTENT_ENCODING, Gzip.NAME);
      write(response, answer.status(), answer.withBody(Gzip.of(answer.body())), callback);
    } else {
      write(response, answer.status(), answer, callback);
    }
  }

  private static void write(Response response, int status, Answer answer, Callback callback) {
    answer.warnings().ifPresent(told -> response.getHeaders().put(AvaticaEndpoint.WARNINGS, told));
    Answers.write(response, status, answer.encoding().contentType(), answer.body(), callback);
  }

  /** Which sources there are is told to those who may administer, or where all may see all. */
  private byte[] healthJson(Caller caller) throws IOException {
    List<SourceHealth> sources = health.get();
    ObjectNode root = JSON.createObjectNode();
    boolean allUp = sources.stream().allMatch(source -> source.health().up());
    root.put("status", allUp ? "up" : "degraded");
    if (!sourcesShownTo.test(caller)) {
      return JSON.writeValueAsBytes(root);
    }
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
