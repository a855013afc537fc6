package io.kurobe.nl2sql.model.guard;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelFailure;
import io.kurobe.nl2sql.model.ModelFailure.Kind;
import io.kurobe.nl2sql.model.ModelListener;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelRequest;
import java.time.Duration;

/**
 * A model that is left alone for a while after half of its last answers failed by its own fault, so
 * that nobody waits for one that is down.
 */
final class RestingModel implements LanguageModel {
  private static final int WINDOW = 10;
  private static final int LEAST = 5;
  private static final float HALF = 50;
  private static final int TRIALS = 1;

  private final LanguageModel model;
  private final CircuitBreaker breaker;

  RestingModel(LanguageModel model, Duration rest, ModelListener listener) {
    this.model = model;
    this.breaker =
        CircuitBreaker.of(
            model.name(),
            CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, LEAST, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(HALF)
                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                .waitDurationInOpenState(rest)
                .recordException(
                    failure -> failure instanceof ModelFailure f && f.kind().isOfTheModel())
                .ignoreException(
                    failure -> !(failure instanceof ModelFailure f && f.kind().isOfTheModel()))
                .writableStackTraceEnabled(false)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(
            event ->
                listener.resting(
                    model.name(),
                    event.getStateTransition().getToState() == CircuitBreaker.State.OPEN));
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public ModelReply ask(ModelRequest request) {
    try {
      return breaker.executeSupplier(() -> model.ask(request));
    } catch (CallNotPermittedException e) {
      throw new ModelFailure(Kind.RESTING, "failed too often lately and is left alone for a while");
    }
  }
}
