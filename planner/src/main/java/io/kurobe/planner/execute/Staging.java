package io.kurobe.planner.execute;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.embedded.DuckDbQuery;
import io.kurobe.adapters.embedded.DuckDbStage;
import io.kurobe.adapters.embedded.DuckDbStatement;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.fragment.EngineRelation;
import io.kurobe.planner.fragment.FragmentPlan;
import io.kurobe.planner.fragment.KeyFilter;
import io.kurobe.planner.fragment.SourceFragment;
import io.kurobe.planner.fragment.StagedScan;
import io.kurobe.planner.fragment.Unparser;
import io.kurobe.planner.session.Session;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
  private final Set<Loss> losses = ConcurrentHashMap.newKeySet();
  private final List<StagingLoad> loads = new ArrayList<>();
  private final Set<DuckDbStatement> onTheSide = new HashSet<>();
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
    FragmentMeter start(String name, String runsOn, String statement, String shown);
  }

  /**
   * Stages all fragments and has the engine compute what others wait for; returns when every
   * relation is there, or fails with the first error. A relation is begun as soon as those that it
   * waits for are there.
   */
  void stage(
      FragmentPlan.AtEngine plan, Unparser unparser, Supplier<Duration> remaining, Meters meters) {
    if (plan.staged().isEmpty()) {
      return;
    }
    execute(live(), "ATTACH ':memory:' AS " + DuckDbInstance.quote(database));
    attached = true;
    try {
      begin(plan, new Work(plan.attached(), unparser, remaining, meters));
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

  private void begin(FragmentPlan.AtEngine plan, Work work) {
    Map<String, StagingLoad> byName = new HashMap<>();
    for (SourceFragment fragment : plan.staged()) {
      byName.put(fragment.name(), new StagingLoad(fragment.name(), Optional.of(fragment)));
    }
    for (EngineRelation relation : plan.computed()) {
      byName.put(relation.name(), new StagingLoad(relation.name(), Optional.empty()));
    }
    for (SourceFragment fragment : plan.staged()) {
      StagingLoad load = byName.get(fragment.name());
      Optional<KeyFilter> filter = plan.filterOf(fragment);
      if (filter.isEmpty()) {
        FragmentMeter meter = work.meter(fragment);
        start(load, List.of(), () -> load(fragment, work, meter));
      } else {
        start(
            load,
            List.of(byName.get(filter.get().relation())),
            () -> loadFiltered(fragment, filter.get(), work));
      }
    }
    for (EngineRelation relation : plan.computed()) {
      start(
          byName.get(relation.name()),
          StagedScan.relations(relation.tree()).stream().map(byName::get).toList(),
          () -> compute(relation, work));
    }
  }

  private void start(StagingLoad load, List<StagingLoad> before, Runnable work) {
    synchronized (this) {
      if (cancelled) {
        // By its user, or by an earlier load that failed, which is told in the end.
        load.cancel();
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
    load.submitAfter(before, engine.staging(), work);
  }

  /** What every load of one query needs. */
  private record Work(
      Set<Source> attached, Unparser unparser, Supplier<Duration> remaining, Meters meters) {
    String sql(SourceFragment fragment) {
      return unparser.atSource(fragment.source(), fragment.tree());
    }

    FragmentMeter meter(SourceFragment fragment) {
      String sql = sql(fragment);
      return meters.start(
          fragment.name(),
          fragment.source().name(),
          fragment.source().statement(sql),
          unparser.shownAtSource(fragment.source(), fragment.tree(), sql));
    }
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
          first = load.fragment().map(fragment -> inFragment(error, fragment)).orElse(error);
          failedSource = load.fragment().map(fragment -> fragment.source().name()).orElse(null);
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

  /** Reads a fragment once the keys it waits for are there, and no other rows of it. */
  private void loadFiltered(SourceFragment fragment, KeyFilter filter, Work work) {
    FragmentMeter meter = work.meter(fragment);
    Keys keys = onTheSide(statement -> Keys.read(statement, database, filter, fragment));
    load(keys.narrow(fragment, filter), work, meter);
    meter.note(keys.told(filter, meter.rows()));
  }

  /** Has the engine compute a relation and keep it. */
  private void compute(EngineRelation relation, Work work) {
    String sql = work.unparser().atEngine(relation.tree(), database);
    FragmentMeter meter =
        work.meters()
            .start(
                relation.name(),
                Engine.NAME,
                sql,
                work.unparser().shownAtEngine(relation.tree(), database, sql));
    String columns =
        relation.columns().stream().map(DuckDbInstance::quote).collect(Collectors.joining(", "));
    long start = System.nanoTime();
    try {
      long rows =
          onTheSide(
              statement ->
                  statement.execute(
                      "CREATE TABLE "
                          + DuckDbInstance.quote(database)
                          + ".main."
                          + DuckDbInstance.quote(relation.name())
                          + " AS SELECT * FROM ("
                          + sql
                          + ") AS t("
                          + columns
                          + ")"));
      SourceReads.requireUnaltered(work.attached(), relation.tree());
      meter.passed(rows, 0);
    } finally {
      meter.took(System.nanoTime() - start);
      meter.ended();
    }
  }

  private <T> T onTheSide(Function<DuckDbStatement, T> work) {
    try (var statement = new DuckDbStatement(engine.duckDb().connect(session.zone()))) {
      synchronized (this) {
        if (cancelled) {
          statement.cancel();
        }
        onTheSide.add(statement);
      }
      try {
        return work.apply(statement);
      } finally {
        synchronized (this) {
          onTheSide.remove(statement);
        }
      }
    }
  }

  private void load(SourceFragment fragment, Work work, FragmentMeter meter) {
    String sql = work.sql(fragment);
    Supplier<Duration> remaining = work.remaining();
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
      losses.addAll(stream.losses());
    } catch (SQLException e) {
      throw new KurobeException(ErrorCode.INTERNAL, "the engine did not let go: " + e, e);
    } finally {
      meter.took(System.nanoTime() - start);
      meter.ended();
    }
  }

  private synchronized void register(BatchStream stream) {
    if (cancelled) {
      stream.cancel();
    }
    reading.add(stream);
  }

  /** What values have lost on their way from the sources. */
  Set<Loss> losses() {
    return Set.copyOf(losses);
  }

  /** Runs the engine's statement of a plan. */
  BatchStream run(FragmentPlan.AtEngine plan, String sql, List<SqlType.Field> columns) {
    BatchStream stream =
        DuckDbQuery.run(live(), sql, columns, engine.allocator(), engine.batchRows());
    try {
      SourceReads.requireUnaltered(plan.attached(), plan.tree());
    } catch (KurobeException e) {
      stream.close();
      throw e;
    }
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
      onTheSide.forEach(DuckDbStatement::cancel);
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
