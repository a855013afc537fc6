package io.kurobe.server;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.semantic.CatalogCheck;
import io.kurobe.nl2sql.semantic.ModelCheck;
import io.kurobe.nl2sql.semantic.SemanticModel;
import io.kurobe.planner.ask.AskPolicy;
import io.kurobe.planner.authorize.VisibleCatalog;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.distribute.DistributedEngine;
import io.kurobe.planner.distribute.DistributedEngine.WhenUnseen;
import io.kurobe.planner.execute.Engine;
import io.kurobe.planner.execute.FragmentLog;
import io.kurobe.planner.plan.CatalogVersion;
import io.kurobe.planner.plan.FederatedPlanner;
import io.kurobe.server.config.AskSettings;
import io.kurobe.server.config.EngineSettings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.MDC;

/** Puts the federated planner together. */
final class FederatedPlannerFactory implements PlannerFactory {
  /** Relations staged at the same time, over all queries; the sources do the work, not these. */
  private static final int STAGING_THREADS = 16;

  private static final int BATCH_ROWS = 8_192;

  @Override
  public Built create(Parts parts) {
    Clock clock = Clock.systemUTC();
    ExecutorService loading = pool("catalog", Math.max(1, parts.sources().size()));
    ExecutorService staging = pool("staging", STAGING_THREADS);
    Catalog catalog =
        new Catalog(
            parts.sources(),
            parts.configuration().relations(),
            new VisibleCatalog(parts.accessControl()),
            clock,
            loading,
            parts.comments());
    try {
      checkLayer(parts.configuration().semantic(), catalog);
    } catch (KurobeException e) {
      loading.shutdownNow();
      throw e;
    }
    AskSettings ask = parts.configuration().ask();
    var linking =
        new SchemaLinking(
            parts.configuration().server().data(),
            ask.embeddings(),
            catalog,
            parts.classifications(),
            parts.configuration().semantic());
    QuestionsFactory.Built questions =
        QuestionsFactory.create(parts, linking.linker(), linking.meanings());
    FederatedPlanner planner =
        new FederatedPlanner(
            catalog,
            parts.views(),
            parts.accessControl(),
            questions.questions(),
            new AskPolicy(ask.warnBelow(), ask.refuseBelow()),
            new Engine(
                parts.duckDb(),
                parts.allocator(),
                staging,
                clock,
                BATCH_ROWS,
                parts.listener(),
                new FragmentLog()),
            distributed(parts.configuration().engine()),
            parts.activity(),
            parts.administration(),
            parts.classifications(),
            parts.memory());
    parts
        .grants()
        .ifPresent(grants -> grants.attach(catalog, parts.views(), planner.policies()::check));
    if (!ask.generators().equals(AskSettings.DEFAULT.generators()) || !ask.agents().isEmpty()) {
      // Generators that ask a model want to know what a question is about; the offline engine not.
      linking.begin();
    }
    return new Built(
        planner,
        planner::described,
        new CatalogVersion(catalog, parts.accessControl(), parts.views())::now,
        () -> {
          linking.close();
          questions.close();
          staging.shutdownNow();
          loading.shutdownNow();
        });
  }

  /** Refuses a semantic layer that does not fit what the sources have. */
  private static void checkLayer(SemanticModel layer, Catalog catalog) {
    if (layer.isEmpty()) {
      return;
    }
    List<ModelCheck.Problem> problems = CatalogCheck.of(layer, catalog.snapshot());
    if (!problems.isEmpty()) {
      throw new KurobeException(
          ErrorCode.CONFIGURATION,
          problems.stream()
              .map(problem -> problem.origin() + ": " + problem.message())
              .collect(Collectors.joining("; ")));
    }
  }

  private static Optional<DistributedEngine> distributed(EngineSettings engine) {
    return engine instanceof EngineSettings.Trino trino
        ? Optional.of(
            new DistributedEngine(
                trino.source(),
                trino.catalogs(),
                switch (trino.whenUnseen()) {
                  case ERROR -> WhenUnseen.ERROR;
                  case DUCKDB -> WhenUnseen.STAGED;
                }))
        : Optional.empty();
  }

  /** What is logged on the way carries the query id of the statement that asked for it. */
  private static Runnable asStatement(Runnable task) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    if (context == null) {
      return task;
    }
    return () -> {
      MDC.setContextMap(context);
      try {
        task.run();
      } finally {
        MDC.clear();
      }
    };
  }

  /** Threads that end when they have nothing to do, so that a quiet gateway has none. */
  static ExecutorService pool(String name, int threads) {
    AtomicInteger count = new AtomicInteger();
    ThreadFactory factory =
        task -> {
          Thread thread = new Thread(task, "kurobe-" + name + "-" + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory) {
          @Override
          public void execute(Runnable task) {
            super.execute(asStatement(task));
          }
        };
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
