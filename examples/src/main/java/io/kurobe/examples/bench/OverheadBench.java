package io.kurobe.examples.bench;

import io.kurobe.examples.local.Shutdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The benchmark {@code overhead}: point queries through the gateway and directly, and planning. */
final class OverheadBench {
  private static final String POINT =
      "SELECT o_custkey, o_totalprice FROM orders WHERE o_orderkey = ";

  /** Of an order that there is at every scale. */
  private static final int KEY = 7;

  /** Of each kind of point query, to one measured turn. */
  private static final Duration WARM_UP = Duration.ofMillis(20);

  private static final int PLANNED = 9;

  private final BenchOptions options;
  private final int runs;
  private final PrintWriter out;
  private final Shutdown shutdown;
  private int texts;

  OverheadBench(BenchOptions options, int runs, PrintWriter out, Shutdown shutdown) {
    this.options = options;
    this.runs = runs;
    this.out = out;
    this.shutdown = shutdown;
  }

  boolean run() throws SQLException, IOException {
    TpchSources sources = TpchSources.split(options, out, shutdown);
    ServerProcess server = shutdown.add(sources.startGateway(options, Duration.ofMinutes(1)));
    try (Connection direct = sources.connect();
        Connection gateway =
            DriverManager.getConnection(server.url() + "?searchPath=postgres.public,duckdb.main")) {
      points(direct, gateway);
      plans(gateway);
    }
    return true;
  }

  private void points(Connection direct, Connection gateway) throws SQLException, IOException {
    var rounds = new Rounds();
    try (PreparedStatement there = direct.prepareStatement(POINT + "?");
        PreparedStatement here = gateway.prepareStatement(POINT + "?");
        Statement statement = gateway.createStatement()) {
      rounds.add("PostgreSQL, prepared", () -> read(there));
      rounds.add("Kurobe, prepared", () -> read(here));
      rounds.add("Kurobe, planned before", () -> read(statement.executeQuery(POINT + KEY)));
      rounds.add("Kurobe, planned anew", () -> read(statement.executeQuery(anew(POINT + KEY))));
      rounds.warmUp(WARM_UP.multipliedBy(runs));
      rounds.run(1, runs);
    }
    double least = rounds.median("PostgreSQL, prepared");
    out.printf(Locale.ROOT, "%n%-26s%10s%10s%14s%n", "point query", "ms", "p95", "above direct");
    for (String name : rounds.names()) {
      double median = rounds.median(name);
      out.printf(
          Locale.ROOT,
          "%-26s%10.2f%10.2f%14.2f%n",
          name,
          median,
          rounds.percentile(name, 95),
          median - least);
    }
    out.flush();
  }

  /** EXPLAIN plans and runs nothing; over the wire, so that a point query's time is part of it. */
  private void plans(Connection gateway) throws SQLException, IOException {
    Map<String, String> queries = TpchQueries.texts(TpchQueries.names(), options.scale());
    var rounds = new Rounds();
    try (Statement statement = gateway.createStatement()) {
      queries.forEach(
          (name, sql) ->
              rounds.add(name, () -> read(statement.executeQuery("EXPLAIN " + anew(sql)))));
      rounds.run(PLANNED, PLANNED);
    }
    out.printf(Locale.ROOT, "%n%-26s%10s%10s%n", "EXPLAIN, planned anew", "ms", "worst");
    for (String name : rounds.names()) {
      out.printf(
          Locale.ROOT,
          "%-26s%10.1f%10.1f%n",
          name,
          rounds.median(name),
          rounds.percentile(name, 100));
    }
  }

  /** The query in a text that was never planned. */
  private String anew(String sql) {
    return "SELECT * FROM (" + sql + ") AS q" + ++texts;
  }

  private static void read(PreparedStatement statement) throws SQLException {
    statement.setInt(1, KEY);
    read(statement.executeQuery());
  }

  private static void read(ResultSet results) throws SQLException {
    try (results) {
      while (results.next()) {
        results.getObject(1);
      }
    }
  }
}
