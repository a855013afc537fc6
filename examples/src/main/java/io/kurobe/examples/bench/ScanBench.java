package io.kurobe.examples.bench;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.embedded.DuckDbStage;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.adapters.source.SourceRuntime;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.adapters.type.SqlType.Field;
import io.kurobe.examples.local.LocalPostgres;
import io.kurobe.examples.local.Shutdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;

/** The benchmark {@code scan}: the readers alone, in this process, without a gateway. */
final class ScanBench {
  private static final List<Field> FIELDS =
      List.of(
          new Field("o_orderkey", SqlType.BIGINT, false),
          new Field("o_custkey", SqlType.BIGINT, false),
          new Field("o_totalprice", SqlType.decimal(15, 2), false),
          new Field("o_orderdate", SqlType.DATE, false),
          new Field("o_shippriority", SqlType.INTEGER, false),
          new Field("o_clerk", SqlType.VARCHAR, false));

  private static final int WARM_UP = 2;

  private final BenchOptions options;
  private final int runs;
  private final PrintWriter out;
  private final Shutdown shutdown;

  ScanBench(BenchOptions options, int runs, PrintWriter out, Shutdown shutdown) {
    this.options = options;
    this.runs = runs;
    this.out = out;
    this.shutdown = shutdown;
  }

  boolean run() throws SQLException, IOException {
    TpchSources sources = TpchSources.whole(options, out, shutdown);
    LocalPostgres postgres = sources.postgres();
    try (BufferAllocator allocator = new RootAllocator();
        DuckDbInstance engine = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT);
        DuckDBConnection staging = engine.connect();
        Connection direct = sources.connect();
        Source rows =
            source(
                SourceConfig.ofUrl(
                    "rows", "postgres", postgres.url(sources.database()), postgres.user()),
                new SourceRuntime(allocator, engine));
        Source file =
            source(
                SourceConfig.ofPath("file", "duckdb", sources.duckDb().toString()),
                new SourceRuntime(allocator, engine))) {
      file.readCatalog();
      String inFile = DuckDbInstance.quote(file.attachedAs().orElseThrow()) + ".main.orders";
      ReadRequest ofTable = request("SELECT " + OrderRows.COLUMNS + " FROM public.orders");
      ReadRequest ofFile = request("SELECT " + OrderRows.COLUMNS + " FROM " + inFile);
      var rounds = new Rounds();
      rounds.add("PostgreSQL, COPY dropped", () -> RawCopy.of(direct, ofTable.sql()));
      rounds.add("PostgreSQL, decoded", () -> read(rows, ofTable));
      rounds.add("PostgreSQL, staged", () -> stage(rows, ofTable, staging, allocator));
      rounds.add("DuckDB file, decoded", () -> read(file, ofFile));
      rounds.add(
          "DuckDB file, staged",
          () -> execute(staging, "CREATE TABLE staged AS " + ofFile.sql(), "DROP TABLE staged"));
      rounds.run(WARM_UP, runs);
      report(rounds, sources.orders());
    }
    return true;
  }

  private static Source source(SourceConfig config, SourceRuntime runtime) {
    return ServiceLoader.load(SourceFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(kind -> kind.type().equals(config.type()))
        .findFirst()
        .orElseThrow()
        .create(config, runtime);
  }

  private static ReadRequest request(String sql) {
    return new ReadRequest(sql, FIELDS, ZoneOffset.UTC, Duration.ofMinutes(5), 65_536);
  }

  private static void read(Source source, ReadRequest request) throws IOException {
    try (BatchStream stream = source.read(request)) {
      while (stream.reader().loadNextBatch()) {
        stream.reader().getVectorSchemaRoot();
      }
    }
  }

  private static void stage(
      Source source, ReadRequest request, DuckDBConnection engine, BufferAllocator allocator)
      throws SQLException {
    try (BatchStream stream = source.read(request)) {
      DuckDbStage.load(engine, "staged", stream.reader(), allocator);
    }
    execute(engine, "DROP TABLE staged");
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void report(Rounds rounds, long rows) {
    out.printf(
        Locale.ROOT, "%n%-26s%12s%20s%n", "orders, " + rows + " rows", "ms", "million rows/s");
    for (String name : rounds.names()) {
      double median = rounds.median(name);
      out.printf(Locale.ROOT, "%-26s%12.1f%20.2f%n", name, median, rows / median / 1e3);
    }
  }
}
