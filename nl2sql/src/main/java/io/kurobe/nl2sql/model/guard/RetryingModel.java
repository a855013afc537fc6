package io.kurobe.nl2sql.model.guard;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelFailure;
import io.kurobe.nl2sql.model.ModelListener;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelRequest;
import java.time.Duration;

/**
 * A model that is asked again where it was too busy or failed by itself, and nowhere else: after a
 * pause that doubles, or after the one it asks for. All attempts and pauses together stay inside of
 * the request's time; what does not fit is not tried.
 */
record RetryingModel(LanguageModel model, int retries, ModelListener listener)
    implements LanguageModel {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final double GROWTH = 2;
  private static final double JITTER = 0.3;

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public ModelReply ask(ModelRequest request) {
    long until = System.nanoTime() + request.timeout().toNanos();
    IntervalFunction pauses =
        IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, GROWTH, JITTER);
    RetryConfig config =
        RetryConfig.<ModelReply>custom()
            .maxAttempts(1 + retries)
            .retryOnException(
                failure -> failure instanceof ModelFailure found && fits(found, until))
            .intervalBiFunction(
                (attempt, outcome) -> {
                  long pause = pauses.apply(attempt);
                  return outcome.isLeft() && outcome.getLeft() instanceof ModelFailure failure
                      ? failure.retryAfter().map(Duration::toMillis).orElse(pause)
                      : pause;
                })
            .build();
    Retry retry = Retry.of(name(), config);
    retry.getEventPublisher().onRetry(event -> listener.retried(name()));
    try {
      return retry.executeSupplier(
          () -> model.ask(request.within(Duration.ofNanos(until - System.nanoTime()))));
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        // In a pause, of which nobody else would say why it ended; no other model is asked then.
        throw new ModelFailure(
            ModelFailure.Kind.CANCELLED, "was asked no longer: the statement was cancelled");
      }
      throw e;
    }
  }

  private static boolean fits(ModelFailure failure, long until) {
    Duration pause = failure.retryAfter().orElse(FIRST_PAUSE);
    return failure.kind().isPassing() && System.nanoTime() + pause.toNanos() < until;
  }
}
