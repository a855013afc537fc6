package io.kurobe.examples.demo;

import io.kurobe.examples.local.LocalPostgres;
import io.kurobe.examples.local.Shutdown;
import io.kurobe.examples.shop.LoadException;
import io.kurobe.examples.shop.ShopLoader;
import io.kurobe.examples.shop.ShopSize;
import io.kurobe.server.Gateway;
import io.kurobe.server.config.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The running demo: its directory, its PostgreSQL and its gateway, started in this order and
 * stopped in the other. The shop is made at the first start and found again at later ones.
 */
final class Demo implements AutoCloseable {
  /**
   * What a person asked for.
   *
   * @param data where the demo keeps its data
   * @param port of the gateway; 0 takes a free one
   * @param scale of the shop, 1 for about 100,000 orders; null takes what is there, or 1
   */
  record Settings(Path data, int port, @Nullable Double scale) {}

  static final String DATABASE = "shop";

  private final Settings settings;
  private final Clock clock;
  private final PrintWriter out;
  private final Shutdown shutdown = new Shutdown();

  Demo(Settings settings, Clock clock, PrintWriter out) {
    this.settings = settings;
    this.clock = clock;
    this.out = out;
  }

  /**
   * Starts everything, telling what goes on.
   *
   * @return the gateway's JDBC URL
   * @throws DemoException if something is in the way; what was started stays for {@link #close}
   */
  String start() {
    requireFree(settings.port());
    DemoDirectory directory = shutdown.add(DemoDirectory.open(settings.data()));
    say("data in " + directory.root());
    Optional<ShopSize> wanted = wanted(directory);
    try {
      if (wanted.isPresent()) {
        if (directory.hasRemains()) {
          say("what is there is not a whole shop of that size: making it anew");
        }
        directory.clear();
      }
      long start = System.nanoTime();
      say("starting PostgreSQL…");
      LocalPostgres postgres = shutdown.add(startPostgres(directory));
      say("PostgreSQL started in " + seconds(start));
      if (wanted.isPresent()) {
        postgres.createDatabase(DATABASE);
        new ShopLoader(postgres.database(DATABASE), directory.duckDb(), this::say)
            .load(wanted.get());
        directory.markReady(wanted.get());
      }
      start = System.nanoTime();
      say("starting the gateway…");
      Gateway gateway = shutdown.add(Gateway.start(configuration(postgres, directory)));
      say("gateway started in " + seconds(start));
      return gateway.url();
    } catch (LoadException | SQLException e) {
      throw new DemoException("the shop could not be made: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DemoException("cannot write to " + directory.root() + ": " + e.getMessage(), e);
    }
  }

  private static LocalPostgres startPostgres(DemoDirectory directory) {
    try {
      return LocalPostgres.start(directory.root());
    } catch (IOException e) {
      throw new DemoException(e.getMessage(), e);
    }
  }

  /** Written as a file and read back: what the demo runs on is what a person would write. */
  private Configuration configuration(LocalPostgres postgres, DemoDirectory directory)
      throws IOException {
    Path file = directory.root().resolve("kurobe.yaml");
    Files.writeString(file, DemoConfiguration.yaml(settings.port(), postgres, directory));
    Configuration.Reading reading = Configuration.read(file);
    if (reading instanceof Configuration.Valid valid) {
      return valid.configuration();
    }
    throw new IllegalStateException("the demo's configuration is wrong: " + reading);
  }

  /** The shop to make; empty if the right one is there. */
  private Optional<ShopSize> wanted(DemoDirectory directory) {
    LocalDate yesterday = LocalDate.now(clock).minusDays(1);
    Optional<ShopSize> found = directory.ready();
    boolean fits =
        found.isPresent()
            && (settings.scale() == null || settings.scale() == found.get().scale())
            && Files.exists(directory.duckDb());
    if (!fits) {
      return Optional.of(new ShopSize(yesterday, settings.scale() == null ? 1 : settings.scale()));
    }
    LocalDate until = found.get().until();
    if (until.isBefore(yesterday.minusDays(31))) {
      say("its last orders are of " + until + "; delete the directory for a shop up to yesterday");
    }
    return Optional.empty();
  }

  /** Whether the demo was stopped, so that what fails now fails because of that. */
  boolean isStopped() {
    return shutdown.isClosed();
  }

  /** Stops the gateway, then PostgreSQL. The data stays. */
  @Override
  public void close() {
    shutdown.close();
  }

  private static void requireFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress("127.0.0.1", port));
    } catch (IOException e) {
      throw new DemoException("port " + port + " is in use; choose another with --port", e);
    }
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private static String seconds(long startNanos) {
    return "%.1f s".formatted(Duration.ofNanos(System.nanoTime() - startNanos).toMillis() / 1000.0);
  }
}
