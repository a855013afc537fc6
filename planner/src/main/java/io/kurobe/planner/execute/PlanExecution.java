package io.kurobe.planner.execute;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannerListener.Step;
import io.kurobe.planner.fragment.FragmentPlan;
import io.kurobe.planner.fragment.Unparser;
import io.kurobe.planner.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.jspecify.annotations.Nullable;

/**
 * A plan being run. Work starts with the first look at the reader, so that whoever started it can
 * cancel it from the first moment. A plan of one source streams from it; otherwise the relations
 * are staged at the same time, then the engine streams the result.
 *
 * <p>Cancelling goes to the sources first and to the engine after them, as a native call that waits
 * in one of our readers does not see the engine's interrupt.
 */
public final class PlanExecution implements Execution {
  /** The SQLSTATE of data that was cut on its way to the client. */
  private static final String VALUES_SHORTENED = "01004";

  /** The SQLSTATE of what a source could not run of what it has all inputs of. */
  private static final String NOT_PUSHED = "01KP1";

  private static final int MOST_REASONS = 3;

  /** The name of the fragment whose rows are the result's. */
  private static final String RESULT = "result";

  private final Engine engine;
  private final Unparser unparser;
  private final Replanning replanning;
  private final List<SqlType.Field> columns;
  private final Session session;
  private final ExecutionOptions options;
  private final List<FragmentMeter> meters = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();
  private final Set<Loss> losses = EnumSet.noneOf(Loss.class);
  private final ArrowReader reader;
  private final Instant deadline;
  private final long begun = System.nanoTime();

  private volatile int fragments;

  // Of the thread that reads.
  private Replanning.Plan plan;
  private boolean replanned;

  private final Object lock = new Object();
  private @Nullable BatchStream stream;
  private @Nullable Staging staging;
  private FragmentLog.@Nullable Recording recording;
  private boolean cancelled;
  private boolean closed;

  /** How many threads open or read; the last to leave a closed execution releases what it holds. */
  private int inside;

  /**
   * Makes an execution.
   *
   * @param plan with every parameter in place
   * @param columns the columns the client sees
   * @param replanning gives another plan, once, if this one fails before its first batch
   */
  public PlanExecution(
      Engine engine,
      Unparser unparser,
      Replanning.Plan plan,
      List<SqlType.Field> columns,
      Session session,
      ExecutionOptions options,
      List<Warning> warnings,
      Replanning replanning) {
    this.engine = engine;
    this.unparser = unparser;
    this.plan = plan;
    this.fragments = fragments(plan.fragments());
    this.columns = List.copyOf(columns);
    this.replanning = replanning;
    this.session = session;
    this.options = options;
    this.warnings.addAll(warnings);
    notPushed(plan.fragments().refused()).ifPresent(this.warnings::add);
    this.deadline = engine.clock().instant().plus(options.timeout());
    this.reader = new LazyReader(engine.allocator());
  }

  private static Optional<Warning> notPushed(List<String> reasons) {
    if (reasons.isEmpty()) {
      return Optional.empty();
    }
    String told =
        reasons.stream().limit(MOST_REASONS).collect(Collectors.joining("; ", "not pushed: ", ""));
    int untold = reasons.size() - MOST_REASONS;
    return Optional.of(
        new Warning(
            NOT_PUSHED, untold > 0 ? told + "; and " + untold + " more, see EXPLAIN" : told));
  }

  @Override
  public List<SqlType.Field> columns() {
    return columns;
  }

  @Override
  public List<Warning> warnings() {
    List<Warning> all = new ArrayList<>(warnings);
    losses().stream()
        .map(Loss::sentence)
        .sorted()
        .reduce((one, other) -> one + "; " + other)
        .ifPresent(sentences -> all.add(new Warning(VALUES_SHORTENED, sentences)));
    return List.copyOf(all);
  }

  @Override
  public Set<Loss> losses() {
    synchronized (lock) {
      if (staging != null) {
        losses.addAll(staging.losses());
      }
      if (stream != null) {
        losses.addAll(stream.losses());
      }
      return losses.isEmpty() ? Set.of() : EnumSet.copyOf(losses);
    }
  }

  /** What the fragments did so far, in the order they were started. */
  public List<FragmentMeter> meters() {
    synchronized (lock) {
      return List.copyOf(meters);
    }
  }

  @Override
  public List<Read> reads() {
    return meters().stream().map(meter -> new Read(meter.runsOn(), meter.statement())).toList();
  }

  @Override
  public List<String> atWork() {
    return meters().stream().filter(FragmentMeter::isAtWork).map(PlanExecution::named).toList();
  }

