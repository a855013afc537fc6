package io.kurobe.server.statement;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.Execution;
import io.kurobe.planner.Execution.Progress;
import io.kurobe.planner.Execution.Warning;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import io.kurobe.server.session.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution of a statement, from its text to its last batch.
 *
 * <p>The problem: planning, starting and reading may each block for minutes, while the client's
 * request must be answered within seconds, and a cancel, a time-out or a close may come from other
 * threads at any moment. So the blocking work happens on worker threads, one step at a time, and
 * each step completes a future. A request waits on that future for as long as it likes, and goes
 * away with {@link Poll.Pending} if the step takes longer; the next request finds the same future.
 * A cancel completes every future with its reason, so that whoever waits is answered at once, and
 * tells the execution to stop; the worker comes home in its own time.
 *
 * <p>An execution owns memory outside the heap. It is closed when nobody is inside it: neither a
 * worker that loads a batch nor a face that reads one ({@link #read}); a close from outside only
 * marks it, and the last to leave closes. Waiting for them instead would make cancel as slow as the
 * source; not counting them would free vectors under a reader.
 *
 * <p>Planning may ask language models and sources, and so may the start of what explains a
 * question: until a statement is at work at its sources, whoever stops it interrupts the worker.
 *
 * <p>Nothing of that waits for a source but the threads that stop things ({@link Stopping}): a
 * source that is not there any more may take its time to let itself be cancelled.
 *
 * <p>Whoever is told that it has ended, well or badly, finds it in the history and in the audit,
 * also after the process was killed. The one that waits for the disk is the request that tells so:
 * neither a worker nor whoever cancels.
 */
public final class Run implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  /** How long an answer waits for a disk that hangs; the history is worth no more than that. */
  private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(2);

  /** The key of the query id in the logging context. */
  public static final String MDC_KEY = "queryId";

  /** What asking for the next batch comes to. */
  public sealed interface Poll {
    /**
     * A batch; it is valid until the next poll.
     *
     * @param rows how many of its rows count; the batch may hold more
     */
    record Batch(VectorSchemaRoot root, int rows) implements Poll {}

    /** Nothing yet. */
    record Pending() implements Poll {}

    /** There are no more. */
    record End() implements Poll {}
  }

  private final String queryId;
  private final Session session;
  private final Caller caller;
  private final String sql;
  private final long maxRows;
  private final Executor workers;
  private final Executor stopping;
  private final Clock clock;
  private final StatementListener listener;
  private final Function<Run, CompletableFuture<Void>> onEnd;
  private final AuditTrail trail;
  private final Instant started;

  private final CompletableFuture<Void> begun = new CompletableFuture<>();
  private final CompletableFuture<PlannedStatement> planned = new CompletableFuture<>();
  private final CompletableFuture<Execution> execution = new CompletableFuture<>();
  private final CompletableFuture<Void> written = new CompletableFuture<>();
  private final CompletableFuture<Void> released = new CompletableFuture<>();
  private final Interruptible planning = new Interruptible();

  private volatile @Nullable CompletableFuture<Boolean> loading = new CompletableFuture<>();
  private volatile Instant ready;
  private final AtomicLong rows = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean exhausted;
  private volatile List<Warning> warnings = List.of();
  private volatile Optional<String> shortened = Optional.empty();
  private volatile Optional<Session> changedSession = Optional.empty();

  // Guarded by this.
  private @Nullable Execution held;
  private int inside;
  private boolean closing;
  private @Nullable StatementException failure;
  private History.@Nullable Entry entry;
  private @Nullable Runnable afterwards;

  Run(
      String queryId,
      Session session,
      Caller caller,
      String sql,
      long maxRows,
      Executor workers,
      Executor stopping,
      Clock clock,
      StatementListener listener,
      Function<Run, CompletableFuture<Void>> onEnd,
      AuditTrail trail) {
    this.queryId = queryId;
    this.session = session;
    this.caller = caller;
    this.sql = sql;
    this.maxRows = maxRows;
    this.workers = workers;
    this.stopping = stopping;
    this.clock = clock;
    this.listener = listener;
    this.onEnd = onEnd;
    this.trail = trail;
    this.started = clock.instant();
    this.ready = started;
  }

  public String queryId() {
    return queryId;
  }

  public Principal principal() {
    return session.principal();
  }

  /** Who runs it, and what proved that. */
  public Caller caller() {
    return caller;
  }

  /** The statement's text, without a password that is in it. */
  public String sql() {
    return sql;
  }

  /** The session as it was when the statement started. */
  public Session session() {
    return session;
  }

  /** Has something done when it ends; at once if it has ended. */
  void onEnd(Runnable action) {
    synchronized (this) {
      if (entry == null) {
        afterwards = action;
        return;
      }
    }
    action.run();
  }

  /** Sets the work going: plan, start, load the first batch. Without effect if it has ended. */
  void begin(Supplier<PlannedStatement> plan, List<@Nullable Object> parameters) {
    CompletableFuture<Boolean> first = loading;
    if (first == null || first.isDone()) {
      return;
    }
    begun.complete(null);
    try {
      workers.execute(
          () ->
              named(
                  () -> {
                    try {
                      planning.enter();
                      Instant before = clock.instant();
                      PlannedStatement statement = plan.get();
                      listener.planned(Duration.between(before, clock.instant()));
                      planned.complete(statement);
                      start(statement, parameters);
                    } catch (Throwable e) {
                      fail(ErrorMapping.map(e, queryId));
                      return;
                    } finally {
                      planning.leave();
                    }
                    load(first);
                  }));
    } catch (RuntimeException e) {
      throw fail(ErrorMapping.map(e, queryId));
    }
  }

  /** Whether it still waits for its turn. */
  public boolean isQueued() {
    return !begun.isDone();
  }

  /**
   * Goes on when it waits no more, because its turn has come or because it has ended; so that no
   * thread waits for that.
   */
  public <T> CompletableFuture<T> afterQueue(Supplier<T> next, Executor executor) {
    return begun.thenApplyAsync(ignored -> next.get(), executor);
  }

  private void start(PlannedStatement statement, List<@Nullable Object> parameters) {
    synchronized (this) {
      if (failure != null) {
        throw failure;
      }
    }
    if (statement.kind() == PlannedStatement.Kind.COMMAND) {
      // It is done, or not begun: it is not stopped in the middle.
      planning.leave();
      // What it changes is not to be undone where its record could not be written.
      trail.started(statement, null);
      trail.awaitDurable();
    }
    Duration left =
        session.limits().queryTimeout().minus(Duration.between(started, clock.instant()));
    Execution begun =
        statement.start(parameters, new ExecutionOptions(queryId, atLeastOne(left), maxRows));
    synchronized (this) {
      held = begun;
    }
    execution.complete(begun);
    boolean late;
    synchronized (this) {
      late = closing;
    }
    if (late) {
      begun.cancel();
      releaseIfLeft();
    }
  }

  private static Duration atLeastOne(Duration left) {
    return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
  }

  /** The statement once it is planned. */
  public PlannedStatement planned() {
    return await(planned);
  }

  /**
   * The columns of the result; waits until they are known, which for {@code ASK ?} is when it runs.
   */
  public List<SqlType.Field> columns() {
    PlannedStatement statement = planned();
    if (!statement.columns().isEmpty() || statement.kind() == PlannedStatement.Kind.COMMAND) {
      return statement.columns();
    }
    return await(execution).columns();
  }

  /** Warnings, complete after the last batch. */
  public List<Warning> warnings() {
    return shortened.map(sentence -> Shortening.warnedOf(sentence, warnings)).orElse(warnings);
  }

  /** Notes that the client gets less of a value than there is, and what. */
  public void shortened(String sentence) {
    shortened = Optional.of(sentence);
  }

  /** The session as the statement changed it, known after the last batch. */
  public Optional<Session> changedSession() {
    return changedSession;
  }

  /** Reads inside the execution: while the reader is there, no batch is freed. */
  public <T> T read(Supplier<T> reader) {
    try {
      enter();
    } catch (StatementException e) {
      awaitWritten(written);
      throw e;
    }
    try {
      T read = reader.get();
      if (rows.get() > 0 || hasEnded()) {
        awaitAudited();
      }
      return read;
    } finally {
      leave();
    }
  }

  /** Nothing is given that is not recorded. */
  private void awaitAudited() {
    try {
      trail.awaitDurable();
    } catch (KurobeException e) {
      throw fail(ErrorMapping.map(e, queryId));
    }
  }

  /**
   * The next batch, or Pending if there is none in time. One thread at a time calls this, inside
   * {@link #read} if it reads the batch.
   */
  public Poll poll(Duration patience) {
    if (loading == null && exhausted) {
      finish();
    }
    loadAhead();
    CompletableFuture<Boolean> next = loading;
    if (next == null) {
      awaitWritten(written);
      return new Poll.End();
    }
    boolean more;
    try {
      more = await(next, patience);
    } catch (TimeoutException e) {
      return new Poll.Pending();
    }
    loading = null;
    if (!more) {
      awaitWritten(written);
      awaitAudited();
      return new Poll.End();
    }
    VectorSchemaRoot root = rootOf(await(execution));
    long left = maxRows <= 0 ? Long.MAX_VALUE : maxRows - rows.get();
    int count = (int) Math.min(root.getRowCount(), left);
    rows.addAndGet(count);
    long size = bytes(root);
    listener.batch(count, size);
    refuseIfLarge(bytes.addAndGet(size));
    return new Poll.Batch(root, count);
  }

  /** What the client has got already stays with it; no more is given. */
  private void refuseIfLarge(long given) {
    long most = session.limits().maxBytes();
    if (most > 0 && given > most) {
      KurobeException reason =
          new KurobeException(
                  ErrorCode.LIMIT_EXCEEDED,
                  "the result has more than " + most + " bytes, which is limits.maxBytes")
              .withHint("Ask for fewer rows or columns.");
      StatementException refused = fail(new StatementException(reason, queryId));
      awaitWritten(written);
      throw refused;
    }
  }

  /** Ends it after a batch that was known to be the last. */
  private void finish() {
    end(History.Outcome.FINISHED, null);
    StatementException reason;
    synchronized (this) {
      reason = failure;
    }
    if (reason != null) {
      awaitWritten(written);
      throw reason;
    }
  }

  /**
   * Begins to load the next batch, in the place of the last, which is not valid any more; without
   * effect if one is being loaded or has not been asked for, or if there are no more. For the one
   * thread that polls.
   */
  public void loadAhead() {
    if (loading != null || exhausted || ended() == History.Outcome.FINISHED) {
      return;
    }
    CompletableFuture<Boolean> next = new CompletableFuture<>();
    loading = next;
    try {
      workers.execute(() -> named(() -> load(next)));
    } catch (RuntimeException e) {
      throw fail(ErrorMapping.map(e, queryId));
    }
  }

  private static VectorSchemaRoot rootOf(Execution execution) {
    try {
      return execution.reader().getVectorSchemaRoot();
    } catch (java.io.IOException e) {
      throw new KurobeException(ErrorCode.INTERNAL, "a batch could not be read", e);
    }
  }

  private static long bytes(VectorSchemaRoot root) {
    return root.getFieldVectors().stream().mapToLong(vector -> vector.getBufferSize()).sum();
  }

  private void load(CompletableFuture<Boolean> next) {
    try {
      enter();
    } catch (StatementException e) {
      next.completeExceptionally(e);
      return;
    }
    try {
      Execution reading = await(execution);
      boolean more = (maxRows <= 0 || rows.get() < maxRows) && reading.reader().loadNextBatch();
      warnings = List.copyOf(reading.warnings());
      trail.started(planned.join(), reading);
      if (more && reading.isExhausted()) {
        changedSession = reading.changedSession();
        exhausted = true;
      }
      if (!more) {
        changedSession = reading.changedSession();
        end(History.Outcome.FINISHED, null);
      }
      ready = clock.instant();
      next.complete(more);
    } catch (Throwable e) {
      next.completeExceptionally(fail(ErrorMapping.map(e, queryId)));
    } finally {
      leave();
    }
  }

  /**
   * Whether what was last asked of it, a batch or an error, has been there since before a moment.
   */
  boolean isReadyBefore(Instant moment) {
    CompletableFuture<Boolean> asked = loading;
    return (asked == null || asked.isDone()) && ready.isBefore(moment);
  }

  /** What its execution has at work now. */
  List<String> atWork() {
    Execution begun = begun();
    return begun == null ? List.of() : begun.atWork();
  }

  /** How far it is, while it is at work. */
  Optional<RunProgress> progress() {
    return running()
        .map(
            query ->
                new RunProgress(
                    queryId,
                    query.state().name(),
                    Duration.between(started, clock.instant()),
                    query.rows(),
                    query.progress()));
  }

  private Optional<Progress> fragments() {
    Execution begun;
    synchronized (this) {
      begun = held;
    }
    return begun == null ? Optional.empty() : begun.progress();
  }

  /** Stops it, for a reason that whoever waits for it is told. Returns at once. */
  public void cancel(KurobeException reason) {
    fail(new StatementException(reason, queryId));
  }

  /** Ends it, whether or not all was read. Returns at once. */
  @Override
  public void close() {
    end(
        History.Outcome.CLOSED,
        new StatementException(
            new KurobeException(ErrorCode.CANCELLED, "the statement was closed"), queryId));
  }

  /** What it is at, while it is at work. */
  Optional<RunningQuery> running() {
    if (ended() != null) {
      return Optional.empty();
    }
    return Optional.of(
        new RunningQuery(
            queryId, session.principal().name(), sql, state(), started, rows.get(), fragments()));
  }

  private RunningQuery.State state() {
    if (isQueued()) {
      return RunningQuery.State.QUEUED;
    }
    return planned.isDone() ? RunningQuery.State.RUNNING : RunningQuery.State.PLANNING;
  }

  /** Whether it has ended, well or badly. */
  boolean hasEnded() {
    return ended() != null;
  }

  /** Whether it is known to be a SHOW. */
  boolean isShow() {
    return kind().filter(kind -> kind == PlannedStatement.Kind.SHOW).isPresent();
  }

  private Optional<PlannedStatement.Kind> kind() {
    return plan().map(PlannedStatement::kind);
  }

  private Optional<PlannedStatement> plan() {
    return planned.isDone() && !planned.isCompletedExceptionally()
        ? Optional.of(planned.join())
        : Optional.empty();
  }

  private synchronized @Nullable Execution begun() {
    return held;
  }

  private synchronized History.@Nullable Outcome ended() {
    return entry == null ? null : entry.outcome();
  }

  private StatementException fail(StatementException reason) {
    ErrorCode code = reason.error().code();
    boolean cancelled = code == ErrorCode.CANCELLED || code == ErrorCode.TIMEOUT;
    end(cancelled ? History.Outcome.CANCELLED : History.Outcome.FAILED, reason);
    synchronized (this) {
      return failure == null ? reason : failure;
    }
  }

  private void end(History.Outcome outcome, @Nullable StatementException reason) {
    History.Entry ended;
    Execution toCancel;
    synchronized (this) {
      if (entry != null) {
        return;
      }
      Optional<String> sqlState =
          outcome == History.Outcome.FINISHED || outcome == History.Outcome.CLOSED || reason == null
              ? Optional.empty()
              : Optional.of(reason.error().code().sqlState());
      ended =
          new History.Entry(
              queryId,
              session.principal().name(),
              sql,
              kind().map(Enum::name),
              started,
              clock.instant(),
              rows.get(),
              outcome,
              sqlState);
      entry = ended;
      failure = reason;
      closing = true;
      toCancel = reason == null ? null : held;
    }
    if (reason != null) {
      planned.completeExceptionally(reason);
      execution.completeExceptionally(reason);
      CompletableFuture<Boolean> awaited = loading;
      if (awaited != null) {
        awaited.completeExceptionally(reason);
      }
      begun.complete(null);
      planning.stop();
    }
    listener.ended(ended);
    trail.started(plan().orElse(null), begun());
    CompletableFuture<Void> audited =
        trail.ended(ended, bytes.get(), reason == null ? null : reason.error());
    CompletableFuture.allOf(onEnd.apply(this), audited)
        .whenComplete((done, error) -> written.complete(null));
    Runnable last;
    synchronized (this) {
      last = afterwards;
    }
    if (last != null) {
      last.run();
    }
    if (toCancel == null) {
      releaseIfLeft();
    } else {
      stop(toCancel);
    }
  }

  private void stop(Execution toCancel) {
    Runnable work =
        () -> {
          try {
            toCancel.cancel();
          } catch (RuntimeException e) {
            LOG.warn("{} could not be cancelled at its source", queryId, e);
          }
          releaseIfLeft();
        };
    stopping.execute(() -> named(work));
  }

  /** Completes when it holds nothing any more, neither memory nor anything at a source. */
  CompletableFuture<Void> released() {
    return released;
  }

  History.Entry entry() {
    synchronized (this) {
      if (entry == null) {
        throw new IllegalStateException("the statement has not ended");
      }
      return entry;
    }
  }

  private synchronized void enter() {
    if (failure != null) {
      throw failure;
    }
    inside++;
  }

  private void leave() {
    synchronized (this) {
      inside--;
    }
    releaseIfLeft();
  }

  /** Closes the execution if it has ended and nobody is inside. */
  private void releaseIfLeft() {
    Execution last;
    synchronized (this) {
      if (!closing || inside > 0) {
        return;
      }
      last = held;
      held = null;
    }
    try {
      if (last != null) {
        last.close();
      }
    } catch (RuntimeException e) {
      LOG.warn("{} left something open at its source", queryId, e);
    } finally {
      released.complete(null);
    }
  }

  private <T> T await(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (java.util.concurrent.ExecutionException e) {
      awaitWritten(written);
      throw ErrorMapping.map(e, queryId);
    }
  }

  private <T> T await(CompletableFuture<T> future, Duration patience) throws TimeoutException {
    try {
      return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (java.util.concurrent.ExecutionException e) {
      awaitWritten(written);
      throw ErrorMapping.map(e, queryId);
    }
  }

  /** Waits until what is recorded of an end survives the process, within reason. */
  static void awaitWritten(CompletableFuture<Void> written) {
    try {
      written.get(WRITTEN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      LOG.warn("the history is slow; an answer did not wait for it");
    }
  }

  private StatementException interrupted(InterruptedException e) {
    return ErrorMapping.map(
        new KurobeException(ErrorCode.SHUTTING_DOWN, "the gateway is shutting down", e), queryId);
  }

  private void named(Runnable work) {
    QueryContext.run(queryId, work);
  }
}
