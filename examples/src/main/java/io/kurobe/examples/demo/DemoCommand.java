package io.kurobe.examples.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.examples.local.Shutdown;
import io.kurobe.server.Gateway;
import io.kurobe.server.command.Command;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** {@code kurobe demo}: a shop over PostgreSQL and DuckDB, the gateway, and three statements. */
@CommandLine.Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    version = "kurobe " + Gateway.VERSION,
    description = {
      "Run the gateway over a made-up shop: its sales in an embedded PostgreSQL,",
      "what its web site saw in a DuckDB file. Shows a query and a question over",
      "both, then stays up for your own."
    },
    footerHeading = "%nTry, in another terminal:%n",
    footer = {
      "  ./kurobe ask 'revenue per region'",
      "  ./kurobe ask 'revenue last year per region'",
      "  ./kurobe ask 'number of orders last month'",
      "  ./kurobe ask 'which country has the most customers?'",
      "  ./kurobe ask 'how many products are in the category Tents'",
      "  ./kurobe ask 'how many orders were paid with PayPal'",
      "  ./kurobe ask 'number of web sessions per region'",
      "  ./kurobe ask 'number of web sessions per customer segment'",
      "  ./kurobe sql -e \"SELECT * FROM shop.public.orders LIMIT 5\""
    })
public final class DemoCommand implements Command {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "kurobe-demo",
      description = "Where the shop is kept (default: ${DEFAULT-VALUE}).")
  private Path data;

  @CommandLine.Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8765",
      description = "The gateway's port; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @CommandLine.Option(
      names = "--scale",
      paramLabel = "FACTOR",
      description = "Size of the shop (default: 1, about 100,000 orders).")
  private @Nullable Double scale;

  @CommandLine.Option(names = "--exit", description = "End after the three statements.")
  private boolean exit;

  @Override
  public Integer call() throws InterruptedException {
    requireInRange();
    keepLogQuiet();
    PrintWriter out = spec.commandLine().getOut();
    Demo demo = new Demo(new Demo.Settings(data, port, scale), Clock.systemUTC(), out);
    var stopped = new CountDownLatch(1);
    var finished = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(demo, stopped, finished), "stop"));
    try {
      String url = demo.start();
      invite(url, out);
      new Showcase(out).run(url);
      if (!exit) {
        out.println();
        out.println("The gateway stays up at " + url + "; Ctrl-C stops it.");
        out.flush();
        stopped.await();
      }
      demo.close();
      return CommandLine.ExitCode.OK;
    } catch (DemoException | Shutdown.StoppedException | KurobeException | SQLException e) {
      if (demo.isStopped()) {
        // Ctrl-C: what failed, failed because of it.
        return CommandLine.ExitCode.OK;
      }
      demo.close();
      PrintWriter err = spec.commandLine().getErr();
      err.println("kurobe demo: " + e.getMessage());
      err.flush();
      return CommandLine.ExitCode.SOFTWARE;
    } finally {
      finished.countDown();
    }
  }

  /** On the way out of the process, which ends with this: waits for what was about to start. */
  private static void stop(Demo demo, CountDownLatch stopped, CountDownLatch finished) {
    demo.close();
    stopped.countDown();
    try {
      if (!finished.await(20, TimeUnit.SECONDS)) {
        System.getLogger(DemoCommand.class.getName())
            .log(System.Logger.Level.WARNING, "the demo did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A line for each statement would stand between what the demo shows; a level given stays. */
  private static void keepLogQuiet() {
    if (System.getProperty("kurobe.log.level") == null
        && LoggerFactory.getLogger("io.kurobe") instanceof Logger log) {
      log.setLevel(Level.WARN);
    }
  }

  private void requireInRange() {
    if (port < 0 || port > 65_535) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--port is from 0 to 65535: " + port);
    }
    if (scale != null && !(scale > 0 && scale <= 100)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--scale is above 0 and at most 100: " + scale);
    }
  }

  private static void invite(String url, PrintWriter out) {
    out.println();
    out.println("Connect any JDBC tool:");
    out.println("   URL     " + url);
    String home = System.getProperty("kurobe.home");
    if (home != null) {
      out.println("   driver  " + Path.of(home, "driver", "target", "kurobe-jdbc.jar"));
    }
    out.println("   user and password may stay empty");
    out.flush();
  }
}
