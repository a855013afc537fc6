package io.kurobe.examples.bench;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code kurobe bench stream}: results larger than the memory of who reads them. */
@CommandLine.Command(
    name = "stream",
    mixinStandardHelpOptions = true,
    description = {
      "Read a large result from each source with a client of little memory, and print how long its",
      "first row takes, rows per second, and what memory the gateway holds: at most, and more"
          + " while",
      "a client has read one row and does not go on."
    },
    footerHeading = "%nExamples:%n",
    footer = "  ./kurobe bench stream --scale 1 --rows 20000000")
final class StreamCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @CommandLine.Mixin private BenchOptions options;

  @CommandLine.Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "20000000",
      description =
          "At least so many; all orders are read as often as it takes (default: ${DEFAULT-VALUE}).")
  private long rows;

  @CommandLine.Option(
      names = "--stall",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long the client that stalls does (default: ${DEFAULT-VALUE}).")
  private int stall;

  @Override
  public Integer call() {
    options.requireInRange(spec);
    if (rows < 1 || rows > 1_000_000_000) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--rows is from 1 to 1000000000: " + rows);
    }
    if (stall < 1 || stall > 240) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--stall is from 1 to 240: " + stall);
    }
    return options.run(
        spec,
        (out, shutdown) ->
            new StreamBench(options, rows, Duration.ofSeconds(stall), out, shutdown).run());
  }
}
