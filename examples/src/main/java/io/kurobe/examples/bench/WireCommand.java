package io.kurobe.examples.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code kurobe bench wire}: what drivers and their wires cost. */
@CommandLine.Command(
    name = "wire",
    mixinStandardHelpOptions = true,
    description = {
      "Ask for SELECT 1, and read TPC-H's orders cell by cell, through Kurobe's driver and through",
      "others, taking turns; all cells are compared by a checksum."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kurobe bench wire --scale 1",
      "  ./kurobe bench wire --against postgres,avatica,trino --json wire.json"
    })
final class WireCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @CommandLine.Mixin private BenchOptions options;

  @CommandLine.Option(
      names = "--against",
      paramLabel = "PEER",
      split = ",",
      defaultValue = "postgres,avatica",
      converter = WirePeer.Converter.class,
      description =
          "postgres: PostgreSQL's driver, without the gateway. avatica: Avatica's own driver,"
              + " through the same gateway. trino: Trino 476 over the same PostgreSQL, by its"
              + " driver (default: ${DEFAULT-VALUE}).")
  private List<WirePeer> against = new ArrayList<>();

  @CommandLine.Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Measured readings of the table; SELECT 1 is asked 200 times as often"
              + " (default: ${DEFAULT-VALUE}).")
  private int runs;

  @CommandLine.Option(
      names = "--trino-server",
      paramLabel = "FILE",
      description = "Trino's archive (default: the one in Maven's local repository).")
  private @Nullable Path trinoServer;

  @CommandLine.Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the results there too.")
  private @Nullable Path json;

  @Override
  public Integer call() {
    options.requireInRange(spec);
    if (runs < 1 || runs > 1_000) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--runs is from 1 to 1000: " + runs);
    }
    var settings =
        new WireBench.Settings(options, EnumSet.copyOf(against), runs, trinoServer, json);
    return options.run(spec, (out, shutdown) -> new WireBench(settings, out, shutdown).run());
  }
}
