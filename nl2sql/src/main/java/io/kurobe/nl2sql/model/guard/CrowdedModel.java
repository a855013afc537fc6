package io.kurobe.nl2sql.model.guard;

import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelFailure;
import io.kurobe.nl2sql.model.ModelFailure.Kind;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelRequest;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A model that is asked a few things at a time; the rest waits its turn, in order. */
final class CrowdedModel implements LanguageModel {
  private final LanguageModel model;
  private final Semaphore places;

  CrowdedModel(LanguageModel model, int concurrency) {
    this.model = model;
    this.places = new Semaphore(concurrency, true);
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public ModelReply ask(ModelRequest request) {
    long since = System.nanoTime();
    try {
      if (!places.tryAcquire(request.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new ModelFailure(
            Kind.BUSY, "had no turn free in " + request.timeout().toMillis() + " ms");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelFailure(Kind.CANCELLED, "was not asked: the statement was cancelled");
    }
    try {
      Duration waited = Duration.ofNanos(System.nanoTime() - since);
      return model.ask(request.within(request.timeout().minus(waited)));
    } finally {
      places.release();
    }
  }
}