  @Override
  public Optional<Progress> progress() {
    List<FragmentMeter> begun = meters();
    int done = (int) begun.stream().filter(meter -> !meter.isAtWork()).count();
    long rows =
        begun.stream()
            .filter(meter -> begun.size() == 1 || !meter.name().equals(RESULT))
            .mapToLong(FragmentMeter::rows)
            .sum();
    return Optional.of(new Progress(Math.max(fragments, begun.size()), done, rows));
  }

  private static int fragments(FragmentPlan plan) {
    return plan instanceof FragmentPlan.AtEngine at ? at.staged().size() + 1 : 1;
  }

  private static String named(FragmentMeter meter) {
    String place =
        meter.runsOn().equals(Engine.NAME) ? "the " + Engine.NAME : "source " + meter.runsOn();
    return meter.name().equals(RESULT) ? place : "fragment " + meter.name() + " of " + place;
  }

  @Override
  public ArrowReader reader() {
    return reader;
  }

  private BatchStream open() {
    synchronized (lock) {
      checkLive();
      if (recording == null) {
        recording =
            engine.fragments().open(options.queryId(), session.principal().name(), this::meters);
      }
    }
    BatchStream opened;
    if (plan.fragments() instanceof FragmentPlan.AtSource at) {
      opened = openSource(at);
    } else {
      opened = openEngine((FragmentPlan.AtEngine) plan.fragments());
    }
    BatchStream visible =
        plan.fetched().size() == columns.size()
            ? opened
            : new VisibleColumns(opened, columns.size(), engine.allocator());
    synchronized (lock) {
      stream = visible;
      if (cancelled || closed) {
        visible.cancel();
        throw cancellation();
      }
    }
    return visible;
  }

  private BatchStream openSource(FragmentPlan.AtSource at) {
    var source = at.fragment().source();
    String sql = unparser.atSource(source, at.fragment().tree());
    FragmentMeter meter =
        meter(
            RESULT,
            source.name(),
            source.statement(sql),
            unparser.shownAtSource(source, at.fragment().tree(), sql));
    BatchStream stream =
        SourceReads.read(
            at.fragment(),
            new ReadRequest(sql, plan.fetched(), session.zone(), remaining(), engine.batchRows()));
    return new MeteredStream(stream, meter, engine.allocator());
  }

  private BatchStream openEngine(FragmentPlan.AtEngine at) {
    Staging opened = new Staging(engine, session, options.queryId());
    synchronized (lock) {
      staging = opened;
      checkLive();
    }
    opened.open();
    opened.stage(at, unparser, this::remaining, this::meter);
    String sql = unparser.atEngine(at.tree(), opened.database());
    FragmentMeter meter =
        meter(
            RESULT,
            at.onlySource().orElse(Engine.NAME),
            sql,
            unparser.shownAtEngine(at.tree(), opened.database(), sql));
    return new MeteredStream(opened.run(at, sql, plan.fetched()), meter, engine.allocator());
  }

  private FragmentMeter meter(String name, String runsOn, String statement, String shown) {
    FragmentMeter meter = new FragmentMeter(name, runsOn, statement, shown, engine.listener());
    synchronized (lock) {
      meters.add(meter);
    }
    return meter;
  }

  private Duration remaining() {
    Duration left = Duration.between(engine.clock().instant(), deadline);
    if (left.isNegative() || left.isZero()) {
      throw new KurobeException(
          ErrorCode.TIMEOUT, "the query took longer than " + options.timeout().toSeconds() + " s");
    }
    return left;
  }

  private void checkLive() {
    if (cancelled || closed) {
      throw cancellation();
    }
  }

  private static KurobeException cancellation() {
    return new KurobeException(ErrorCode.CANCELLED, "the query was cancelled");
  }

  @Override
  public void cancel() {
    BatchStream running;
    Staging staged;
    synchronized (lock) {
      cancelled = true;
      running = stream;
      staged = staging;
    }
    if (staged != null) {
      staged.cancel();
    }
    if (running != null) {
      running.cancel();
    }
  }

