package io.kurobe.server.statement;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.Planner;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Session;
import io.kurobe.server.audit.Actor;
import io.kurobe.server.audit.AuditEvent;
import io.kurobe.server.session.Caller;
import io.kurobe.server.session.ClientConnection;
import io.kurobe.server.session.Connections;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The statement core: connections, the statements on them, and their runs. Every method may be
 * called from any thread and throws {@link StatementException} alone. The faces (Avatica, the
 * columnar one) add nothing but a form.
 *
 * <p>Handles have numbers above zero if the server made them, and below if the client did, which
 * makes a handle by using its number. Such a one is forgotten when what ran on it has ended, unless
 * it was prepared.
 */
public final class Statements implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Statements.class);
  private static final Duration EXPIRE_EVERY = Duration.ofSeconds(5);
  private static final Duration RELEASED_WITHIN = Duration.ofSeconds(2);

  /**
   * What statements may use together.
   *
   * @param open how many may be open
   * @param idle after how long a statement nobody fetches from is closed
   * @param running statements at work at once, and waiting for that
   * @param rates how many may begin within a minute
   * @param grace how long those at work may go on once it closes
   */
  public record Settings(
      OpenLimits open,
      Duration idle,
      AdmissionLimits running,
      StatementRates rates,
      Duration grace) {
    public Settings {
      requireNonNull(open, "open is null");
      requireNonNull(idle, "idle is null");
      requireNonNull(running, "running is null");
      requireNonNull(rates, "rates is null");
      requireNonNull(grace, "grace is null");
    }
  }

  private final Planner planner;
  private final Connections connections;
  private final Settings settings;
  private final Runs runs;
  private final Consumer<Caller> standing;
  private final StatementListener listener;
  private final Clock clock;
  private final QueryIds queryIds;
  private final ScopeOfStatement scopes = new ScopeOfStatement();
  private final Admission admission;
  private final Rates rates;
  private final OpenCounts counts;
  private final Workers workers;
  private final Stopping stopping;
  private final ScheduledExecutorService scheduler;
  private final Future<?> expiry;
  private final Map<String, ConnectionStatements> statements = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * Makes it.
   *
   * @param standing throws AUTHENTICATION_FAILED for whoever has been shut out since they proved
   *     themselves
   */
  public Statements(
      Planner planner,
      Connections connections,
      Settings settings,
      Runs runs,
      Consumer<Caller> standing,
      StatementListener listener,
      Clock clock) {
    this.standing = requireNonNull(standing, "standing is null");
    this.planner = requireNonNull(planner, "planner is null");
    this.connections = requireNonNull(connections, "connections is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.runs = requireNonNull(runs, "runs is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.queryIds = new QueryIds(clock);
    this.admission = new Admission(settings.running());
    this.rates = new Rates(settings.rates());
    this.counts = new OpenCounts(settings.open());
    this.workers = new Workers(threads());
    this.stopping = new Stopping(settings.running().running());
    this.scheduler =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "statement-clock");
              thread.setDaemon(true);
              return thread;
            });
    this.expiry =
        scheduler.scheduleWithFixedDelay(
            this::expire, EXPIRE_EVERY.toMillis(), EXPIRE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Opens a connection under the client's id of it. */
  public ClientConnection open(String id, Caller caller, Map<String, String> properties) {
    return mapped(
        null,
        () -> {
          refuseIfClosed();
          boolean isNew = connections.find(id).isEmpty();
          ClientConnection opened = connections.open(id, caller, properties);
          if (isNew) {
            runs.auditing()
                .record(
                    new AuditEvent.Login(
                        actor(opened), caller.key().isPresent() ? "key" : "user", true, ""));
          }
          return opened;
        });
  }

  /** The connection of that id; only its principal gets it. */
  public ClientConnection connection(String id, Caller caller) {
    return mapped(null, () -> connections.get(id, caller));
  }

  /** Closes a connection and whatever runs on it. One that is not open is no error. */
  public void closeConnection(String id, Caller caller) {
    mapped(null, () -> connections.close(id, caller))
        .ifPresent(connection -> awaitReleased(closeAll(connection)));
  }

  /** Closes the connections of whoever is shut out, and stops what they run, at once. */
  public void shutOut(Predicate<Caller> unwanted, KurobeException reason) {
    runs.stop(unwanted, reason);
    connections.remove(unwanted).forEach(this::closeAll);
  }

  /** Makes a statement handle; costs nothing but its number. */
  public int create(ClientConnection connection) {
    return mapped(null, () -> of(connection).create(clock.instant()).id());
  }

  /**
   * Plans a statement on a new handle.
   *
   * @param maxRows rows each execution gives at most; 0 means all
   * @return the handle's number
   */
  public int prepare(ClientConnection connection, String sql, long maxRows) {
    return prepare(connection, sql, maxRows, open -> open.create(clock.instant()).id());
  }

  /** Plans a statement on the handle of a number below zero; what ran there before ends. */
  public void prepare(ClientConnection connection, int id, String sql, long maxRows) {
    prepare(
        connection,
        sql,
        maxRows,
        open -> {
          open.find(id).ifPresent(before -> before.replace(null));
          return id;
        });
  }

  private int prepare(
      ClientConnection connection,
      String sql,
      long maxRows,
      ToIntFunction<ConnectionStatements> handle) {
    String queryId = queryIds.next();
    Instant started = clock.instant();
    try {
      refuseIfClosed();
      Session session = connection.session();
      ConnectionStatements open = of(connection);
      var planning = new Interruptible();
      open.beginPreparing(planning);
      try {
        PlannedStatement planned =
            planned(queryId, session.limits(), () -> plan(connection, session, sql), planning);
        int id = handle.applyAsInt(open);
        open.prepare(
            id,
            new OpenStatement.Prepared(sql, planned, session.principal(), maxRows),
            clock.instant());
        return id;
      } finally {
        open.endPreparing(planning, clock.instant());
      }
    } catch (Throwable e) {
      StatementException failure = ErrorMapping.map(e, queryId);
      notPrepared(failure, queryId, connection, sql, started);
      throw failure;
    }
  }

  /** What cannot be planned has run in vain like what fails later. */
  private void notPrepared(
      StatementException failure,
      String queryId,
      ClientConnection connection,
      String sql,
      Instant started) {
    History.Entry entry =
        new History.Entry(
            queryId,
            connection.principal().name(),
            Passwords.hidden(sql),
            Optional.empty(),
            started,
            clock.instant(),
            0,
            History.Outcome.FAILED,
            Optional.of(failure.error().code().sqlState()));
    listener.ended(entry);
    AuditTrail trail = trail(connection, queryId, sql);
    trail.started(null, null);
    CompletableFuture<Void> audited = trail.ended(entry, 0, failure.error());
    Run.awaitWritten(CompletableFuture.allOf(runs.record(entry), audited));
    log(entry);
  }

  private AuditTrail trail(ClientConnection connection, String queryId, String sql) {
    return new AuditTrail(runs.auditing(), actor(connection), queryId, Passwords.hidden(sql));
  }

  private static Actor actor(ClientConnection connection) {
    return Actor.of(connection.principal(), connection.caller().address());
  }

  /** What was prepared on a handle. */
  public PlannedStatement prepared(ClientConnection connection, int id) {
    return mapped(null, () -> preparedOn(connection, id).statement());
  }

  /** Runs a statement's text on a handle; what ran there before ends. */
  public Run execute(ClientConnection connection, int id, String sql, long maxRows) {
    Session session = connection.session();
    return launch(connection, id, sql, maxRows, List.of(), () -> plan(connection, session, sql));
  }

  /**
   * Runs what was prepared on a handle; what ran there before ends.
   *
   * @param maxRows rows it gives at most, if that is less than was said when it was prepared
   */
  public Run execute(
      ClientConnection connection, int id, List<@Nullable Object> parameters, long maxRows) {
    OpenStatement.Prepared prepared = mapped(null, () -> preparedOn(connection, id));
    Session session = connection.session();
    List<SqlType> types = prepared.statement().parameters();
    List<@Nullable Object> values =
        mapped(null, () -> ParameterValues.of(parameters, types, session.zone()));
    long most = fewest(maxRows, prepared.maxRows());
    // What was planned for other roles or claims is not for these.
    Supplier<PlannedStatement> plan =
        prepared.principal().equals(session.principal())
            ? prepared::statement
            : () -> plan(connection, session, prepared.sql());
    return launch(connection, id, prepared.sql(), most, values, plan);
  }

  private Run launch(
      ClientConnection connection,
      int id,
      String sql,
      long maxRows,
      List<@Nullable Object> parameters,
      Supplier<PlannedStatement> plan) {
    String queryId = queryIds.next();
    return mapped(
        queryId,
        () -> {
          refuseIfClosed();
          ConnectionStatements open = of(connection);
          if (id >= 0) {
            open.get(id);
          }
          open.find(id).ifPresent(before -> before.replace(null));
          rates.count(connection.caller());
          Session session = connection.session();
          Admission.Turn turn = admission.enter(session.principal().name());
          long most = fewest(maxRows, session.limits().maxRows());
          Run run =
              new Run(
                  queryId,
                  session,
                  connection.caller(),
                  Passwords.hidden(sql),
                  most,
                  workers,
                  stopping,
                  clock,
                  listener,
                  ended -> {
                    turn.leave();
                    return runEnded(ended);
                  },
                  trail(connection, queryId, sql));
          runs.add(run);
          try {
            // Asked once it can be stopped: who is shut out now either stops it or is found here.
            standing.accept(connection.caller());
            open.place(id, run, clock.instant());
          } catch (KurobeException e) {
            run.cancel(e);
            throw e;
          }
          Limits limits = session.limits();
          Duration timeout = limits.queryTimeout();
          Future<?> alarm =
              scheduler.schedule(
                  () ->
                      run.cancel(
                          run.isQueued() ? notBegun(timeout) : timedOut(limits, run.atWork())),
                  timeout.toMillis(),
                  TimeUnit.MILLISECONDS);
          run.onEnd(
              () -> {
                alarm.cancel(false);
                // SHOW WARNINGS must not take the place of the statement that it is asked after.
                if (!run.isShow()) {
                  connection.warned(run.warnings());
                }
              });
          turn.come().thenRun(() -> run.begin(plan, parameters));
          return run;
        });
  }

  /** What runs, or ran, on a handle. */
  public Run run(ClientConnection connection, int id) {
    return mapped(
        null,
        () -> {
          OpenStatement statement = of(connection).get(id);
          statement.touch(clock.instant());
          return statement
              .run()
              .orElseThrow(
                  () ->
                      new KurobeException(
                          ErrorCode.NO_SUCH_STATEMENT, "the statement has not run"));
        });
  }

  /** Keeps something of a face's own with a handle until it closes or runs again. */
  public void attach(ClientConnection connection, int id, Object attachment) {
    mapped(
        null,
        () -> {
          of(connection).get(id).attach(attachment);
          return id;
        });
  }

  /** The same for what belongs to a run: without effect if another runs on the handle by now. */
  public void attach(ClientConnection connection, int id, Run run, Object attachment) {
    mapped(
        null,
        () -> {
          of(connection).get(id).attach(run, attachment);
          return id;
        });
  }

  /**
   * Ends a run whose result was given or whose error was told. A handle with the client's number is
   * forgotten with it, unless something was prepared on it.
   */
  public void release(ClientConnection connection, int id, Run run) {
    Optional.ofNullable(statements.get(connection.id())).ifPresent(open -> open.release(id, run));
  }

  /** What a face keeps with a handle; marks the handle as used. */
  public <T> Optional<T> attached(ClientConnection connection, int id, Class<T> type) {
    return mapped(
        null,
        () -> {
          OpenStatement statement = of(connection).get(id);
          statement.touch(clock.instant());
          return statement.attachment().map(type::cast);
        });
  }

  /** Closes a handle and cancels what runs on it, at once; an unknown one is no error. */
  public void close(ClientConnection connection, int id) {
    close(connection, List.of(id));
  }

  /** Closes handles and cancels what runs on them, at once; an unknown one is no error. */
  public void close(ClientConnection connection, List<Integer> ids) {
    ConnectionStatements open = statements.get(connection.id());
    if (open != null) {
      List<OpenStatement> closed = ids.stream().flatMap(id -> open.remove(id).stream()).toList();
      awaitReleased(closed.stream().flatMap(each -> each.replace(null).stream()).toList());
    }
  }

  /**
   * Ends what runs on handles, as their client does not read on; what was prepared on them stays.
   * One on which nothing runs is no error.
   */
  public void leave(ClientConnection connection, List<Integer> ids) {
    ConnectionStatements open = statements.get(connection.id());
    if (open != null) {
      awaitReleased(ids.stream().flatMap(id -> open.leave(id).stream()).toList());
    }
  }

  /** What is at work on a handle, and how far it is; empty if nothing is. */
  public Optional<RunProgress> progress(ClientConnection connection, int id) {
    return Optional.ofNullable(statements.get(connection.id()))
        .flatMap(all -> all.find(id))
        .flatMap(OpenStatement::run)
        .flatMap(Run::progress);
  }

  /**
   * Ends what runs on a handle; what was prepared on it stays.
   *
   * @return whether anything was at work there
   */
  public boolean cancel(ClientConnection connection, int id) {
    ConnectionStatements open = statements.get(connection.id());
    Optional<OpenStatement> statement = Optional.ofNullable(open).flatMap(all -> all.find(id));
    Optional<Run> run = statement.flatMap(OpenStatement::run).filter(found -> !found.hasEnded());
    if (run.isPresent()) {
      run.get().cancel(new KurobeException(ErrorCode.CANCELLED, "the statement was cancelled"));
      // What was prepared keeps its cancelled run, whose next fetch is told so.
      if (statement.get().prepared().isEmpty()) {
        open.release(id, run.get());
      }
    }
    return run.isPresent();
  }

  /** Whoever closes finds its source free if that can be had soon; nobody waits for longer. */
  private static void awaitReleased(List<Run> ended) {
    try {
      CompletableFuture.allOf(
              ended.stream().map(Run::released).toArray(CompletableFuture<?>[]::new))
          .get(RELEASED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("a source takes its time to stop; nobody waits for it");
    }
  }

  /** Takes over what a statement changed of its connection's session. */
  public void settle(ClientConnection connection, Run run) {
    run.changedSession().ifPresent(changed -> connection.change(session -> changed));
  }

  /**
   * How many threads statements hold at most; one that is prepared holds one while it is planned.
   */
  public int threads() {
    return 2 * settings.running().running() + 8;
  }

  /** The statements at work or waiting for that, the oldest first. */
  public List<RunningQuery> running() {
    return runs.running();
  }

  /** How many statement handles are open. */
  public int openStatements() {
    return statements.values().stream().mapToInt(ConnectionStatements::size).sum();
  }

  private PlannedStatement plan(ClientConnection connection, Session session, String sql) {
    int most = session.limits().maxStatementLength();
    if (sql.length() > most) {
      throw new KurobeException(
          ErrorCode.STATEMENT_TOO_LARGE,
          "the statement has " + sql.length() + " characters; at most " + most + " are read");
    }
    scopes.check(connection.caller(), sql);
    return planner.plan(session, sql);
  }

  private PlannedStatement planned(
      String queryId, Limits limits, Supplier<PlannedStatement> plan, Interruptible planning)
      throws ExecutionException {
    Future<PlannedStatement> planned = onWorker(queryId, plan, planning);
    try {
      return planned.get(limits.queryTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      planning.stop();
      throw timedOut(limits, List.of());
    } catch (InterruptedException e) {
      planning.stop();
      Thread.currentThread().interrupt();
      throw new KurobeException(ErrorCode.SHUTTING_DOWN, "the gateway is shutting down", e);
    }
  }

  private Future<PlannedStatement> onWorker(
      String queryId, Supplier<PlannedStatement> plan, Interruptible planning) {
    CompletableFuture<PlannedStatement> future = new CompletableFuture<>();
    workers.execute(
        () ->
            QueryContext.run(
                queryId,
                () -> {
                  Instant before = clock.instant();
                  planning.enter();
                  try {
                    future.complete(plan.get());
                    listener.planned(Duration.between(before, clock.instant()));
                  } catch (Throwable e) {
                    future.completeExceptionally(e);
                  } finally {
                    planning.leave();
                  }
                }));
    return future;
  }

  private static KurobeException timedOut(Limits limits, List<String> atWork) {
    String told = "the statement took longer than " + limits.queryTimeout().toSeconds() + " s";
    return new KurobeException(
            ErrorCode.TIMEOUT,
            atWork.isEmpty() ? told : told + "; at work was " + String.join(" and ", atWork))
        .withHint(
            "Ask for less, or raise query_timeout, to at most "
                + limits.longestTimeout().toSeconds()
                + " seconds.");
  }

  private static KurobeException notBegun(Duration timeout) {
    return new KurobeException(
            ErrorCode.TIMEOUT,
            "the statement waited for " + timeout.toSeconds() + " s for others to end")
        .withHint(
            "Close result sets that are not read to the end, or raise limits.running or"
                + " query_timeout.");
  }

  private static long fewest(long a, long b) {
    if (a <= 0 || b <= 0) {
      return Math.max(0, Math.max(a, b));
    }
    return Math.min(a, b);
  }

  private CompletableFuture<Void> runEnded(Run run) {
    CompletableFuture<Void> written = runs.remove(run);
    log(run.entry());
    return written;
  }

  private static void log(History.Entry entry) {
    Duration took = Duration.between(entry.started(), entry.ended());
    QueryContext.run(
        entry.queryId(),
        () ->
            LOG.info(
                "{} by {}, {} rows, {} ms{}",
                entry.outcome(),
                entry.principal(),
                entry.rows(),
                took.toMillis(),
                entry.sqlState().map(state -> ", SQLSTATE " + state).orElse("")));
  }

  private OpenStatement.Prepared preparedOn(ClientConnection connection, int id) {
    ConnectionStatements open = of(connection);
    // Who chose the number may prepare on it again, as nothing has run.
    Optional<OpenStatement> statement = id < 0 ? open.find(id) : Optional.of(open.get(id));
    return statement
        .flatMap(OpenStatement::prepared)
        .orElseThrow(
            () ->
                new KurobeException(
                    ErrorCode.NO_SUCH_STATEMENT,
                    "nothing was prepared on this statement, or it was closed when idle"));
  }

  private ConnectionStatements of(ClientConnection connection) {
    return statements.computeIfAbsent(
        connection.id(), id -> new ConnectionStatements(counts, connection.principal().name()));
  }

  private List<Run> closeAll(ClientConnection connection) {
    ConnectionStatements open = statements.remove(connection.id());
    return open == null ? List.of() : open.close();
  }

  private void expire() {
    try {
      for (ClientConnection connection : connections.expire(this::isIdleSince)) {
        LOG.info("closed a connection of {} that was idle", connection.principal().name());
        closeAll(connection);
      }
      Instant before = clock.instant().minus(settings.idle());
      statements.values().forEach(open -> open.expire(before));
    } catch (RuntimeException e) {
      LOG.error("idle connections could not be closed", e);
    }
  }

  /** Whether a client has yet to hear that its result has ended. */
  private boolean hasUnread() {
    return statements.values().stream().anyMatch(ConnectionStatements::hasUnread);
  }

  private boolean isIdleSince(ClientConnection connection, Instant before) {
    ConnectionStatements open = statements.get(connection.id());
    return open == null || open.isIdleSince(before);
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new KurobeException(ErrorCode.SHUTTING_DOWN, "the gateway is shutting down");
    }
  }

  private static <T> T mapped(@Nullable String queryId, Supplier<T> call) {
    try {
      return call.get();
    } catch (Throwable e) {
      throw ErrorMapping.map(e, queryId);
    }
  }

  /** Refuses new statements, lets those at work end in time, then cancels them. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    Instant until = clock.instant().plus(settings.grace());
    try {
      while ((runs.size() > 0 || hasUnread()) && clock.instant().isBefore(until)) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    KurobeException reason =
        new KurobeException(ErrorCode.SHUTTING_DOWN, "the gateway is shutting down");
    runs.atWork().forEach(run -> run.cancel(reason));
    expiry.cancel(false);
    scheduler.shutdownNow();
    stopping.close();
    workers.close();
  }
}
