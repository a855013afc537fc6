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
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * One server as a function from request bytes to response bytes, over HTTP/1.1. Any number of
 * threads may send at once; each exchange has a connection of the shared pool to itself, which is
 * what lets a cancel overtake the statement it cancels.
 */
final class HttpTransport {
  private final HttpClient client;
  private final URI endpoint;
  private final String server;
  private final Optional<String> authorization;
  private final Optional<Duration> timeout;
  private final String userAgent;
  private final ServerWarnings warnings;

  private HttpTransport(
      HttpClient client,
      URI endpoint,
      String server,
      Optional<String> authorization,
      Optional<Duration> timeout,
      String userAgent,
      ServerWarnings warnings) {
    this.client = client;
    this.endpoint = endpoint;
    this.server = server;
    this.authorization = authorization;
    this.timeout = timeout;
    this.userAgent = userAgent;
    this.warnings = warnings;
  }

  static HttpTransport to(ConnectionSettings settings, String version, ServerWarnings warnings)
      throws SQLException {
    Optional<String> user = settings.text(DriverProperty.USER);
    String password = settings.text(DriverProperty.PASSWORD).orElse("");
    return new HttpTransport(
        HttpClients.of(settings),
        settings.endpoint(),
        settings.address().toString(),
        user.map(name -> basic(name, password)),
        Optional.empty(),
        "kurobe-jdbc/" + version,
        warnings);
  }

  private static String basic(String user, String password) {
    byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  /** The same server, giving up when an answer takes longer. */
  HttpTransport within(Duration timeout) {
    return new HttpTransport(
        client, endpoint, server, authorization, Optional.of(timeout), userAgent, warnings);
  }

  byte[] send(String contentType, byte[] body) throws SQLException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", contentType)
            .header("User-Agent", userAgent)
            // Times with microseconds: as text, which every server's answer is read for.
            .header("Kurobe-Wire", "1")
            .POST(BodyPublishers.ofByteArray(body));
    authorization.ifPresent(value -> request.header("Authorization", value));
    timeout.ifPresent(request::timeout);
    try {
      return body(client.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SqlErrors.of(
          SqlErrors.CANCELLED,
          SqlErrors.CANCELLED_NUMBER,
          "the thread was interrupted while it waited for " + server,
          e);
    } catch (HttpConnectTimeoutException e) {
      throw refused("no connection to " + server + " in time", e);
    } catch (HttpTimeoutException e) {
      throw lost("no answer of " + server + " in time", e);
    } catch (ConnectException e) {
      throw unreachable(e);
    } catch (SSLException e) {
      throw refused(tlsFailure(e), e);
    } catch (IOException e) {
      throw e.getCause() instanceof ConnectException
          ? unreachable(e)
          : lost("lost the connection to " + server + ": " + reason(e), e);
    }
  }

  private byte[] body(HttpResponse<byte[]> response) throws SQLException {
    response.headers().firstValue(ServerWarnings.HEADER).ifPresent(warnings::tell);
    byte[] body = response.body();
    int status = response.statusCode();
    if (status == 401) {
      throw SqlErrors.of(
          SqlErrors.NOT_AUTHENTICATED,
          authorization.isPresent()
              ? server + " refused the user or the password"
              : server + " asks for a user and a password");
    }
    // The endpoint answers an error of the statement with status 500 and the error as its body.
    if (status == 200 || (body.length > 0 && body[0] == '{')) {
      return body;
    }
    throw SqlErrors.of(
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
