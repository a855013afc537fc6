package io.kurobe.planner.testing;

import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.adapters.source.SourceRuntime;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.Planner;
import io.kurobe.planner.ask.AskPolicy;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.authorize.VisibleCatalog;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.Relation;
import io.kurobe.planner.catalog.Views;
import io.kurobe.planner.command.Administration;
import io.kurobe.planner.distribute.DistributedEngine;
import io.kurobe.planner.execute.Engine;
import io.kurobe.planner.plan.FederatedPlanner;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.system.Activity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** A planner over sources, with everything it needs; closing it checks that no memory is left. */
public final class Federation implements AutoCloseable {
  private final BufferAllocator allocator = new RootAllocator();
  private final DuckDbInstance duckDb = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT);
  private final ExecutorService staging = Executors.newFixedThreadPool(4);
  private final List<Source> sources = new ArrayList<>();
  private final Catalog catalog;
  private final Planner planner;
  private final Session session;
  private final AtomicInteger queries = new AtomicInteger();

  private Federation(
      List<SourceConfig> configs,
      List<Relation> relations,
      AccessControl accessControl,
      Views views,
      Questions questions,
      Optional<DistributedEngine> distributed,
      Activity activity) {
    for (SourceConfig config : configs) {
      sources.add(create(config));
    }
    this.catalog =
        new Catalog(
            sources, relations, new VisibleCatalog(accessControl), Clock.systemUTC(), staging);
    this.planner =
        new FederatedPlanner(
            catalog,
            views,
            accessControl,
            questions,
            AskPolicy.DEFAULT,
            new Engine(duckDb, allocator, staging, Clock.systemUTC(), 4096),
            distributed,
            activity,
            Administration.OPEN,
            new InMemoryClassifications());
    this.session =
        new Session(
            "test",
            new Principal("tester", Set.of()),
            ZoneId.of("UTC"),
            List.of(),
            Limits.DEFAULT,
            Map.of());
  }

  /** A federation in which everyone may see everything, and nobody asks questions. */
  public static Federation of(List<SourceConfig> sources) {
    return of(sources, List.of(), Federation::unasked);
  }

  private static AskOutcome unasked(Question question, Session session, QuestionSupport support) {
    throw new IllegalStateException("nobody asks here");
  }

  /** A federation in which everyone may see everything. */
  public static Federation of(
      List<SourceConfig> sources, List<Relation> relations, Questions questions) {
    return new Federation(
        sources,
        relations,
        AccessControl.OPEN,
        new InMemoryViews(),
        questions,
        Optional.empty(),
        Activity.NONE);
  }

  /** A federation in which a cluster joins what crosses sources. */
  public static Federation of(List<SourceConfig> sources, DistributedEngine distributed) {
    return new Federation(
        sources,
        List.of(),
        AccessControl.OPEN,
        new InMemoryViews(),
        Federation::unasked,
        Optional.of(distributed),
        Activity.NONE);
  }

  /** A federation with an access control, in which a cluster joins what crosses sources. */
  public static Federation of(
      List<SourceConfig> sources, AccessControl accessControl, DistributedEngine distributed) {
    return new Federation(
        sources,
        List.of(),
        accessControl,
        new InMemoryViews(),
        Federation::unasked,
        Optional.of(distributed),
        Activity.NONE);
  }

  /** A federation with an access control of the test's. */
  public static Federation of(
      List<SourceConfig> sources, AccessControl accessControl, Questions questions) {
    return of(sources, accessControl, questions, Activity.NONE);
  }

  /** A federation with an access control and something going on. */
  public static Federation of(
      List<SourceConfig> sources,
      AccessControl accessControl,
      Questions questions,
      Activity activity) {
    return new Federation(
        sources,
        List.of(),
        accessControl,
        new InMemoryViews(),
        questions,
        Optional.empty(),
        activity);
  }

  private Source create(SourceConfig config) {
    for (SourceFactory factory : ServiceLoader.load(SourceFactory.class)) {
      if (factory.type().equals(config.type())) {
        return factory.create(config, new SourceRuntime(allocator, duckDb));
      }
    }
    throw new IllegalArgumentException("no kind of source is " + config.type());
  }

  public Planner planner() {
    return planner;
  }

  public Catalog catalog() {
    return catalog;
  }

  /** The session of {@link #query(String)}. */
  public Session session() {
    return session;
  }

  /** The rows of a statement, values as Arrow gives them (text as String). */
  public List<List<@Nullable Object>> query(String sql) {
    return query(session, sql);
  }

  /** The rows of a statement of a session. */
  public List<List<@Nullable Object>> query(Session asking, String sql, Object... parameters) {
    return rows(planner.plan(asking, sql), parameters);
  }

  /** The rows of one execution. */
  public List<List<@Nullable Object>> rows(PlannedStatement statement, Object... parameters) {
    return rows(statement, Duration.ofSeconds(60), parameters);
  }

  /** The rows of one execution that may take its time. */
  public List<List<@Nullable Object>> rows(
      PlannedStatement statement, Duration limit, Object... parameters) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    var options = new ExecutionOptions("t" + queries.incrementAndGet(), limit, 0);
    try (Execution execution = statement.start(Arrays.asList(parameters), options)) {
      while (execution.reader().loadNextBatch()) {
        VectorSchemaRoot batch = execution.reader().getVectorSchemaRoot();
        for (int row = 0; row < batch.getRowCount(); row++) {
          List<@Nullable Object> values = new ArrayList<>();
          for (FieldVector vector : batch.getFieldVectors()) {
            Object value = vector.getObject(row);
            values.add(
                value instanceof org.apache.arrow.vector.util.Text ? value.toString() : value);
          }
          rows.add(values);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  @Override
  public void close() {
    staging.shutdownNow();
    sources.forEach(Source::close);
    duckDb.close();
    allocator.close();
  }
}
