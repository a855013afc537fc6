package io.kurobe.server.command;

import io.kurobe.server.config.Configuration;
import java.nio.file.Path;
import picocli.CommandLine;

/** The option that names a configuration. */
final class ConfigurationOption {
  @CommandLine.Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = "kurobe.yaml",
      description = "The configuration (default: ${DEFAULT-VALUE}).")
  private Path config;

  /** The configuration; its mistakes are told as wrong usage. */
  Configuration read(CommandLine line) {
    Configuration.Reading reading = Configuration.read(config);
    if (reading instanceof Configuration.Valid valid) {
      return valid.configuration();
    }
    StringBuilder told = new StringBuilder("the configuration cannot be used:");
    ((Configuration.Invalid) reading)
        .problems()
        .forEach(problem -> told.append(System.lineSeparator()).append(problem));
    throw new CommandLine.ParameterException(line, told.toString());
  }
}
