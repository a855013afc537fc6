package io.kurobe.nl2sql.model.guard;

import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelFailure;
import io.kurobe.nl2sql.model.ModelListener;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelRequest;
import io.kurobe.nl2sql.model.ModelSettings.Price;
import java.time.Duration;
import java.util.Optional;

/** A model whose answers are counted, with their tokens and what they cost. */
record MeteredModel(LanguageModel model, Optional<Price> price, ModelListener listener)
    implements LanguageModel {
  @Override
  public String name() {
    return model.name();
  }

  @Override
  public ModelReply ask(ModelRequest request) {
    long since = System.nanoTime();
    try {
      ModelReply reply = model.ask(request);
      double cost = price.map(some -> some.of(reply)).orElse(0.0);
      listener.answered(name(), request.asker(), took(since), reply, cost);
      return reply;
    } catch (ModelFailure e) {
      listener.failed(name(), request.asker(), took(since), e.kind());
      throw e;
    }
  }

  private static Duration took(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
