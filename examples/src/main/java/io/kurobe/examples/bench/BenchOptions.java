package io.kurobe.examples.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.examples.local.Shutdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** What every benchmark can be told. */
final class BenchOptions {
  @CommandLine.Option(
      names = "--scale",
      paramLabel = "N",
      defaultValue = "1",
      description = "TPC-H's scale factor; 1 is 1 GB of text (default: ${DEFAULT-VALUE}).")
  private double scale;

  @CommandLine.Option(
      names = "--cache",
      paramLabel = "DIR",
      defaultValue = "kurobe-data/bench",
      description = "Where the data is kept between runs (default: ${DEFAULT-VALUE}).")
  private Path cache;

  @CommandLine.Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "1g",
      description = "The gateway's heap (default: ${DEFAULT-VALUE}).")
  private String heap;

  @CommandLine.Option(
      names = "--engine-memory",
      paramLabel = "SIZE",
      defaultValue = "2GB",
      description = "What DuckDB may use, Kurobe's and the peer (default: ${DEFAULT-VALUE}).")
  private String engineMemory;

  double scale() {
    return scale;
  }

  Path cache() {
    return cache;
  }

  String heap() {
    return heap;
  }

  String engineMemory() {
    return engineMemory;
  }

  void requireInRange(CommandLine.Model.CommandSpec spec) {
    if (!(scale >= 0.01 && scale <= 100)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--scale is from 0.01 to 100: " + scale);
    }
    if (!heap.matches("[0-9]+[kmgKMG]")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--heap is a size such as 1g: " + heap);
    }
    if (!engineMemory.matches("[0-9]+(MB|GB)")) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--engine-memory is a size such as 2GB: " + engineMemory);
    }
  }

  /** A benchmark; what it adds to the shutdown is closed however it ends. */
  interface Benchmark {
    /**
     * Runs it.
     *
     * @return whether everything that Kurobe was asked went well
     */
    boolean run(PrintWriter out, Shutdown shutdown) throws SQLException, IOException;
  }

  /** Runs a benchmark to its exit code, and closes what it opened, on Ctrl-C too. */
  int run(CommandLine.Model.CommandSpec spec, Benchmark benchmark) {
    keepLogQuiet();
    PrintWriter out = spec.commandLine().getOut();
    var shutdown = new Shutdown();
    var hook = new Thread(shutdown::close, "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return benchmark.run(out, shutdown) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } catch (BenchException | Shutdown.StoppedException | KurobeException e) {
      return failed(spec, shutdown, e.getMessage());
    } catch (SQLException | IOException e) {
      return failed(spec, shutdown, BenchException.firstLine(e));
    } finally {
      shutdown.close();
      out.flush();
    }
  }

  private static int failed(CommandLine.Model.CommandSpec spec, Shutdown shutdown, String message) {
    if (!shutdown.isClosed()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("kurobe bench: " + message);
      err.flush();
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** A line for each statement would stand between the results; a level given stays. */
  private static void keepLogQuiet() {
    if (System.getProperty("kurobe.log.level") == null
        && LoggerFactory.getLogger("io.kurobe") instanceof Logger log) {
      log.setLevel(Level.WARN);
    }
  }
}
