package io.kurobe.driver;

import io.kurobe.driver.http.HttpAnswer;
import io.kurobe.driver.http.HttpConnections;
import io.kurobe.driver.http.HttpPost;
import io.kurobe.driver.http.Origin;
import io.kurobe.driver.http.TimedOutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
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
 * threads may send at once; each exchange has a connection to itself, which is what lets a cancel
 * overtake the statement it cancels. Whoever made the first closes it, for all that share it.
 */
final class HttpTransport implements AutoCloseable {
  private static final String PROTOCOL = "Kurobe-Protocol";
  private static final String STATE = "Kurobe-State";
  private static final String CATALOG = "Kurobe-Catalog";

  /** The version of docs/wire.md that this driver speaks. */
  private static final String VERSION = "1";

  private final HttpConnections connections;
  private final String server;
  private final boolean authorized;
  private final String headers;
  private final Optional<Duration> timeout;
  private final ServerWarnings warnings;
  private final MetadataCache metadata;
  private final AtomicBoolean columnar;

  private HttpTransport(
      HttpConnections connections,
      String server,
      boolean authorized,
      String headers,
      Optional<Duration> timeout,
      ServerWarnings warnings,
      MetadataCache metadata,
      AtomicBoolean columnar) {
    this.connections = connections;
    this.server = server;
    this.authorized = authorized;
    this.headers = headers;
    this.timeout = timeout;
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
    ServerAddress server = settings.address();
    Optional<String> authorization = authorization(settings);
    String headers =
        "Content-Type: application/json\r\nUser-Agent: kurobe-jdbc/"
            + version
            + "\r\n"
            + authorization.map(value -> "Authorization: " + value + "\r\n").orElse("");
    return new HttpTransport(
        new HttpConnections(new Origin(server.host(), server.port(), TlsTrust.of(settings))),
        server.toString(),
        authorization.isPresent(),
        headers,
        Optional.empty(),
        warnings,
        metadata,
        new AtomicBoolean());
  }

  private static Optional<String> authorization(ConnectionSettings settings) throws SQLException {
    Optional<String> bearer =
        settings.text(DriverProperty.API_KEY).or(() -> settings.text(DriverProperty.TOKEN));
    if (bearer.isPresent() && !bearer.get().strip().chars().allMatch(c -> c > ' ' && c < 127)) {
      throw SqlErrors.of(
          SqlErrors.CONNECTION_REFUSED,
          "the API key or token holds a blank, a line break or a letter that none has");
    }
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
        connections,
        server,
        authorized,
        headers,
        Optional.of(timeout),
        warnings,
        metadata,
        columnar);
  }

  /** A request of Avatica's and its answer. */
  byte[] send(byte[] body) throws SQLException {
    // Times with microseconds: as text, which every server's answer is read for.
    return avatica(sent(new HttpPost("/", headers + "Kurobe-Wire: 1\r\n", body)));
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
  CompletableFuture<HttpAnswer> postAhead(String path, byte[] json) {
    HttpPost post = columnar(path, json);
    // What it tells of the catalog is true when it comes, not when somebody wants its rows.
    return Ahead.of(() -> told(connections.exchange(post, timeout)));
  }

  /** The answer to {@link #postAhead}. */
  Reply arrived(CompletableFuture<HttpAnswer> answer) throws SQLException {
    try {
      return reply(answer.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException
          ? failed((IOException) e.getCause())
          : SqlErrors.translate(e.getCause());
    }
  }

  private HttpPost columnar(String path, byte[] json) {
    return new HttpPost(path, headers + PROTOCOL + ": " + VERSION + "\r\n", json);
  }

  private HttpAnswer sent(HttpPost post) throws SQLException {
    try {
      return told(connections.exchange(post, timeout));
    } catch (IOException e) {
      throw Thread.currentThread().isInterrupted() ? interrupted(e) : failed(e);
    }
  }

  private HttpAnswer told(HttpAnswer answer) {
    metadata.told(answer.header(CATALOG).orElse(null));
    return answer;
  }

  /** Closes the connections that wait for a next request. */
  @Override
  public void close() {
    connections.close();
  }

  /** Closes those too that wait for an answer. */
  void abort() {
    connections.abort();
  }

  private SQLException interrupted(Exception e) {
    return SqlErrors.of(
        SqlErrors.CANCELLED,
        SqlErrors.CANCELLED_NUMBER,
        "the thread was interrupted while it waited for " + server,
        e);
  }

  private SQLException failed(IOException e) {
    if (e instanceof TimedOutException) {
      return ((TimedOutException) e).isConnected()
          ? lost("no answer of " + server + " in time", e)
          : refused("no connection to " + server + " in time", e);
    }
    if (e instanceof UnknownHostException) {
      return refused("unknown host: " + e.getMessage(), e);
    }
    if (e instanceof SSLException) {
      return refused(tlsFailure((SSLException) e), e);
    }
    return e instanceof ConnectException || e instanceof NoRouteToHostException
        ? refused(server + " refused the connection; is the server running?", e)
        : lost("lost the connection to " + server + ": " + reason(e), e);
  }

  private byte[] avatica(HttpAnswer response) throws SQLException {
    checkAuthenticated(response);
    byte[] body = response.body();
    response.header(ServerWarnings.HEADER).ifPresent(warnings::tell);
    if (response.header(PROTOCOL).isPresent()) {
      columnar.set(true);
    }
    // The endpoint answers an error of the statement with status 500 and the error as its body.
    if (response.status() == 200 || isJson(body)) {
      return body;
    }
    throw foreign(response);
  }

  private Reply reply(HttpAnswer response) throws SQLException {
    checkAuthenticated(response);
    response.header(ServerWarnings.HEADER).ifPresent(warnings::tell);
    if (response.status() == 200) {
      return new Reply(state(response), response.body());
    }
    throw isJson(response.body()) ? SqlErrors.ofWire(response.body()) : foreign(response);
  }

  private static Reply.State state(HttpAnswer response) throws SQLException {
    String state = response.header(STATE).orElse("none");
    try {
      return Reply.State.valueOf(state.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw SqlErrors.notUnderstood(e);
    }
  }

  private void checkAuthenticated(HttpAnswer response) throws SQLException {
    if (response.status() == 401) {
      String told = SqlErrors.told(response.body()).map(why -> ": " + why).orElse("");
      throw SqlErrors.of(
          SqlErrors.NOT_AUTHENTICATED,
          authorized
              ? server + " refused who connects" + told
              : server + " asks for a user and a password, an API key or a token");
    }
  }

  private static boolean isJson(byte[] body) {
    return body.length > 0 && body[0] == '{';
  }

  private SQLException foreign(HttpAnswer response) {
    int status = response.status();
    return SqlErrors.of(
        status == 503 ? "08004" : SqlErrors.PROTOCOL_VIOLATION,
        server + " answered with HTTP status " + status + "; is it a Kurobe server?");
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
