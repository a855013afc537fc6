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
import java.util.Optional;
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
  private final List<StagingLoad> loads = new ArrayList<>();
  private @Nullable DuckDBConnection connection;
  private @Nullable BatchStream result;
  private boolean attached;
  private boolean cancelled;
  private @Nullable String failedSource;

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
    try {
      for (SourceFragment fragment : fragments) {
        String sql = unparser.atSource(fragment.source(), fragment.tree());
        FragmentMeter meter =
            meters.start(
                fragment.name(), fragment.source().name(), fragment.source().statement(sql));
        start(fragment, () -> load(fragment, sql, remaining, meter));
      }
    } catch (RuntimeException | Error e) {
      cancel();
      ended();
      throw e;
    }
    KurobeException failure = ended();
    if (failure != null) {
      throw failure;
    }
    synchronized (this) {
      if (cancelled) {
        throw new KurobeException(ErrorCode.CANCELLED, "the query was cancelled");
      }
    }
  }

  private void start(SourceFragment fragment, Runnable work) {
    StagingLoad load = new StagingLoad(fragment);
    synchronized (this) {
      if (cancelled) {
        // By its user, or by an earlier load that failed, which is told in the end.
        return;
      }
      loads.add(load);
    }
    load.done()
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                cancel();
              }
            });
    load.submit(engine.staging(), work);
  }

  /** Waits until no load is at work. Returns the error to tell, if there was one. */
  private @Nullable KurobeException ended() {
    KurobeException first = null;
    for (StagingLoad load : started()) {
      try {
        load.done().join();
      } catch (CompletionException | CancellationException e) {
        KurobeException error = asOurs(e);
        // The others die of our cancel; the one that failed by itself is the one to tell.
        if (first == null || first.code() == ErrorCode.CANCELLED) {
          first = inFragment(error, load.fragment());
          failedSource = load.fragment().source().name();
        }
      }
    }
    return first;
  }

  /** The source of the load that failed by itself. */
  Optional<String> failedSource() {
    return Optional.ofNullable(failedSource);
  }

  /** What a source did, or a limit, is told with the fragment; what a value did is not. */
  private static KurobeException inFragment(KurobeException error, SourceFragment fragment) {
    ErrorCode.Category category = error.code().category();
    if (category != ErrorCode.Category.SOURCE && category != ErrorCode.Category.RESOURCES) {
      return error;
    }
    String source = fragment.source().name();
    return error.arisenIn(
        "fragment "
            + fragment.name()
            + (error.getMessage().contains("source " + source) ? "" : " of source " + source));
  }

  private synchronized List<StagingLoad> started() {
    return List.copyOf(loads);
  }

  private static KurobeException asOurs(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause instanceof KurobeException ours
        ? ours
        : new KurobeException(ErrorCode.INTERNAL, "staging failed: " + cause, cause);
  }

  private void load(
      SourceFragment fragment, String sql, Supplier<Duration> remaining, FragmentMeter meter) {
    long start = System.nanoTime();
    ReadRequest request =
        new ReadRequest(
            sql, fragment.columns(), session.zone(), remaining.get(), engine.batchRows());
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

  /** Stops the sources and the engine. Returns at once. */
  void cancel() {
    List<BatchStream> streams;
    List<StagingLoad> waiting;
    synchronized (this) {
      cancelled = true;
      waiting = List.copyOf(loads);
      streams = new ArrayList<>(reading);
      if (result != null) {
        streams.add(result);
      }
    }
    waiting.forEach(StagingLoad::cancel);
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

  /** Detaches the database once no load writes to it, which nobody waits for. */
  @Override
  public void close() {
    DuckDBConnection open;
    synchronized (this) {
      open = connection;
      connection = null;
    }
    if (open == null) {
      return;
    }
    List<StagingLoad> atWork = started().stream().filter(load -> !load.done().isDone()).toList();
    if (atWork.isEmpty()) {
      detach(open);
      return;
    }
    cancel();
    CompletableFuture.allOf(
            atWork.stream().map(StagingLoad::done).toArray(CompletableFuture[]::new))
        .whenComplete((done, error) -> detach(open));
  }

  private void detach(DuckDBConnection open) {
    try (open) {
      if (attached) {
        execute(open, "DETACH DATABASE IF EXISTS " + DuckDbInstance.quote(database));
      }
    } catch (SQLException e) {
      throw new KurobeException(ErrorCode.INTERNAL, "the engine did not let go: " + e, e);
    }
  }
}
