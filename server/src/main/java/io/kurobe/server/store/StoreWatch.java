package io.kurobe.server.store;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.KurobeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks each second whether another gateway changed something of a store that several share. A
 * store that does not answer is tried again, and said once. Whoever began it closes it.
 */
public final class StoreWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final String what;
  private final Runnable look;
  private final ScheduledExecutorService thread;
  private boolean failing;

  private StoreWatch(String what, Runnable look) {
    this.what = requireNonNull(what, "what is null");
    this.look = requireNonNull(look, "look is null");
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "kurobe-" + what);
              made.setDaemon(true);
              return made;
            });
  }

  /**
   * Begins to look; empty if nobody else may change the store.
   *
   * @param shared whether others may
   * @param what is looked at, for the log
   * @param look notices what was changed; may fail as the store does
   */
  public static Optional<StoreWatch> begin(boolean shared, String what, Runnable look) {
    if (!shared) {
      return Optional.empty();
    }
    StoreWatch watch = new StoreWatch(what, look);
    watch.thread.scheduleWithFixedDelay(
        watch::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return Optional.of(watch);
  }

  private void look() {
    try {
      look.run();
      failing = false;
    } catch (KurobeException e) {
      if (!failing) {
        LOG.warn("{} could not be read again: {}", what, e.getMessage());
      }
      failing = true;
    } catch (RuntimeException e) {
      LOG.error("{} could not be read again", what, e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
