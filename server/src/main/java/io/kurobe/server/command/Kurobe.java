package io.kurobe.server.command;

import io.kurobe.adapters.error.KurobeException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The command line's entry. */
@CommandLine.Command(
    name = "kurobe",
    description = "A federated SQL gateway that understands questions.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Kurobe implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Kurobe.class);

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Kurobe() {}

  /** Runs the command line and leaves with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command line with every command that is on the class path. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Kurobe());
    ServiceLoader.load(Command.class).stream()
        .map(ServiceLoader.Provider::get)
        .map(CommandLine::new)
        .sorted(Comparator.comparing(CommandLine::getCommandName))
        .forEach(command -> line.addSubcommand(command.getCommandName(), command));
    line.setExecutionExceptionHandler((e, command, result) -> failed(e, command.getErr()));
    return line;
  }

  /** Errors are a line each; what nobody foresaw goes to the log whole. */
  private static int failed(Exception e, PrintWriter err) {
    if (e instanceof KurobeException known) {
      err.println("kurobe: " + known.getMessage());
      known.hint().ifPresent(hint -> err.println("  " + hint));
    } else {
      err.println("kurobe: failed, by a fault of its own; the log says more");
      LOG.error("the command failed", e);
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
  }
}
