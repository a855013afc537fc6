package io.kurobe.examples.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code kurobe bench questions}: how many questions with known rows a gateway answers rightly. */
@CommandLine.Command(
    name = "questions",
    mixinStandardHelpOptions = true,
    description = {
      "Load databases with questions whose rows are known into an embedded PostgreSQL, a schema",
      "each, start a gateway in front of it, and run 'kurobe eval' over that gateway: right, wrong",
      "and refused, by kind of question and by fold of databases."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kurobe bench questions --data ../shared/data/spider-train --every 9",
      "  ./kurobe bench questions --data ../shared/data/spider-train --report report.html"
    })
final class QuestionsCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @CommandLine.Mixin private BenchOptions options;

  @CommandLine.Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "../shared/data/spider-train",
      description = {
        "Holds questions.jsonl, and databases/NAME.sql and NAME.fk.sql for each source that it",
        "names (default: ${DEFAULT-VALUE})."
      })
  private Path data;

  @CommandLine.Option(
      names = "--every",
      paramLabel = "N",
      defaultValue = "1",
      description = "Asks every N-th question (default: ${DEFAULT-VALUE}).")
  private int every;

  @CommandLine.Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the figures, and what was not answered rightly, as HTML.")
  private Path report;

  @Override
  public Integer call() {
    if (every < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--every is at least 1: " + every);
    }
    Path directory = options.cache().resolve("questions");
    return options.run(
        spec,
        (out, shutdown) ->
            new QuestionsBench(data, every, report, directory, options, out, shutdown).run());
  }
}
