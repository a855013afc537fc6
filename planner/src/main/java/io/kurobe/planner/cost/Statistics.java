package io.kurobe.planner.cost;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.TableStatistics;
import io.kurobe.planner.catalog.TableName;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * What sources estimate of their tables, remembered for a time to live. A source that does not tell
 * within a moment is taken to know nothing for this statement; what it says later serves the next
 * ones. Threads share it.
 */
public final class Statistics {
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final int MOST_TABLES = 20_000;

  private final Function<String, Source> sources;
  private final Executor background;
  private final AtomicInteger reading = new AtomicInteger();
  private final Cache<TableName, CompletableFuture<Optional<TableStatistics>>> known =
      Caffeine.newBuilder().maximumSize(MOST_TABLES).expireAfterWrite(TIME_TO_LIVE).build();

  /**
   * Makes an empty memory.
   *
   * @param sources the source of a name
   * @param background reads them
   */
  public Statistics(Function<String, Source> sources, Executor background) {
    this.sources = sources;
    this.background = background;
  }

  /** What is known of a table; empty where its source knows nothing or does not tell soon. */
  public Optional<TableStatistics> of(TableName table) {
    CompletableFuture<Optional<TableStatistics>> answer;
    try {
      answer = known.get(table, this::ask);
    } catch (RejectedExecutionException e) {
      // The gateway stops, and says so to whoever reads.
      return Optional.empty();
    }
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      known.invalidate(table);
      return Optional.empty();
    }
  }

  /**
   * Whether a source was asked that has not answered yet, so that estimates will soon be better.
   */
  public boolean isReading() {
    return reading.get() > 0;
  }

  /** Forgets what one source said, or all did. */
  public void forget(Optional<String> source) {
    known.asMap().keySet().removeIf(table -> source.map(table.source()::equals).orElse(true));
  }

  private CompletableFuture<Optional<TableStatistics>> ask(TableName table) {
    reading.incrementAndGet();
    try {
      return CompletableFuture.supplyAsync(() -> read(table), background)
          .whenComplete((told, error) -> reading.decrementAndGet());
    } catch (RejectedExecutionException e) {
      reading.decrementAndGet();
      throw e;
    }
  }

  private Optional<TableStatistics> read(TableName table) {
    try {
      return sources.apply(table.source()).statistics(table.schema(), table.table());
    } catch (KurobeException e) {
      // Whoever reads the table is told of what is wrong with its source.
      return Optional.empty();
    }
  }
}
