package io.kurobe.server.command;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.semantic.Layer;
import io.kurobe.server.semantic.LayerImport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/** {@code kurobe semantic import}: writes another tool's semantic layer as one of ours. */
@CommandLine.Command(
    name = "semantic",
    description = "Take over the semantic layer of another tool.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Version.class,
    synopsisSubcommandLabel = "import")
public final class SemanticCommand implements Command {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(spec.commandLine(), "import what?");
  }

  @CommandLine.Command(
      name = "import",
      description = "Write a layer of dbt or of Snowflake's form as YAML for semantic:.",
      mixinStandardHelpOptions = true)
  int importLayer(
      @CommandLine.Parameters(paramLabel = "FILE", description = "The other tool's YAML.")
          Path file,
      @CommandLine.Option(
              names = "--source",
              required = true,
              description = "The source that has the tables.")
          String source,
      @CommandLine.Option(
              names = "--schema",
              defaultValue = "public",
              description = "Their schema there (default: ${DEFAULT-VALUE}).")
          String schema) {
    Layer layer;
    try {
      layer = LayerImport.of(Files.readString(file), source, schema);
    } catch (IOException e) {
      throw new KurobeException(ErrorCode.CONFIGURATION, file + " cannot be read", e);
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter error = spec.commandLine().getErr();
    out.print(layer.yaml());
    out.flush();
    layer.left().forEach(what -> error.println("left out: " + what));
    error.flush();
    return CommandLine.ExitCode.OK;
  }
}
