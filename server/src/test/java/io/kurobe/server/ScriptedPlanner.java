package io.kurobe.server;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.StatementPosition;
import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.Planner;
import io.kurobe.planner.session.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A planner that understands a few words, for what no real source does on demand. */
final class ScriptedPlanner implements Planner {
  static final List<SqlType.Field> ID_AND_NAME =
      List.of(
          new SqlType.Field("id", SqlType.BIGINT, false),
          new SqlType.Field("name", SqlType.VARCHAR, true));

  private static final int BATCH = 1_000;

  /** The delay of rows that never come, whose source does not react to a cancel either. */
  private static final long STUCK = -1;

  /** The delay of rows that end in an error. */
  private static final long FAILING = -2;

  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger cancelled = new AtomicInteger();

  /** What the cancel of a statement that is {@code stuck} waits for. */
  final CountDownLatch unstuck = new CountDownLatch(1);

  private final BufferAllocator allocator;

  ScriptedPlanner(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** Bytes outside the heap that are still held. */
  long allocated() {
    return allocator.getAllocatedMemory();
  }

  @Override
  public PlannedStatement plan(Session session, String sql) {
    String[] words = sql.strip().split("\\s+");
    return switch (words[0]) {
      case "rows" -> rows(Long.parseLong(words[1]), 0);
      case "late" -> rows(1, Long.parseLong(words[1]));
      case "wait" -> rows(1, Long.MAX_VALUE);
      case "stuck" -> rows(1, STUCK);
      case "fails" -> rows(Long.parseLong(words[1]), FAILING);
      case "types" -> query(EveryType.COLUMNS, Long.parseLong(words[1]), EveryType::write);
      case "wide" -> {
        byte[] text = "x".repeat(Integer.parseInt(words[2])).getBytes(StandardCharsets.UTF_8);
        yield query(
            List.of(new SqlType.Field("text", SqlType.VARCHAR, false)),
            Long.parseLong(words[1]),
            (root, row) -> ((VarCharVector) root.getVector(0)).setSafe(row, text));
      }
      case "plan" -> {
        pause(Long.parseLong(words[1]));
        yield rows(1, 0);
      }
      case "zone" -> changing(session.withZone(ZoneId.of(words[1])));
      case "timeout" -> {
        Duration timeout = Duration.ofSeconds(Long.parseLong(words[1]));
        yield changing(session.withLimits(session.limits().withQueryTimeout(timeout)));
      }
      case "echo" ->
          new Scripted(
              PlannedStatement.Kind.QUERY,
              ID_AND_NAME,
              List.of(SqlType.BIGINT, SqlType.VARCHAR),
              p -> 1L,
              0,
              Optional.empty());
      case "session" ->
          new Scripted(
              PlannedStatement.Kind.QUERY,
              ID_AND_NAME,
              List.of(),
              p -> 1L,
              0,
              Optional.empty(),
              ids(session.zone() + " " + session.searchPath() + " " + session.principal().name()));
      case "broken" ->
          throw new KurobeException(ErrorCode.UNKNOWN_COLUMN, "there is no column 'usr'")
              .at(new StatementPosition(1, 8))
              .withHint("Did you mean 'user'?");
      case "assert" -> throw new AssertionError("a secret of the code");
      case "overflow" -> throw new StackOverflowError();
      case "memory" -> throw new OutOfMemoryError("Java heap space");
      case "linkage" -> throw new NoClassDefFoundError("io/kurobe/Secret");
      default -> throw new KurobeException(ErrorCode.SYNTAX, "what is '" + words[0] + "'?");
    };
  }

  private Scripted changing(Session session) {
    return new Scripted(
        PlannedStatement.Kind.COMMAND, List.of(), List.of(), p -> 0L, 0, Optional.of(session));
  }

  private void awaitUnstuck() {
    try {
      unstuck.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new KurobeException(ErrorCode.SHUTTING_DOWN, "interrupted", e);
    }
  }

  private PlannedStatement rows(long count, long delayMillis) {
    return new Scripted(
        PlannedStatement.Kind.QUERY,
        ID_AND_NAME,
        List.of(),
        p -> count,
        delayMillis,
        Optional.empty());
  }

  private PlannedStatement query(
      List<SqlType.Field> columns, long count, ObjIntConsumer<VectorSchemaRoot> fill) {
    return new Scripted(
        PlannedStatement.Kind.QUERY,
        columns,
        List.of(),
        p -> count,
        0,
        Optional.empty(),
        p -> fill);
  }

  /** The id of a row within its batch, or the first parameter; a name, or the second. */
  private static Fill ids(@Nullable String text) {
    return values ->
        (root, row) -> {
          ((BigIntVector) root.getVector(0))
              .setSafe(row, values.isEmpty() ? row : (Long) values.get(0));
          String name =
              text != null ? text : values.isEmpty() ? "name " + row : (String) values.get(1);
          ((VarCharVector) root.getVector(1)).setSafe(row, name.getBytes(StandardCharsets.UTF_8));
        };
  }

  private interface Fill {
    ObjIntConsumer<VectorSchemaRoot> of(List<@Nullable Object> parameters);
  }

  private interface Count {
    long of(List<@Nullable Object> parameters);
  }

  private final class Scripted implements PlannedStatement {
    private final Kind kind;
    private final List<SqlType.Field> columns;
    private final List<SqlType> parameters;
    private final Count count;
    private final long delayMillis;
    private final Optional<Session> changed;
    private final Fill fill;

    Scripted(
        Kind kind,
        List<SqlType.Field> columns,
        List<SqlType> parameters,
        Count count,
        long delayMillis,
        Optional<Session> changed) {
      this(kind, columns, parameters, count, delayMillis, changed, ids(null));
    }

    Scripted(
        Kind kind,
        List<SqlType.Field> columns,
        List<SqlType> parameters,
        Count count,
        long delayMillis,
        Optional<Session> changed,
        Fill fill) {
      this.kind = kind;
      this.columns = columns;
      this.parameters = parameters;
      this.count = count;
      this.delayMillis = delayMillis;
      this.changed = changed;
      this.fill = fill;
    }

    @Override
    public Kind kind() {
      return kind;
    }

    @Override
    public List<SqlType.Field> columns() {
      return columns;
    }

    @Override
    public List<Optional<Origin>> origins() {
      return List.of(Optional.of(new Origin("shop", "public", "people", "id")), Optional.empty());
    }

    @Override
    public List<SqlType> parameters() {
      return parameters;
    }

    @Override
    public Execution start(List<@Nullable Object> values, ExecutionOptions options) {
      open.incrementAndGet();
      return new Streaming(columns, count.of(values), delayMillis, changed, fill.of(values));
    }
  }

  private final class Streaming implements Execution {
    private final List<SqlType.Field> columns;
    private final Optional<Session> changed;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Reader reader;

    Streaming(
        List<SqlType.Field> columns,
        long count,
        long delayMillis,
        Optional<Session> changed,
        ObjIntConsumer<VectorSchemaRoot> fill) {
      this.columns = columns;
      this.changed = changed;
      this.reader = new Reader(columns, count, delayMillis, fill, stop);
    }

    @Override
    public List<SqlType.Field> columns() {
      return columns;
    }

    @Override
    public List<Warning> warnings() {
      return new ArrayList<>();
    }

    @Override
    public Optional<Session> changedSession() {
      return changed;
    }

    @Override
    public ArrowReader reader() {
      return reader;
    }

    @Override
    public void cancel() {
      cancelled.incrementAndGet();
      if (reader.delayMillis == STUCK) {
        awaitUnstuck();
      }
      stop.countDown();
    }

    @Override
    public void close() {
      open.decrementAndGet();
      try {
        reader.close();
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private final class Reader extends ArrowReader {
    private final List<SqlType.Field> columns;
    private final long delayMillis;
    private final ObjIntConsumer<VectorSchemaRoot> fill;
    private final CountDownLatch stop;
    private long left;

    Reader(
        List<SqlType.Field> columns,
        long count,
        long delayMillis,
        ObjIntConsumer<VectorSchemaRoot> fill,
        CountDownLatch stop) {
      super(ScriptedPlanner.this.allocator);
      this.columns = columns;
      this.left = count;
      this.delayMillis = delayMillis;
      this.fill = fill;
      this.stop = stop;
    }

    @Override
    public boolean loadNextBatch() throws java.io.IOException {
      prepareLoadNextBatch();
      try {
        if (delayMillis == STUCK) {
          stop.await();
          throw new KurobeException(ErrorCode.CANCELLED, "cancelled at the source");
        }
        if (delayMillis > 0 && left > 0 && stop.await(delayMillis, TimeUnit.MILLISECONDS)) {
          throw new KurobeException(ErrorCode.CANCELLED, "cancelled at the source");
        }
      } catch (InterruptedException e) {
        throw new KurobeException(ErrorCode.CANCELLED, "interrupted", e);
      }
      if (left == 0) {
        if (delayMillis == FAILING) {
          throw new KurobeException(ErrorCode.SOURCE_FAILED, "the source shop failed");
        }
        return false;
      }
      VectorSchemaRoot root = getVectorSchemaRoot();
      int rows = (int) Math.min(BATCH, left);
      root.allocateNew();
      for (int row = 0; row < rows; row++) {
        fill.accept(root, row);
      }
      root.setRowCount(rows);
      left -= rows;
      return true;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
      return ArrowTypes.schema(columns);
    }
  }
}
