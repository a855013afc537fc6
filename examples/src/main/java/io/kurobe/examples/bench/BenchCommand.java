package io.kurobe.examples.bench;

import io.kurobe.server.Gateway;
import io.kurobe.server.command.Command;
import picocli.CommandLine;

/** {@code kurobe bench}: benchmarks, each a subcommand. */
@CommandLine.Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    version = "kurobe " + Gateway.VERSION,
    synopsisSubcommandLabel = "BENCHMARK",
    subcommands = {
      TpchCommand.class,
      ScanCommand.class,
      OverheadCommand.class,
      WireCommand.class,
      StreamCommand.class,
      LoadCommand.class,
      AskCommand.class,
      QuestionsCommand.class
    },
    description = "Measure Kurobe beside others, over the same data and in the same run.")
public final class BenchCommand implements Command {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Which benchmark?");
  }
}
