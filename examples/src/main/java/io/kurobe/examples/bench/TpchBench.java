package io.kurobe.examples.bench;

import io.kurobe.examples.local.LocalPostgres;
import io.kurobe.examples.local.Shutdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The benchmark {@code tpch}: data, peers, runs and report, in this order. */
final class TpchBench {
  private static final String LOCAL = "local";
  private static final String WHOLE = "one";

  /** A copy that Trino's own, older DuckDB can read. */
  private static final String FOR_TRINO = " (STORAGE_VERSION 'v1.2.0')";

  private static final String ORDERS =
      "SELECT o_orderkey, o_custkey, o_orderstatus, o_totalprice, o_orderdate, o_shippriority"
          + " FROM orders";

  /**
   * What was asked for.
   *
   * @param limit of one query
   * @param trinoServer Trino's archive; null takes the one in Maven's local repository
   * @param explain whether to print what Kurobe ran where
   * @param json where results are written too; null is nowhere
   */
  record Settings(
      BenchOptions options,
      Placement placement,
      Set<PeerKind> against,
      List<String> queries,
      int runs,
      Duration limit,
      @Nullable Path trinoServer,
      boolean explain,
      @Nullable Path json) {

    boolean needsTrino() {
      return against.contains(PeerKind.TRINO) || !placement.inTrino().isEmpty();
    }
  }

  private final Settings settings;
  private final PrintWriter out;
  private final Shutdown shutdown;

  TpchBench(Settings settings, PrintWriter out, Shutdown shutdown) {
    this.settings = settings;
    this.out = out;
    this.shutdown = shutdown;
  }

  /** Runs it; whether Kurobe answered every query with the right rows. */
  boolean run() throws SQLException, IOException {
    BenchDirectory directory = shutdown.add(BenchDirectory.open(settings.options().cache()));
    Path trinoInstalled =
        settings.needsTrino()
            ? TrinoArchive.installed(directory, settings.trinoServer())
            : directory.root();
    say("starting PostgreSQL; the data is in " + directory.root());
    LocalPostgres postgres = shutdown.add(LocalPostgres.start(directory.root()));
    var loader = new TpchLoader(settings.options().scale(), directory, postgres, this::say);
    load(loader);
    var sources = new Sources(loader, postgres, directory, trinoInstalled);
    return measure(directory, sources);
  }

  private void load(TpchLoader loader) throws SQLException, IOException {
    var all = Set.copyOf(TpchTables.names());
    Placement placement = settings.placement();
    var wanted = new TpchLoader.Wanted();
    loader.wantPostgres(wanted, placement.label(), placement.inPostgres());
    if (settings.against().contains(PeerKind.POSTGRES) && placement != Placement.ONE) {
      loader.wantPostgres(wanted, WHOLE, all);
    }
    loader.wantDuckDb(wanted, LOCAL, all, "");
    if (!placement.inDuckDb().isEmpty()) {
      loader.wantDuckDb(wanted, placement.label(), placement.inDuckDb(), "");
    }
    if (settings.needsTrino()) {
      loader.wantDuckDb(wanted, placement.label() + "_trino", placement.inDuckDb(), FOR_TRINO);
    }
    loader.load(wanted);
  }

  /** Where the placement's tables are reached. */
  private record Sources(
      TpchLoader loader, LocalPostgres postgres, BenchDirectory directory, Path trinoInstalled) {}

  private boolean measure(BenchDirectory directory, Sources sources)
      throws SQLException, IOException {
    Placement placement = settings.placement();
    TpchLoader loader = sources.loader();
    LocalPostgres postgres = sources.postgres();
    String database = loader.database(placement.label());
    List<Peer> peers = new ArrayList<>();
    var configuration =
        new BenchConfiguration(
            directory.file("state"), settings.options().engineMemory(), settings.limit());
    configuration.postgres("some", postgres.url(database), postgres.user());
    String path = "some.public";
    if (!placement.inDuckDb().isEmpty()) {
      configuration.duckDb("rest", loader.file(placement.label()));
      path += ",rest.main";
    }
    TrinoProcess trino = null;
    if (settings.needsTrino()) {
      say("starting Trino…");
      trino =
          shutdown.add(
              TrinoPeer.start(
                  directory,
                  sources.trinoInstalled(),
                  postgres.url(database),
                  postgres.user(),
                  loader.file(placement.label() + "_trino")));
      TrinoPeer.load(trino, placement, settings.options().scale());
      if (!placement.inTrino().isEmpty()) {
        configuration.trino("lake", trino.url("memory"));
        path += ",lake.default";
      }
    }
    say("starting the gateway…");
    ServerProcess server =
        shutdown.add(ServerProcess.start(directory, configuration, settings.options().heap()));
    peers.add(
        peer(TpchRun.KUROBE, DriverManager.getConnection(server.url() + "?searchPath=" + path)));
    Peer local = peer(PeerKind.DUCKDB.label(), duckDb(loader.file(LOCAL)));
    if (settings.against().contains(PeerKind.DUCKDB)) {
      peers.add(local);
    }
    if (settings.against().contains(PeerKind.POSTGRES)) {
      peers.add(
          peer(
              PeerKind.POSTGRES.label(),
              postgres.database(loader.database(WHOLE)).getConnection()));
    }
    if (settings.against().contains(PeerKind.TRINO) && trino != null) {
      peers.add(peer(PeerKind.TRINO.label(), TrinoPeer.connect(trino, placement)));
    }
    if (settings.against().contains(PeerKind.CALCITE)) {
      peers.add(calcite(directory, loader, postgres.url(database), postgres.user()));
    }
    double rate;
    try (Connection connection = postgres.database(database).getConnection()) {
      RawCopy.of(connection, ORDERS);
      rate = RawCopy.of(connection, ORDERS).bytesPerSecond();
    }
    return report(peers, local, rate, server);
  }

  private boolean report(List<Peer> peers, Peer local, double rate, ServerProcess server)
      throws IOException {
    List<String> names = peers.stream().map(Peer::name).toList();
    var report = new TpchReport(names, settings.explain(), out);
    out.println();
    report.head();
    List<QueryResult> results =
        new TpchRun(local, peers, settings.runs(), rate, report::query)
            .run(TpchQueries.texts(settings.queries(), settings.options().scale()));
    OptionalLong peak = server.peakResidentBytes();
    report.sums(results, peak);
    if (settings.json() != null) {
      TpchJson.write(settings.json(), names, results, peak);
    }
    return results.stream().allMatch(result -> result.isEqual(TpchRun.KUROBE));
  }

  private Connection duckDb(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '" + settings.options().engineMemory() + "'");
      statement.execute("ATTACH '" + file.toString().replace("'", "''") + "' AS local (READ_ONLY)");
      statement.execute("USE local");
    }
    return connection;
  }

  private Peer peer(String name, Connection connection) {
    return shutdown.add(new JdbcPeer(name, connection, settings.limit()));
  }

  private Peer calcite(BenchDirectory directory, TpchLoader loader, String url, String user) {
    Placement placement = settings.placement();
    if (!placement.inTrino().isEmpty()) {
      throw new BenchException("the peer calcite has no table in Trino; leave it out of --against");
    }
    String file = placement.inDuckDb().isEmpty() ? "-" : loader.file(placement.label()).toString();
    return shutdown.add(
        new CalcitePeer(
            List.of(url, user, file),
            settings.options().heap(),
            directory.file("calcite.log"),
            settings.limit()));
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
