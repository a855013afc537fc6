package io.kurobe.server.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS at the port: version 1.2 or later, with keys that are read anew when their files change. What
 * opens without TLS is HTTP too, so that {@link TlsOnly} may tell it what is missing. Whoever
 * opened it closes it.
 */
final class TlsPort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsPort.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  /** What tells a file from the one that was there before. */
  private record Stamp(Path real, FileTime modified, long size) {}

  private final ServerKeys keys;
  private final SslContextFactory.Server factory = new SslContextFactory.Server();
  private final ScheduledExecutorService looking;
  private List<Stamp> seen;

  private TlsPort(ServerKeys keys) {
    this.keys = requireNonNull(keys, "keys is null");
    this.seen = stamps(keys.files());
    factory.setIncludeProtocols("TLSv1.2", "TLSv1.3");
    factory.setSslContext(keys.load());
    this.looking =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "tls-keys");
              thread.setDaemon(true);
              return thread;
            });
    looking.scheduleWithFixedDelay(
        this::reloadIfChanged, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Reads the keys. */
  static TlsPort open(ServerKeys keys) {
    return new TlsPort(keys);
  }

  /** What a connector speaks: TLS and within it HTTP, or HTTP alone. */
  ConnectionFactory[] connections(HttpConfiguration http) {
    HttpConnectionFactory inside = new HttpConnectionFactory(http);
    return new ConnectionFactory[] {
      new DetectorConnectionFactory(new SslConnectionFactory(factory, inside.getProtocol())), inside
    };
  }

  private void reloadIfChanged() {
    List<Stamp> now = stamps(keys.files());
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      var context = keys.load();
      factory.reload(same -> factory.setSslContext(context));
      LOG.info("the keys of TLS were read anew");
    } catch (Exception e) {
      // Perhaps but one of two files is there yet: the other will change, too.
      LOG.warn("the keys of TLS stay as they were: {}", e.getMessage());
    }
  }

  private static List<Stamp> stamps(List<Path> files) {
    List<Stamp> stamps = new ArrayList<>();
    for (Path file : files) {
      try {
        Path real = file.toRealPath();
        stamps.add(new Stamp(real, Files.getLastModifiedTime(real), Files.size(real)));
      } catch (IOException e) {
        stamps.add(new Stamp(file, FileTime.fromMillis(0), -1));
      }
    }
    return stamps;
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
