package io.kurobe.examples.bench;

import io.kurobe.examples.local.LocalPostgres;
import io.kurobe.examples.local.Shutdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

/**
 * TPC-H in an embedded PostgreSQL and in a DuckDB file, for a benchmark of both: customers and
 * their orders are in PostgreSQL. What it starts ends with the shutdown it was given.
 *
 * @param database PostgreSQL's
 */
record TpchSources(BenchDirectory directory, LocalPostgres postgres, String database, Path duckDb) {
  /** What the gateway calls the source that PostgreSQL is. */
  static final String POSTGRES = "postgres";

  /** What the gateway calls the source that the file is. */
  static final String DUCKDB = "duckdb";

  /** With what PostgreSQL does not have in the file. */
  static TpchSources split(BenchOptions options, PrintWriter out, Shutdown shutdown)
      throws SQLException, IOException {
    return open(options, out, shutdown, Placement.SPLIT.label(), Placement.SPLIT.inDuckDb());
  }

  /** With all tables in the file, those that PostgreSQL has too. */
  static TpchSources whole(BenchOptions options, PrintWriter out, Shutdown shutdown)
      throws SQLException, IOException {
    return open(options, out, shutdown, "local", Set.copyOf(TpchTables.names()));
  }

  private static TpchSources open(
      BenchOptions options,
      PrintWriter out,
      Shutdown shutdown,
      String purpose,
      Set<String> inDuckDb)
      throws SQLException, IOException {
    BenchDirectory directory = shutdown.add(BenchDirectory.open(options.cache()));
    LocalPostgres postgres = shutdown.add(LocalPostgres.start(directory.root()));
    var loader = new TpchLoader(options.scale(), directory, postgres, line -> say(out, line));
    var wanted = new TpchLoader.Wanted();
    loader.wantPostgres(wanted, Placement.SPLIT.label(), Placement.SPLIT.inPostgres());
    loader.wantDuckDb(wanted, purpose, inDuckDb, "");
    loader.load(wanted);
    return new TpchSources(
        directory, postgres, loader.database(Placement.SPLIT.label()), loader.file(purpose));
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  /** A connection to PostgreSQL that the gateway has no part in. */
  Connection connect() throws SQLException {
    return postgres.database(database).getConnection();
  }

  /** How many orders there are. */
  long orders() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM orders")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /**
   * Starts a gateway over both; the caller closes it.
   *
   * @param limit of one query
   */
  ServerProcess startGateway(BenchOptions options, Duration limit) throws IOException {
    var configuration =
        new BenchConfiguration(directory.file("state"), options.engineMemory(), limit);
    configuration.postgres(POSTGRES, postgres.url(database), postgres.user());
    configuration.duckDb(DUCKDB, duckDb);
    return ServerProcess.start(directory, configuration, options.heap());
  }
}
