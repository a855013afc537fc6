package io.kurobe.planner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.ask.AskPolicy;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.command.Administration;
import io.kurobe.planner.plan.FederatedPlanner;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.system.Activity;
import io.kurobe.planner.testing.ControlledStream;
import io.kurobe.planner.testing.InMemoryClassifications;
import io.kurobe.planner.testing.InMemoryViews;
import io.kurobe.planner.testing.ScriptedSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Executions that are closed, cancelled or starved while their sources are at work. */
@Timeout(60)
class ExecutionFaultsTest {
  private static final String JOIN =
      "SELECT COUNT(*) AS n FROM one.main.t JOIN two.main.t u ON t.n = u.n";

  private final BufferAllocator allocator = new RootAllocator();
  private final DuckDbInstance duckDb = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT);
  private final ExecutorService staging = Executors.newSingleThreadExecutor();
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final ScriptedSource one = new ScriptedSource("one");
  private final ScriptedSource two = new ScriptedSource("two");
  private final BlockingQueue<ControlledStream> opened = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> go = new CompletableFuture<>();
  private final AtomicInteger queries = new AtomicInteger();
  private FederatedPlanner planner;

  @BeforeEach
  void open() {
    one.has("t");
    two.has("t");
    one.reads(
        request -> {
          ControlledStream stream = new ControlledStream(allocator, request.columns(), go);
          opened.add(stream);
          return stream;
        });
    two.reads(
        request ->
            new ControlledStream(
                allocator, request.columns(), CompletableFuture.completedFuture(null)));
    planner =
        new FederatedPlanner(
            new Catalog(
                List.of(one, two),
                List.of(),
                (whole, session) -> whole,
                Clock.systemUTC(),
                clients),
            new InMemoryViews(),
            AccessControl.OPEN,
            (question, session, support) -> {
              throw new UnsupportedOperationException();
            },
            AskPolicy.DEFAULT,
            new Engine(duckDb, allocator, staging, Clock.systemUTC(), 1024),
            Optional.empty(),
            Activity.NONE,
            Administration.OPEN,
            new InMemoryClassifications());
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    go.complete(null);
    staging.shutdown();
    clients.shutdown();
    assertThat(clients.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(staging.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(attached()).isEmpty();
    duckDb.close();
    assertThat(allocator.getAllocatedMemory()).isZero();
    allocator.close();
  }

  @Test
  void aCloseWhileItStagesEndsItAndDetachesAfterTheLastLoad() throws Exception {
    Execution execution = start(JOIN);
    Future<Long> client = clients.submit(() -> rows(execution));
    ControlledStream stream = opened.take();
    stream.reached().await();
    assertThat(attached()).hasSize(1);
    execution.close();
    assertThat(failure(client).code()).isEqualTo(ErrorCode.CANCELLED);
    assertThat(stream.closed().await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aStreamThatOpensAfterTheCloseIsClosed() throws Exception {
    CompletableFuture<Void> reading = new CompletableFuture<>();
    var source = one;
    CompletableFuture<ControlledStream> given = new CompletableFuture<>();
    source.reads(
        request -> {
          reading.complete(null);
          go.join();
          var stream = new ControlledStream(allocator, request.columns(), go);
          given.complete(stream);
          return stream;
        });
    Execution execution = start("SELECT n FROM one.main.t");
    Future<Long> client = clients.submit(() -> rows(execution));
    reading.join();
    execution.close();
    go.complete(null);
    assertThat(failure(client).code()).isEqualTo(ErrorCode.CANCELLED);
    assertThat(given.join().closed().await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aCancelWhileItWaitsForAStagingThreadEndsItAtOnce() throws Exception {
    Execution first = start(JOIN);
    Future<Long> holder = clients.submit(() -> rows(first));
    opened.take().reached().await();
    try (Execution second = start(JOIN)) {
      Future<Long> waiting = clients.submit(() -> rows(second));
      while (attached().size() < 2) {
        Thread.onSpinWait();
      }
      second.cancel();
      assertThat(failure(waiting).code()).isEqualTo(ErrorCode.CANCELLED);
    }
    assertThat(holder.isDone()).isFalse();
    go.complete(null);
    assertThat(holder.get()).isEqualTo(1);
    first.close();
  }

  @Test
  void manyQueriesShareOneStagingThread() throws Exception {
    go.complete(null);
    List<Future<Long>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(
          clients.submit(
              () -> {
                try (Execution execution = start(JOIN)) {
                  return rows(execution);
                }
              }));
    }
    for (Future<Long> answer : answers) {
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void aSourceThatFailsStopsTheOthersAndIsTheOneNamed() throws Exception {
    try (ExecutorServiceOfTwo threads = new ExecutorServiceOfTwo()) {
      two.reads(
          request -> {
            throw new KurobeException(ErrorCode.SOURCE_UNAVAILABLE, "source two does not answer");
          });
      var wide =
          new FederatedPlanner(
              new Catalog(
                  List.of(one, two),
                  List.of(),
                  (whole, session) -> whole,
                  Clock.systemUTC(),
                  clients),
              new InMemoryViews(),
              AccessControl.OPEN,
              (question, session, support) -> {
                throw new UnsupportedOperationException();
              },
              AskPolicy.DEFAULT,
              new Engine(duckDb, allocator, threads.pool(), Clock.systemUTC(), 1024),
              Optional.empty(),
              Activity.NONE,
              Administration.OPEN,
              new InMemoryClassifications());
      try (Execution execution =
          wide.plan(session(), JOIN)
              .start(List.of(), new ExecutionOptions("f", Duration.ofSeconds(30), 0))) {
        Future<Long> client = clients.submit(() -> rows(execution));
        KurobeException error = failure(client);
        assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
        assertThat(error).hasMessageContaining("two");
      }
    }
  }

  @Test
  void aGatewayThatStopsEndsLoadsThatCouldNotBegin() {
    staging.shutdown();
    try (Execution execution = start(JOIN)) {
      KurobeException error = catchThrowableOfType(KurobeException.class, () -> rows(execution));
      assertThat(error.code()).isEqualTo(ErrorCode.SHUTTING_DOWN);
    }
  }

  @Test
  void whatFailedOnceIsNotRunAgain() {
    AtomicInteger reads = new AtomicInteger();
    one.reads(
        request -> {
          reads.incrementAndGet();
          throw new KurobeException(ErrorCode.SOURCE_UNAVAILABLE, "source one does not answer");
        });
    try (Execution execution = start("SELECT n FROM one.main.t")) {
      for (int i = 0; i < 2; i++) {
        KurobeException error = catchThrowableOfType(KurobeException.class, () -> rows(execution));
        assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
      }
    }
    assertThat(reads).hasValue(1);
  }

  @Test
  void itsTimeCountsWhileItWaitsForAStagingThread() throws Exception {
    Execution first = start(JOIN);
    Future<Long> holder = clients.submit(() -> rows(first));
    opened.take().reached().await();
    try (Execution second =
        planner
            .plan(session(), JOIN)
            .start(List.of(), new ExecutionOptions("late", Duration.ofMillis(200), 0))) {
      Future<Long> waiting = clients.submit(() -> rows(second));
      TimeUnit.MILLISECONDS.sleep(400);
      go.complete(null);
      assertThat(failure(waiting).code()).isEqualTo(ErrorCode.TIMEOUT);
    }
    assertThat(holder.get()).isEqualTo(1);
    first.close();
  }

  private record ExecutorServiceOfTwo(ExecutorService pool) implements AutoCloseable {
    ExecutorServiceOfTwo() {
      this(Executors.newFixedThreadPool(2));
    }

    @Override
    public void close() throws InterruptedException {
      pool.shutdown();
      assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Execution start(String sql) {
    return planner
        .plan(session(), sql)
        .start(
            List.of(),
            new ExecutionOptions("q" + queries.incrementAndGet(), Duration.ofSeconds(30), 0));
  }

  private static long rows(Execution execution) {
    try {
      long rows = 0;
      while (execution.reader().loadNextBatch()) {
        rows += execution.reader().getVectorSchemaRoot().getRowCount();
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KurobeException failure(Future<Long> client) throws Exception {
    ExecutionException error =
        catchThrowableOfType(ExecutionException.class, () -> client.get(10, TimeUnit.SECONDS));
    assertThat(error).isNotNull();
    return (KurobeException) error.getCause();
  }

  private List<String> attached() throws Exception {
    try (var connection = duckDb.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT database_name FROM duckdb_databases()"
                    + " WHERE starts_with(database_name, 'q_')")) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }

  private static Session session() {
    return new Session(
        "test",
        new Principal("tester", Set.of()),
        ZoneId.of("UTC"),
        List.of(),
        Limits.DEFAULT,
        Map.of());
  }
}
