package io.kurobe.examples.bench;

import io.kurobe.server.config.Durations;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code kurobe bench load}: many clients at once. */
@CommandLine.Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Let many clients ask for one order by its key, each on a connection of its own and as fast"
          + " as",
      "it is answered, and print throughput and percentiles. Any error, and anything that is left",
      "when the clients are gone, is a failure."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kurobe bench load --clients 200 --duration 60s",
      "  ./kurobe bench load --clients 50 --duration 10m --mixed"
    })
final class LoadCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @CommandLine.Mixin private BenchOptions options;

  @CommandLine.Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "200",
      description = "Connections that ask at once (default: ${DEFAULT-VALUE}).")
  private int clients;

  @CommandLine.Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description =
          "How long, such as 60s or 10m, after a sixth of it (10 s at most) without a clock"
              + " (default: ${DEFAULT-VALUE}).")
  private Duration duration;

  @CommandLine.Option(
      names = "--mixed",
      description =
          "Among the point queries, also read scans half, cancel statements, open and close"
              + " connections, and send wrong SQL.")
  private boolean mixed;

  @Override
  public Integer call() {
    options.requireInRange(spec);
    // The gateway has a thousand connections unless it is told otherwise.
    if (clients < 1 || clients > 500) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--clients is from 1 to 500: " + clients);
    }
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--duration is from 1s to 24h: " + duration.toMillis() + "ms");
    }
    return options.run(
        spec,
        (out, shutdown) -> new LoadBench(options, clients, duration, mixed, out, shutdown).run());
  }

  /** A duration as the configuration writes it. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Durations.parse(text)
          .orElseThrow(
              () -> new TypeConversionException("'" + text + "' is no time such as 60s or 10m"));
    }
  }
}
