package io.kurobe.nl2sql.model.provider;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.kurobe.nl2sql.model.ModelFailure;
import io.kurobe.nl2sql.model.ModelFailure.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange with a provider: the transport that LangChain4j is given. Its own transport
 * bounds neither the size of an answer nor the time of a slow one, and loses Retry-After; here the
 * whole exchange has one time limit, a body of more than a mebibyte is not read on, and what failed
 * is remembered in the words of {@link ModelFailure}. Redirections are not followed: the key would
 * go with them. Used by one thread.
 */
final class Exchange implements dev.langchain4j.http.client.HttpClient, HttpClientBuilder {
  static final int MOST_BYTES = 1 << 20;

  private final HttpClient client;
  private final Duration timeout;
  private final long began = System.nanoTime();
  private final Optional<String> key;
  private @Nullable ModelFailure failure;

  Exchange(HttpClient client, Duration timeout, Optional<String> key) {
    this.client = client;
    this.timeout = timeout;
    this.key = key;
  }

  /** What went wrong on the way, if anything did. */
  Optional<ModelFailure> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    try {
      return answered(request);
    } catch (ModelFailure e) {
      failure = e;
      throw e;
    }
  }

  private SuccessfulHttpResponse answered(HttpRequest request) {
    HttpResponse<Optional<byte[]>> response = response(translated(request));
    byte[] body =
        response
            .body()
            .orElseThrow(
                () ->
                    new ModelFailure(
                        Kind.TOO_LARGE, "answered with more than " + MOST_BYTES + " bytes"));
    int status = response.statusCode();
    if (status < 200 || status > 299) {
      throw Refusals.of(status, response.headers(), new String(body, StandardCharsets.UTF_8), key);
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(status)
        .headers(response.headers().map())
        .body(body)
        .build();
  }

  private static java.net.http.HttpRequest translated(HttpRequest request) {
    try {
      var translated = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
      request
          .headers()
          .forEach((name, values) -> values.forEach(value -> translated.header(name, value)));
      translated.method(
          request.method().name(),
          request.body() == null
              ? BodyPublishers.noBody()
              : BodyPublishers.ofString(request.body()));
      return translated.build();
    } catch (IllegalArgumentException e) {
      throw new ModelFailure(Kind.UNREACHABLE, "cannot be asked: its address or key is malformed");
    }
  }

  private HttpResponse<Optional<byte[]>> response(java.net.http.HttpRequest request) {
    CompletableFuture<HttpResponse<Optional<byte[]>>> future =
        client.sendAsync(request, head -> new BoundedBody(MOST_BYTES));
    try {
      long left = timeout.toNanos() - (System.nanoTime() - began);
      return future.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new ModelFailure(Kind.TIMED_OUT, "gave no answer in " + timeout.toMillis() + " ms");
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new ModelFailure(Kind.CANCELLED, "was asked no longer: the statement was cancelled");
    } catch (ExecutionException e) {
      throw Refusals.unreached(e.getCause());
    }
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("answers are not streamed");
  }

  @Override
  public Duration connectTimeout() {
    return timeout;
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration ignored) {
    return this;
  }

  @Override
  public Duration readTimeout() {
    return timeout;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration ignored) {
    return this;
  }

  @Override
  public dev.langchain4j.http.client.HttpClient build() {
    return this;
  }
}
