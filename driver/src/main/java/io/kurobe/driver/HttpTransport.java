package io.kurobe.driver;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;

/**
 * One server as a function from request bytes to response bytes, over HTTP/1.1. Any number of
 * threads may send at once; each exchange has a connection of the shared pool to itself, which is
 * what lets a cancel overtake the statement it cancels.
 */
final class HttpTransport {
  private static final String PROTOCOL = "Kurobe-Protocol";
  private static final String STATE = "Kurobe-State";
  private static final String CATALOG = "Kurobe-Catalog";

  /** The version of docs/wire.md that this driver speaks. */
  private static final String VERSION = "1";

  private final HttpClient client;
  private final URI endpoint;
  private final String server;
  private final Optional<String> authorization;
  private final Optional<Duration> timeout;
  private final String userAgent;
  private final ServerWarnings warnings;
  private final MetadataCache metadata;
  private final AtomicBoolean columnar;

  private HttpTransport(
      HttpClient client,
      URI endpoint,
      String server,
      Optional<String> authorization,
      Optional<Duration> timeout,
      String userAgent,
      ServerWarnings warnings,
      MetadataCache metadata,
      AtomicBoolean columnar) {
    this.client = client;
    this.endpoint = endpoint;
    this.server = server;
    this.authorization = authorization;
    this.timeout = timeout;
    this.userAgent = userAgent;
    this.warnings = warnings;
    this.metadata = metadata;
    this.columnar = columnar;
  }

  /**
   * The way to the server of a connection.
   *
   * @param warnings hear what statements are warned of
   * @param metadata hears of the catalog's version with every answer
   */
  static HttpTransport to(
      ConnectionSettings settings, String version, ServerWarnings warnings, MetadataCache metadata)
      throws SQLException {
    return new HttpTransport(
        HttpClients.of(settings),
        settings.endpoint(),
        settings.address().toString(),
        authorization(settings),
        Optional.empty(),
        "kurobe-jdbc/" + version,
        warnings,
        metadata,
        new AtomicBoolean());
  }

  private static Optional<String> authorization(ConnectionSettings settings) {
    Optional<String> bearer =
        settings.text(DriverProperty.API_KEY).or(() -> settings.text(DriverProperty.TOKEN));
    String password = settings.text(DriverProperty.PASSWORD).orElse("");
    return bearer
        .map(proof -> "Bearer " + proof.strip())
        .or(() -> settings.text(DriverProperty.USER).map(name -> basic(name, password)));
  }

