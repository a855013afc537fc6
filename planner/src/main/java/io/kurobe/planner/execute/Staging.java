package io.kurobe.planner.execute;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.embedded.DuckDbQuery;
import io.kurobe.adapters.embedded.DuckDbStage;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.fragment.SourceFragment;
import io.kurobe.planner.fragment.Unparser;
import io.kurobe.planner.session.Session;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The engine's side of one query: a database of its own in memory for the staged relations,
 * attached at the start and detached at the end, so that all it held is freed. Staged relations are
 * read from their sources at the same time, batch by batch, never row by row.
 */
final class Staging implements AutoCloseable {
  private final Engine engine;
  private final Session session;
  private final String database;
  private final List<BatchStream> reading = new ArrayList<>();
  private @Nullable DuckDBConnection connection;
  private @Nullable BatchStream result;
  private boolean attached;
  private boolean cancelled;

  Staging(Engine engine, Session session, String queryId) {
    this.engine = engine;
    this.session = session;
    this.database = "q_" + queryId.replaceAll("[^A-Za-z0-9_]", "_");
  }

  /** The name of the query's database. */
  String database() {
    return database;
  }

  void open() {
    connection = engine.duckDb().connect(session.zone());
  }

  /** Receives the meter of a fragment that starts. */
  interface Meters {
    FragmentMeter start(String name, String runsOn, String statement);
  }

  /** Stages all fragments; returns when every one is there, or fails with the first error. */
  void stage(
      List<SourceFragment> fragments,
      Unparser unparser,
      Supplier<Duration> remaining,
      Meters meters) {
    if (fragments.isEmpty()) {
      return;
    }
    execute(live(), "ATTACH ':memory:' AS " + DuckDbInstance.quote(database));
    attached = true;
    List<CompletableFuture<Void>> loads = new ArrayList<>();
    for (SourceFragment fragment : fragments) {
      String sql = unparser.atSource(fragment.source(), fragment.tree());
      FragmentMeter meter =
          meters.start(fragment.name(), fragment.source().name(), fragment.source().statement(sql));
      ReadRequest request =
          new ReadRequest(
              sql, fragment.columns(), session.zone(), remaining.get(), engine.batchRows());
      loads.add(
          CompletableFuture.runAsync(() -> load(fragment, request, meter), engine.staging())
              .whenComplete((done, error) -> stopOthers(error)));
    }
    await(loads);
  }

  private void await(List<CompletableFuture<Void>> loads) {
    KurobeException first = null;
    for (CompletableFuture<Void> load : loads) {
      try {
        load.join();
      } catch (CompletionException | CancellationException e) {
        KurobeException error = asOurs(e);
        // The others die of our cancel; the one that failed by itself is the one to tell.
        if (first == null || first.code() == ErrorCode.CANCELLED) {
          first = error;
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private static KurobeException asOurs(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause instanceof KurobeException ours
        ? ours
        : new KurobeException(ErrorCode.INTERNAL, "staging failed: " + cause, cause);
  }

  private void stopOthers(@Nullable Throwable error) {
    if (error != null) {
      cancel();
    }
  }

  private void load(SourceFragment fragment, ReadRequest request, FragmentMeter meter) {
    long start = System.nanoTime();
    try (BatchStream stream = SourceReads.read(fragment, request);
        DuckDBConnection own = engine.duckDb().connect()) {
      register(stream);
      String table =
          DuckDbInstance.quote(database) + ".main." + DuckDbInstance.quote(fragment.name());
      DuckDbStage.load(
          own,
          table,
          new MeteredReader(engine.allocator(), stream.reader(), meter),
          engine.allocator());
    } catch (SQLException e) {
      throw new KurobeException(ErrorCode.INTERNAL, "the engine did not let go: " + e, e);
    } finally {
      meter.took(System.nanoTime() - start);
    }
  }

  private synchronized void register(BatchStream stream) {
    if (cancelled) {
      stream.cancel();
    }
    reading.add(stream);
  }

  /** Runs the engine's statement. */
  BatchStream run(String sql, List<SqlType.Field> columns) {
    BatchStream stream =
        DuckDbQuery.run(live(), sql, columns, engine.allocator(), engine.batchRows());
    synchronized (this) {
      result = stream;
      if (cancelled) {
        stream.cancel();
      }
    }
    return stream;
  }

  void cancel() {
    List<BatchStream> streams;
    synchronized (this) {
      cancelled = true;
      streams = new ArrayList<>(reading);
      if (result != null) {
        streams.add(result);
      }
    }
    streams.forEach(BatchStream::cancel);
  }

  private DuckDBConnection live() {
    DuckDBConnection open = connection;
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    return open;
  }

  private static void execute(DuckDBConnection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new KurobeException(ErrorCode.INTERNAL, "the engine refused: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    DuckDBConnection open = connection;
    if (open == null) {
      return;
    }
    connection = null;
    try (open) {
      if (attached) {
        execute(open, "DETACH DATABASE IF EXISTS " + DuckDbInstance.quote(database));
      }
    } catch (SQLException e) {
      throw new KurobeException(ErrorCode.INTERNAL, "the engine did not let go: " + e, e);
    }
  }
}
