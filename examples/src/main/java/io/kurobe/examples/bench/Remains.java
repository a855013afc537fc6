package io.kurobe.examples.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is still there of clients that are gone, at the gateway and in PostgreSQL. */
final class Remains {
  /** What was told to end may take as long. */
  private static final long PATIENCE_SECONDS = 30;

  private static final List<String> GAUGES =
      List.of("kurobe_connections", "kurobe_statements_open", "kurobe_statements_running");

  private static final String AT_WORK =
      "SELECT COUNT(*) FROM system.runtime.queries"
          + " WHERE ended IS NULL AND statement NOT LIKE '%system.runtime.queries%'";

  private static final String IN_TRANSACTION =
      "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'kurobe' AND state <> 'idle'";

  private final TpchSources sources;
  private final ServerProcess gateway;

  Remains(TpchSources sources, ServerProcess gateway) {
    this.sources = sources;
    this.gateway = gateway;
  }

  /** How many there are of each thing now that should be there only while clients are. */
  Map<String, Long> count() throws SQLException, IOException {
    Map<String, Long> counts = new LinkedHashMap<>();
    try (Connection connection = DriverManager.getConnection(gateway.url())) {
      counts.put("statements at work", number(connection, AT_WORK));
    }
    try (Connection connection = sources.connect()) {
      counts.put("sessions of PostgreSQL in a transaction", number(connection, IN_TRANSACTION));
    }
    GatewayMetrics metrics = GatewayMetrics.of(gateway);
    for (String gauge : GAUGES) {
      counts.put(gauge, metrics.gauge(gauge));
    }
    return counts;
  }

  /** The counts, once they are at most what they were before, or when our patience ends. */
  Map<String, Long> await(Map<String, Long> before) throws SQLException, IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      Map<String, Long> now = count();
      if (areGone(now, before) || System.nanoTime() > deadline) {
        return now;
      }
      pause();
    }
  }

  static boolean areGone(Map<String, Long> now, Map<String, Long> before) {
    return now.entrySet().stream()
        .allMatch(count -> count.getValue() <= before.get(count.getKey()));
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(sql)) {
      results.next();
      return results.getLong(1);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }
}
