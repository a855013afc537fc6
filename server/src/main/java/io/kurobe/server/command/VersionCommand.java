package io.kurobe.server.command;

import io.kurobe.server.Gateway;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;

/** {@code kurobe version}. */
@CommandLine.Command(
    name = "version",
    description = "Print the version.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Version.class)
public final class VersionCommand implements Command {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(line());
    return 0;
  }

  private static String line() {
    return "kurobe " + Gateway.VERSION + ", Java " + Runtime.version();
  }

  /** For {@code kurobe --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {line()};
    }
  }
}
