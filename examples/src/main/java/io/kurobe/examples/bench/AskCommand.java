package io.kurobe.examples.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code kurobe bench ask}: what a question costs beside models and sources. */
@CommandLine.Command(
    name = "ask",
    mixinStandardHelpOptions = true,
    description = {
      "Ask questions of a large catalog that is made up, with everything that Kurobe does for one",
      "except models and sources: what links it to tables, columns and values, what is told to a",
      "model, and the validation of what the model would answer. The index of the catalog is built",
      "first, and the time that took is shown."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kurobe bench ask",
      "  ./kurobe bench ask --tables 10000 --questions 200",
      "  ./kurobe bench ask --embeddings off"
    })
final class AskCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @CommandLine.Mixin private BenchOptions options;

  @CommandLine.Option(
      names = "--tables",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Tables of the catalog, of ten columns each (default: ${DEFAULT-VALUE}).")
  private int tables;

  @CommandLine.Option(
      names = "--questions",
      paramLabel = "N",
      defaultValue = "500",
      description = "Measured questions, after a fifth as many more (default: ${DEFAULT-VALUE}).")
  private int questions;

  @CommandLine.Option(
      names = "--embeddings",
      paramLabel = "on|off",
      defaultValue = "on",
      description = "Whether meanings are compared, beside words (default: ${DEFAULT-VALUE}).")
  private String embeddings;

  @Override
  public Integer call() {
    options.requireInRange(spec);
    if (tables < 10 || tables > 100_000) {
      throw usage("--tables is from 10 to 100000: " + tables);
    }
    if (questions < 10 || questions > 100_000) {
      throw usage("--questions is from 10 to 100000: " + questions);
    }
    if (!embeddings.equals("on") && !embeddings.equals("off")) {
      throw usage("--embeddings is on or off: " + embeddings);
    }
    Path directory = options.cache().resolve("ask-" + tables);
    return options.run(
        spec,
        (out, shutdown) ->
            new AskBench(tables, questions, embeddings.equals("on"), directory, out, shutdown)
                .run());
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