  /**
   * Ends it. While another thread opens or reads, that one is made to stop and releases what is
   * held when it leaves, as native memory must not go away beneath it.
   */
  @Override
  public void close() {
    boolean busy;
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      busy = inside > 0;
    }
    if (busy) {
      cancel();
    } else {
      release();
    }
  }

  /** Takes another plan, once, if the failure comes of this one's age; lets go what it held. */
  private boolean replan(KurobeException failure) {
    BatchStream running;
    Staging staged;
    synchronized (lock) {
      if (replanned || cancelled || closed) {
        return false;
      }
      replanned = true;
      staged = staging;
    }
    Optional<Replanning.Plan> next = replanning.after(failure, failed(staged));
    if (next.isEmpty()) {
      return false;
    }
    synchronized (lock) {
      running = stream;
      stream = null;
      staging = null;
      meters.clear();
      losses.clear();
    }
    close(running, staged);
    plan = next.get();
    fragments = fragments(plan.fragments());
    return true;
  }

  /** The sources of which one failed. */
  private Set<String> failed(@Nullable Staging staged) {
    return staged == null
        ? FragmentPlan.sources(plan.fragments())
        : staged
            .failedSource()
            .map(Set::of)
            .orElseGet(() -> ((FragmentPlan.AtEngine) plan.fragments()).attachedNames());
  }

  private void enter() {
    synchronized (lock) {
      checkLive();
      inside++;
    }
  }

  private void leave() {
    boolean last;
    synchronized (lock) {
      inside--;
      last = closed && inside == 0;
    }
    if (last) {
      release();
    }
  }

  private void release() {
    BatchStream running;
    Staging staged;
    FragmentLog.Recording recorded;
    synchronized (lock) {
      running = stream;
      staged = staging;
      recorded = recording;
      stream = null;
      staging = null;
      recording = null;
    }
    try {
      close(running, staged);
    } finally {
      if (recorded != null) {
        recorded.close();
        engine.listener().took(Step.EXECUTE, sinceBegun());
      }
    }
  }

  private static void close(@Nullable BatchStream running, @Nullable Staging staged) {
    try {
      if (running != null) {
        running.close();
      }
    } finally {
      if (staged != null) {
        staged.close();
      }
    }
  }

  private Duration sinceBegun() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private KurobeException told(KurobeException error) {
    synchronized (lock) {
      // A source that dies of our own cancel says so in its own words.
      return cancelled && error.code() != ErrorCode.TIMEOUT ? cancellation() : named(error);
    }
  }

  /** The engine does not know of which attached source a file is that it cannot read. */
  private KurobeException named(KurobeException error) {
    if (!(plan.fragments() instanceof FragmentPlan.AtEngine at)) {
      return error;
    }
    for (Source source : at.attached()) {
      KurobeException told = source.told(error);
      if (told != error) {
        return told;
      }
    }
    if (error.code() != ErrorCode.SOURCE_FAILED
        || at.attachedNames().stream().anyMatch(error.getMessage()::contains)) {
      return error;
    }
    List<String> attached = List.copyOf(at.attachedNames());
    return switch (attached.size()) {
      case 0 -> error;
      case 1 -> error.arisenIn("source " + attached.get(0));
      default -> error.arisenIn("one of the sources " + String.join(", ", attached));
    };
  }

  /** Opens the stream when first asked for anything. What failed once fails again, alike. */
  private final class LazyReader extends ForwardingReader {
    private @Nullable BatchStream opened;
    private @Nullable KurobeException failure;
    private boolean given;

    LazyReader(BufferAllocator allocator) {
      super(allocator);
    }

    @Override
    protected ArrowReader delegate() {
      BatchStream known = opened;
      if (known == null) {
        known = guarded(this::openOrReplan);
        opened = known;
      }
      return known.reader();
    }

    private BatchStream openOrReplan() {
      try {
        return open();
      } catch (KurobeException e) {
        if (!replan(e)) {
          throw e;
        }
        return open();
      }
    }

    private boolean load() {
      try {
        return read();
      } catch (KurobeException e) {
        if (given || failure != null || !replan(e)) {
          throw e;
        }
        opened = null;
        return read();
      }
    }

    private boolean read() {
      try {
        return delegate().loadNextBatch();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public long bytesRead() {
      return opened == null ? 0 : opened.reader().bytesRead();
    }

    @Override
    public boolean loadNextBatch() throws IOException {
      try {
        boolean more = guarded(this::load);
        if (!given) {
          given = true;
          engine.listener().took(Step.FIRST_BATCH, sinceBegun());
        }
        return more;
      } catch (UncheckedIOException e) {
        throw requireNonNull(e.getCause());
      }
    }

    private <T> T guarded(Supplier<T> work) {
      if (failure != null) {
        throw failure;
      }
      enter();
      try {
        return work.get();
      } catch (KurobeException e) {
        failure = failure == null ? told(e) : failure;
        throw failure;
      } finally {
        leave();
      }
    }

    @Override
    protected void closeReadSource() {
      PlanExecution.this.close();
    }
  }
}
