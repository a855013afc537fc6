package io.kurobe.examples.bench;

import io.kurobe.examples.bench.OrderRows.Reading;
import io.kurobe.examples.bench.StreamClient.Streamed;
import io.kurobe.examples.local.Shutdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The benchmark {@code stream}: all orders, as often as there are customers of some keys, which
 * each source does by itself; the gateway is a new one for each, as memory it took once it keeps.
 */
final class StreamBench {
  private final BenchOptions options;
  private final long wanted;
  private final Duration stall;
  private final PrintWriter out;
  private final Shutdown shutdown;
  private final Set<Reading> readings = new HashSet<>();

  StreamBench(
      BenchOptions options, long wanted, Duration stall, PrintWriter out, Shutdown shutdown) {
    this.options = options;
    this.wanted = wanted;
    this.stall = stall;
    this.out = out;
    this.shutdown = shutdown;
  }

  /** Runs it; whether every row came, the same from both sources. */
  boolean run() throws SQLException, IOException {
    TpchSources sources = TpchSources.whole(options, out, shutdown);
    long orders = sources.orders();
    long times = (wanted + orders - 1) / orders;
    // TPC-H has ten orders to a customer, and customers are numbered without gaps.
    if (times > orders / 10) {
      throw new BenchException(
          "%d rows are more than this scale has; choose a larger one with --scale"
              .formatted(wanted));
    }
    out.printf(
        Locale.ROOT,
        "%n%-12s%12s%12s%10s%18s%10s%14s%n",
        "from",
        "rows",
        "first ms",
        "s",
        "thousand rows/s",
        "peak MB",
        "stalled, MB");
    out.flush();
    measure(sources, TpchSources.POSTGRES + ".public", times);
    measure(sources, TpchSources.DUCKDB + ".main", times);
    boolean complete = readings.size() == 1 && readings.iterator().next().rows() == times * orders;
    out.println(complete ? "equal" : "DIFFERENT: there should be " + times * orders + " rows");
    return complete;
  }

  private void measure(TpchSources sources, String schema, long times)
      throws SQLException, IOException {
    String sql =
        "SELECT %s FROM %2$s.orders CROSS JOIN %2$s.customer WHERE c_custkey <= %3$d"
            .formatted(OrderRows.COLUMNS, schema, times);
    try (ServerProcess gateway =
        shutdown.add(sources.startGateway(options, Duration.ofMinutes(5)))) {
      requireStreams(gateway, sql);
      // First, while the gateway has no memory to spare.
      OptionalLong growth;
      try (StreamClient client = start(sources, gateway, sql, stall)) {
        growth = client.growthOf(gateway);
      }
      Streamed streamed;
      try (StreamClient client = start(sources, gateway, sql, Duration.ZERO)) {
        streamed = client.awaitAll();
      }
      readings.add(streamed.reading());
      report(schema, streamed, gateway.peakResidentBytes(), growth);
    }
  }

  private StreamClient start(TpchSources sources, ServerProcess gateway, String sql, Duration pause)
      throws IOException {
    return shutdown.add(
        StreamClient.start(gateway.url(), sql, pause, sources.directory().file("stream.log")));
  }

  /** What is staged in the engine first would measure something else. */
  private static void requireStreams(ServerProcess gateway, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(gateway.url());
        Statement statement = connection.createStatement();
        ResultSet plan = statement.executeQuery("EXPLAIN " + sql)) {
      if (!plan.next() || plan.next()) {
        throw new BenchException("the query is not run by its source alone: " + sql);
      }
    }
  }

  private void report(String schema, Streamed streamed, OptionalLong peak, OptionalLong growth) {
    double seconds = streamed.all().toNanos() / 1e9;
    out.printf(
        Locale.ROOT,
        "%-12s%12d%12.0f%10.1f%18.0f%10s%14s%n",
        schema.substring(0, schema.indexOf('.')),
        streamed.reading().rows(),
        streamed.first().toNanos() / 1e6,
        seconds,
        streamed.reading().rows() / seconds / 1e3,
        megabytes(peak),
        megabytes(growth));
    out.flush();
  }

  private static String megabytes(OptionalLong bytes) {
    return bytes.isPresent() ? Long.toString(bytes.getAsLong() / 1_000_000) : "unknown";
  }
}
