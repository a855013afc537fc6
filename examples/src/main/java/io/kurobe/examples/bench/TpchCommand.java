package io.kurobe.examples.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** {@code kurobe bench tpch}: TPC-H over several sources, beside peers. */
@CommandLine.Command(
    name = "tpch",
    mixinStandardHelpOptions = true,
    description = {
      "Run TPC-H's 22 queries on Kurobe and on peers, taking turns, and print medians.",
      "The data is generated at the first run and kept."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kurobe bench tpch --scale 0.1",
      "  ./kurobe bench tpch --scale 1 --against duckdb,trino --json tpch.json",
      "  ./kurobe bench tpch --queries q03,q18 --runs 9"
    })
final class TpchCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
  @CommandLine.Mixin private BenchOptions options;

  @CommandLine.Option(
      names = "--placement",
      paramLabel = "WHERE",
      defaultValue = "split",
      converter = Placement.Converter.class,
      description =
          "split: customer, orders, nation and region in PostgreSQL, the rest in DuckDB. three: as"
              + " split, but part, supplier and partsupp in a Trino. one: all in PostgreSQL"
              + " (default: ${DEFAULT-VALUE}).")
  private Placement placement;

  @CommandLine.Option(
      names = "--against",
      paramLabel = "PEER",
      split = ",",
      defaultValue = "duckdb",
      converter = PeerKind.Converter.class,
      description =
          "duckdb: a DuckDB file with all tables. postgres: all tables in PostgreSQL. trino: Trino"
              + " 476 over the same sources. calcite: Calcite's own JDBC adapter over them"
              + " (default: ${DEFAULT-VALUE}).")
  private List<PeerKind> against = new ArrayList<>();

  @CommandLine.Option(
      names = "--queries",
      paramLabel = "QUERY",
      split = ",",
      description = "Only these, such as q01,q18.")
  private List<String> queries = new ArrayList<>();

  @CommandLine.Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Measured runs of each query (default: ${DEFAULT-VALUE}).")
  private int runs;

  @CommandLine.Option(
      names = "--limit",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "A query that takes longer has failed (default: ${DEFAULT-VALUE}).")
  private int limit;

  @CommandLine.Option(
      names = "--trino-server",
      paramLabel = "FILE",
      description = "Trino's archive (default: the one in Maven's local repository).")
  private @Nullable Path trinoServer;

  @CommandLine.Option(
      names = "--explain",
      description = "Print what Kurobe ran where, with rows, bytes and time.")
  private boolean explain;

  @CommandLine.Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the results there too.")
  private @Nullable Path json;

  @Override
  public Integer call() {
    List<String> chosen = queries.isEmpty() ? TpchQueries.names() : queries;
    for (String query : chosen) {
      if (!TpchQueries.names().contains(query)) {
        throw wrong("--queries: there are q01 to q22, not " + query);
      }
    }
    options.requireInRange(spec);
    if (runs < 1 || runs > 1_000) {
      throw wrong("--runs is from 1 to 1000: " + runs);
    }
    if (limit < 1 || limit > 300) {
      throw wrong("--limit is from 1 to 300: " + limit);
    }
    var settings =
        new TpchBench.Settings(
            options,
            placement,
            new LinkedHashSet<>(against),
            chosen,
            runs,
            Duration.ofSeconds(limit),
            trinoServer,
            explain,
            json);
    return options.run(spec, (out, shutdown) -> new TpchBench(settings, out, shutdown).run());
  }

  private CommandLine.ParameterException wrong(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
