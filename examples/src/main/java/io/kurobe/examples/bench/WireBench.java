package io.kurobe.examples.bench;

import io.kurobe.examples.local.Shutdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The benchmark {@code wire}: an answer that is nothing, and one of many rows. */
final class WireBench {
  /** Of {@code SELECT 1}, to one reading of the table. */
  private static final int SMALL_RUNS = 200;

  /**
   * What was asked for.
   *
   * @param trinoServer Trino's archive; null takes the one in Maven's local repository
   * @param json where results are written too; null is nowhere
   */
  record Settings(
      BenchOptions options,
      Set<WirePeer> against,
      int runs,
      @Nullable Path trinoServer,
      @Nullable Path json) {}

  private final Settings settings;
  private final PrintWriter out;
  private final Shutdown shutdown;

  WireBench(Settings settings, PrintWriter out, Shutdown shutdown) {
    this.settings = settings;
    this.out = out;
    this.shutdown = shutdown;
  }

  /** Runs it; whether all drivers read the same cells. */
  boolean run() throws SQLException, IOException {
    TpchSources sources = TpchSources.whole(settings.options(), out, shutdown);
    ServerProcess server =
        shutdown.add(sources.startGateway(settings.options(), Duration.ofMinutes(5)));
    WireDrivers drivers = drivers(sources, server);
    var report = new WireReport(out);
    Rounds small =
        SelectOne.measure(
            URI.create(server.httpUrl()), drivers.asking(), SMALL_RUNS * settings.runs());
    report.small(small);
    List<OrdersResult> orders;
    try (Connection direct = sources.connect()) {
      orders = new OrdersBench(direct, drivers.reading()).run(sources.orders(), settings.runs());
    }
    report.orders(orders);
    if (settings.json() != null) {
      WireJson.write(settings.json(), small, orders);
    }
    return orders.stream().allMatch(OrdersResult::equal);
  }

  private WireDrivers drivers(TpchSources sources, ServerProcess server)
      throws SQLException, IOException {
    var drivers = new WireDrivers(shutdown);
    drivers.addKurobe(server);
    if (settings.against().contains(WirePeer.POSTGRES)) {
      drivers.addPostgres(sources);
    }
    if (settings.against().contains(WirePeer.AVATICA)) {
      drivers.addAvatica(server);
    }
    if (settings.against().contains(WirePeer.TRINO)) {
      drivers.addTrino(trino(sources));
    }
    return drivers;
  }

  private TrinoProcess trino(TpchSources sources) throws IOException {
    Path installed = TrinoArchive.installed(sources.directory(), settings.trinoServer());
    out.println("starting Trino…");
    out.flush();
    String postgres =
        TrinoPeer.postgres(sources.postgres().url(sources.database()), sources.postgres().user());
    return shutdown.add(
        TrinoProcess.start(
            sources.directory(), installed, TrinoArchive.java(), Map.of("postgres", postgres)));
  }
}
