package io.kurobe.server.command;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kurobe ask}: a question in words, answered with rows. */
@CommandLine.Command(name = "ask", description = "Ask a gateway a question.")
public final class AskCommand implements Command {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @CommandLine.Mixin private ClientOptions client;

  @ArgGroup private @Nullable Instead instead;

  @Parameters(paramLabel = "QUESTION", arity = "1..*", description = "The question, quoted or not.")
  private List<String> words = new ArrayList<>();

  /** What to give in place of the answer. */
  static final class Instead {
    @Option(
        names = "--explain",
        description = "Show how the question was understood, step by step.")
    private boolean explain;

    @Option(names = "--sql", description = "Show the chosen SQL without running it.")
    private boolean sql;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (Connection connection = client.connect()) {
      StatementRunner runner = new StatementRunner(connection, client.format(), out, err);
      return runner.run(statement()) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } catch (SQLException e) {
      StatementRunner.report(e, err);
      return CommandLine.ExitCode.SOFTWARE;
    } finally {
      out.flush();
    }
  }

  private String statement() {
    String question = "'" + String.join(" ", words).replace("'", "''") + "'";
    if (instead != null && instead.explain) {
      return "EXPLAIN ASK " + question;
    }
    return (instead != null && instead.sql ? "ASK SQL " : "ASK ") + question;
  }
}
