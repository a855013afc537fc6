package io.kurobe.nl2sql.model.guard;

import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelRequest;
import io.kurobe.nl2sql.model.ModelSettings.Limits;

/** A model that is given no more time and no longer answers than its configuration allows. */
record LimitedModel(LanguageModel model, Limits limits) implements LanguageModel {
  @Override
  public String name() {
    return model.name();
  }

  @Override
  public ModelReply ask(ModelRequest request) {
    return model.ask(request.within(limits.timeout()).withAtMost(limits.maxTokens()));
  }
}
