package io.kurobe.examples.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code kurobe bench overhead}: what Kurobe adds to a query that is nothing by itself. */
@CommandLine.Command(
    name = "overhead",
    mixinStandardHelpOptions = true,
    description = {
      "Ask for one row by its key, in turns: PostgreSQL directly by a prepared statement, and Kurobe",
      "over loopback by a prepared statement, by a text that it has planned before, and by one that",
      "it has not; and plan TPC-H's queries anew."
    },
    footerHeading = "%nExamples:%n",
    footer = "  ./kurobe bench overhead --runs 2000")
final class OverheadCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @CommandLine.Mixin private BenchOptions options;

  @CommandLine.Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Measured point queries of each kind (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Override
  public Integer call() {
    options.requireInRange(spec);
    if (runs < 1 || runs > 100_000) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--runs is from 1 to 100000: " + runs);
    }
    return options.run(
        spec, (out, shutdown) -> new OverheadBench(options, runs, out, shutdown).run());
  }
}