  private static String basic(String user, String password) {
    byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  /** The same server, giving up when an answer takes longer. */
  HttpTransport within(Duration timeout) {
    return new HttpTransport(
        client,
        endpoint,
        server,
        authorization,
        Optional.of(timeout),
        userAgent,
        warnings,
        metadata,
        columnar);
  }

  /** A request of Avatica's and its answer. */
  byte[] send(byte[] body) throws SQLException {
    HttpRequest.Builder request =
        request(endpoint, body)
            // Times with microseconds: as text, which every server's answer is read for.
            .header("Kurobe-Wire", "1");
    return avatica(sent(request.build()));
  }

  /** Whether the server has shown that it speaks the columnar wire. */
  boolean isColumnar() {
    return columnar.get();
  }

  /** A request of the columnar wire and its answer. */
  Reply post(String path, byte[] json) throws SQLException {
    return reply(sent(columnar(path, json)));
  }

  /** The same, without waiting; {@link #arrived} waits. */
  CompletableFuture<HttpResponse<byte[]>> postAhead(String path, byte[] json) {
    // What it tells of the catalog is true when it comes, not when somebody wants its rows.
    return client.sendAsync(columnar(path, json), BodyHandlers.ofByteArray()).thenApply(this::told);
  }

  /** The answer to {@link #postAhead}. */
  Reply arrived(CompletableFuture<HttpResponse<byte[]>> answer) throws SQLException {
    try {
      return reply(answer.get());
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException
          ? failed((IOException) e.getCause())
          : SqlErrors.translate(e.getCause());
    }
  }

  private HttpRequest columnar(String path, byte[] json) {
    return request(endpoint.resolve(path), json).header(PROTOCOL, VERSION).build();
  }

  private HttpRequest.Builder request(URI address, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("User-Agent", userAgent)
            .POST(BodyPublishers.ofByteArray(body));
    authorization.ifPresent(value -> request.header("Authorization", value));
    timeout.ifPresent(request::timeout);
    return request;
  }

  private HttpResponse<byte[]> sent(HttpRequest request) throws SQLException {
    try {
      return told(client.send(request, BodyHandlers.ofByteArray()));
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private HttpResponse<byte[]> told(HttpResponse<byte[]> answer) {
    metadata.told(answer.headers().firstValue(CATALOG).orElse(null));
    return answer;
  }

  private SQLException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return SqlErrors.of(
        SqlErrors.CANCELLED,
        SqlErrors.CANCELLED_NUMBER,
        "the thread was interrupted while it waited for " + server,
        e);
  }

  private SQLException failed(IOException e) {
    if (e instanceof HttpConnectTimeoutException) {
      return refused("no connection to " + server + " in time", e);
    }
    if (e instanceof HttpTimeoutException) {
      return lost("no answer of " + server + " in time", e);
    }
    if (e instanceof SSLException) {
      return refused(tlsFailure((SSLException) e), e);
    }
    return e instanceof ConnectException || e.getCause() instanceof ConnectException
        ? unreachable(e)
        : lost("lost the connection to " + server + ": " + reason(e), e);
  }

  private byte[] avatica(HttpResponse<byte[]> response) throws SQLException {
    checkAuthenticated(response);
    byte[] body = response.body();
    response.headers().firstValue(ServerWarnings.HEADER).ifPresent(warnings::tell);
    if (response.headers().firstValue(PROTOCOL).isPresent()) {
      columnar.set(true);
    }
    // The endpoint answers an error of the statement with status 500 and the error as its body.
    if (response.statusCode() == 200 || isJson(body)) {
      return body;
    }
    throw foreign(response);
  }

  private Reply reply(HttpResponse<byte[]> response) throws SQLException {
    checkAuthenticated(response);
    response.headers().firstValue(ServerWarnings.HEADER).ifPresent(warnings::tell);
    if (response.statusCode() == 200) {
      return new Reply(state(response), response.body());
    }
    throw isJson(response.body()) ? SqlErrors.ofWire(response.body()) : foreign(response);
  }

  private static Reply.State state(HttpResponse<byte[]> response) throws SQLException {
    String state = response.headers().firstValue(STATE).orElse("none");
    try {
      return Reply.State.valueOf(state.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw SqlErrors.notUnderstood(e);
    }
  }

  private void checkAuthenticated(HttpResponse<byte[]> response) throws SQLException {
    if (response.statusCode() == 401) {
      String told = SqlErrors.told(response.body()).map(why -> ": " + why).orElse("");
      throw SqlErrors.of(
          SqlErrors.NOT_AUTHENTICATED,
          authorization.isPresent()
              ? server + " refused who connects" + told
              : server + " asks for a user and a password, an API key or a token");
    }
  }

  private static boolean isJson(byte[] body) {
    return body.length > 0 && body[0] == '{';
  }

  private SQLException foreign(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    return SqlErrors.of(
        status == 503 ? "08004" : SqlErrors.PROTOCOL_VIOLATION,
        server + " answered with HTTP status " + status + "; is it a Kurobe server?");
  }

  private SQLException unreachable(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return refused("unknown host: " + endpoint.getHost(), e);
      }
    }
    return refused(server + " refused the connection; is the server running?", e);
  }

  private String tlsFailure(SSLException e) {
    if (cause(e, CertPathBuilderException.class).isPresent()) {
      return "the certificate of "
          + server
          + " is not trusted; tlsCertificate may name one to trust";
    }
    return cause(e, CertificateException.class)
        .map(why -> "the certificate of " + server + " is not accepted: " + why.getMessage())
        .orElse(
            server + " did not agree on TLS: " + reason(e) + "; does it speak TLS at this port?");
  }

  private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> kind) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
    }
    return Optional.empty();
  }

  private static SQLException refused(String message, IOException cause) {
    return SqlErrors.of(SqlErrors.CONNECTION_REFUSED, 0, message, cause);
  }

  private static SQLException lost(String message, IOException cause) {
    return SqlErrors.of(SqlErrors.CONNECTION_LOST, 0, message, cause);
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
