package io.kurobe.server.metrics;

import static java.util.Objects.requireNonNull;

import io.kurobe.nl2sql.model.ModelFailure;
import io.kurobe.nl2sql.model.ModelListener;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.planner.PlannerListener;
import io.kurobe.server.statement.History.Entry;
import io.kurobe.server.statement.StatementListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** The meters of one gateway. Threads share it; whoever made it closes it. */
public final class GatewayMetrics
    implements StatementListener, PlannerListener, ModelListener, AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Step, Timer> steps = new EnumMap<>(Step.class);
  private final Timer planning;
  private final Counter rows;
  private final Counter bytes;
  private final Counter plansFound;
  private final Counter plansMade;

  public GatewayMetrics() {
    planning =
        Timer.builder("kurobe.statement.planning")
            .description("From a statement's text to its plan")
            .register(registry);
    for (Step step : Step.values()) {
      steps.put(
          step,
          Timer.builder("kurobe.step")
              .description("Steps on the way of a statement")
              .tag("step", step.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    rows = Counter.builder("kurobe.rows").description("Rows given to clients").register(registry);
    bytes =
        Counter.builder("kurobe.bytes")
            .description("Bytes of the batches that were read")
            .baseUnit("bytes")
            .register(registry);
    plansFound = plans("hit");
    plansMade = plans("miss");
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private Counter plans(String result) {
    return Counter.builder("kurobe.plan.cache")
        .description("Queries whose plan was found, or had to be made")
        .tag("result", result)
        .register(registry);
  }

  /** Shows how many of something are there now. */
  public void gauge(String name, String description, DoubleSupplier count) {
    // A weak reference, the default, would lose the supplier: nobody else holds it.
    Gauge.builder(name, count, DoubleSupplier::getAsDouble)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void took(Step step, Duration duration) {
    requireNonNull(steps.get(step)).record(duration);
  }

  @Override
  public void moved(String runsOn, long movedRows, long movedBytes) {
    Counter.builder("kurobe.fragment.rows")
        .description("Rows that came out of what sources and the engine ran")
        .tag("runs_on", runsOn)
        .register(registry)
        .increment((double) movedRows);
    Counter.builder("kurobe.fragment.bytes")
        .description("Bytes of those rows in memory")
        .baseUnit("bytes")
        .tag("runs_on", runsOn)
        .register(registry)
        .increment((double) movedBytes);
  }

  @Override
  public void planFound(boolean found) {
    (found ? plansFound : plansMade).increment();
  }

  @Override
  public void planned(Duration took) {
    planning.record(took);
  }

  @Override
  public void batch(long batchRows, long batchBytes) {
    rows.increment((double) batchRows);
    bytes.increment((double) batchBytes);
  }

  @Override
  public void ended(Entry entry) {
    Timer.builder("kurobe.statement")
        .description("Statements, from their start to their last row")
        .tag("kind", entry.kind().orElse("UNKNOWN").toLowerCase(Locale.ROOT))
        .tag("outcome", entry.outcome().name().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(Duration.between(entry.started(), entry.ended()));
  }

  @Override
  public void answered(String model, String asker, Duration took, ModelReply reply, double cost) {
    asked(model, "answered", took);
    tokens(model, "in", reply.tokensIn());
    tokens(model, "out", reply.tokensOut());
    Counter.builder("kurobe.model.cost")
        .description("What answers of language models cost, in the currency of their prices")
        .tag("model", model)
        .register(registry)
        .increment(cost);
  }

  private void asked(String model, String outcome, Duration took) {
    Timer.builder("kurobe.model")
        .description("Questions to language models, retries included")
        .tag("model", model)
        .tag("outcome", outcome)
        .register(registry)
        .record(took);
  }

  private void tokens(String model, String direction, long count) {
    Counter.builder("kurobe.model.tokens")
        .description("Tokens that language models took and gave")
        .tag("model", model)
        .tag("direction", direction)
        .register(registry)
        .increment((double) count);
  }

  @Override
  public void failed(String model, String asker, Duration took, ModelFailure.Kind kind) {
    asked(model, kind.name().toLowerCase(Locale.ROOT), took);
  }

  @Override
  public void retried(String model) {
    event("kurobe.model.retries", "Further attempts at language models", model);
  }

  @Override
  public void fellBack(String from, String to) {
    event("kurobe.model.fallbacks", "Language models that another was asked for", from);
  }

  @Override
  public void resting(String model, boolean rests) {
    if (rests) {
      event("kurobe.model.rests", "Times a language model was left alone for a while", model);
    }
  }

  private void event(String name, String description, String model) {
    Counter.builder(name)
        .description(description)
        .tag("model", model)
        .register(registry)
        .increment();
  }

  /** All meters in the text form that Prometheus reads. */
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
