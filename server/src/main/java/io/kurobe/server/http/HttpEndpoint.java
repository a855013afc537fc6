package io.kurobe.server.http;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.avatica.AvaticaEndpoint;
import io.kurobe.server.security.Authenticator;
import io.kurobe.server.session.Caller;
import io.kurobe.server.wire.WireEndpoint;
import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server, listening. Whoever opened it closes it. */
public final class HttpEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

  /** Longer than any answer takes: planning an ASK may ask a model first. */
  private static final Duration IDLE = Duration.ofMinutes(15);

  /** For whatever waits for no statement: a cancel is answered however many requests wait. */
  private static final int OTHER_THREADS = 100;

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Server server;
  private final ServerConnector connector;
  private final Optional<TlsPort> tls;

  private HttpEndpoint(Server server, ServerConnector connector, Optional<TlsPort> tls) {
    this.server = server;
    this.connector = connector;
    this.tls = tls;
  }

  /**
   * What the server needs.
   *
   * @param port 0 takes a free one
   * @param tls the keys for TLS; empty speaks HTTP without it
   * @param mostRequestBytes the size of a request's body at most
   * @param statementThreads how many threads statements hold at most, each of which a request may
   *     wait for
   * @param avatica makes the Avatica endpoint, given this server's address
   * @param wire the endpoint of the columnar wire
   * @param catalogVersion another text whenever what is seen of the catalog may be another
   * @param health asks the sources
   * @param metrics writes the metrics as Prometheus reads them
   * @param authenticator says who sends a request
   * @param sourcesShownTo who may know which sources there are
   */
  public record Settings(
      String host,
      int port,
      Optional<ServerKeys> tls,
      long mostRequestBytes,
      int statementThreads,
      Function<String, AvaticaEndpoint> avatica,
      WireEndpoint wire,
      Supplier<String> catalogVersion,
      Supplier<List<SourceHealth>> health,
      Supplier<String> metrics,
      Authenticator authenticator,
      Predicate<Caller> sourcesShownTo) {}

  /** Binds the port, then listens. */
  public static HttpEndpoint start(Settings settings) {
    QueuedThreadPool threads = new QueuedThreadPool(settings.statementThreads() + OTHER_THREADS);
    threads.setName("http");
    threads.setDaemon(true);
    if (VirtualThreads.areSupported()) {
      threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    }
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.addCustomizer(
        (request, headers) -> {
          headers.put(WireEndpoint.PROTOCOL, WireEndpoint.VERSION);
          return request;
        });
    Optional<TlsPort> tls = settings.tls().map(TlsPort::open);
    ConnectionFactory[] speaking =
        tls.map(port -> port.connections(http))
            .orElseGet(() -> new ConnectionFactory[] {new HttpConnectionFactory(http)});
    ServerConnector connector = new ServerConnector(server, speaking);
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setReuseAddress(true);
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    server.setErrorHandler(new PlainErrors());
    server.setStopTimeout(GRACE.toMillis());
    String address = settings.host() + ":" + settings.port();
    try {
      connector.open();
      address = settings.host() + ":" + connector.getLocalPort();
      Routes routes =
          new Routes(
              settings.avatica().apply(address),
              settings.wire(),
              settings.catalogVersion(),
              settings.health(),
              settings.metrics(),
              settings.sourcesShownTo(),
              settings.mostRequestBytes());
      Handler open = new AuthenticationHandler(settings.authenticator(), routes);
      server.setHandler(new GracefulHandler(tls.isPresent() ? new TlsOnly(open) : open));
      server.start();
      return new HttpEndpoint(server, connector, tls);
    } catch (Exception e) {
      tls.ifPresent(TlsPort::close);
      stop(server);
      throw notStarted(address, e);
    }
  }

  private static KurobeException notStarted(String address, Exception e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof BindException) {
        return new KurobeException(
                ErrorCode.CONFIGURATION, "the address " + address + " cannot be listened at", e)
            .withHint("It is in use or not this machine's: choose another with server.port.");
      }
      if (at instanceof UnresolvedAddressException || at instanceof UnknownHostException) {
        return new KurobeException(
            ErrorCode.CONFIGURATION, "the host of " + address + " is unknown (server.host)", e);
      }
    }
    if (e instanceof KurobeException known) {
      return known;
    }
    return new KurobeException(
        ErrorCode.INTERNAL, "the HTTP server did not start at " + address, e);
  }

  /** The port it listens at. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Takes no new requests, gives those at work a moment, and stops. */
  @Override
  public void close() {
    tls.ifPresent(TlsPort::close);
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("the HTTP server did not stop cleanly", e);
    }
  }

  /** Jetty's own errors, such as a request that is not HTTP: a line, and nothing of the code. */
  private static final class PlainErrors extends org.eclipse.jetty.server.handler.ErrorHandler {
    PlainErrors() {
      setShowStacks(false);
      setShowCauses(false);
    }

    @Override
    public boolean handle(
        org.eclipse.jetty.server.Request request,
        org.eclipse.jetty.server.Response response,
        org.eclipse.jetty.util.Callback callback)
        throws IOException {
      Answers.text(response, response.getStatus(), "The request could not be answered.", callback);
      return true;
    }
  }
}
