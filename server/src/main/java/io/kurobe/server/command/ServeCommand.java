package io.kurobe.server.command;

import io.kurobe.server.Gateway;
import io.kurobe.server.config.Configuration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** {@code kurobe serve}: runs a gateway until it is told to stop. */
@CommandLine.Command(
    name = "serve",
    description = "Run the gateway.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Version.class)
public final class ServeCommand implements Command {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @CommandLine.Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "kurobe.yaml",
      description = "The configuration (default: ${DEFAULT-VALUE}).")
  private Path config;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Configuration.Reading reading = Configuration.read(config);
    if (reading instanceof Configuration.Invalid invalid) {
      invalid.problems().forEach(err::println);
      err.flush();
      return CommandLine.ExitCode.SOFTWARE;
    }
    Configuration configuration = ((Configuration.Valid) reading).configuration();
    out.println("Starting with " + count(configuration.sources().size()) + " from " + config);
    out.flush();
    Gateway gateway = Gateway.start(configuration);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              gateway.close();
              stopped.countDown();
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    gateway
        .health()
        .forEach(
            source ->
                out.println(
                    "  "
                        + source.source()
                        + ": "
                        + (source.health().up() ? "up, " : "DOWN, ")
                        + source.health().detail()));
    out.println("Ready: " + gateway.url());
    out.flush();
    stopped.await();
    return CommandLine.ExitCode.OK;
  }

  private static String count(int sources) {
    return sources == 1 ? "1 source" : sources + " sources";
  }
}
