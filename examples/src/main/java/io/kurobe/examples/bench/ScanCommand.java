package io.kurobe.examples.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code kurobe bench scan}: how fast rows leave each source. */
@CommandLine.Command(
    name = "scan",
    mixinStandardHelpOptions = true,
    description = {
      "Read six columns of TPC-H's orders out of each source, in turns, and print rows per second:",
      "decoded into vectors, and staged in the engine; beside the rate at which PostgreSQL's driver",
      "gives the same messages to who drops them."
    },
    footerHeading = "%nExamples:%n",
    footer = "  ./kurobe bench scan --scale 1 --runs 9")
final class ScanCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @CommandLine.Mixin private BenchOptions options;

  @CommandLine.Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "7",
      description = "Measured runs of each, after two (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Override
  public Integer call() {
    options.requireInRange(spec);
    if (runs < 1 || runs > 1_000) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--runs is from 1 to 1000: " + runs);
    }
    return options.run(spec, (out, shutdown) -> new ScanBench(options, runs, out, shutdown).run());
  }
}
