package io.kurobe.nl2sql.model.guard;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelFailure;
import io.kurobe.nl2sql.model.ModelFailure.Kind;
import io.kurobe.nl2sql.model.ModelListener;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelRequest;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model with those that are asked in its place where it gives no answer, one after the other; its
 * errors are Kurobe's.
 *
 * @param models the model, then its fall-backs in their order
 */
record GuardedModel(List<LanguageModel> models, ModelListener listener) implements LanguageModel {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedModel.class);

  @Override
  public String name() {
    return models.get(0).name();
  }

  @Override
  public ModelReply ask(ModelRequest request) {
    StringBuilder what = new StringBuilder();
    Kind first = null;
    for (int i = 0; i < models.size(); i++) {
      LanguageModel model = models.get(i);
      if (i > 0) {
        listener.fellBack(models.get(i - 1).name(), model.name());
      }
      try {
        return model.ask(request);
      } catch (ModelFailure e) {
        LOG.info("model '{}' {}", model.name(), e.getMessage());
        if (e.kind() == Kind.CANCELLED) {
          throw new KurobeException(ErrorCode.CANCELLED, "the statement was cancelled");
        }
        first = first == null ? e.kind() : first;
        what.append(i == 0 ? "model '" : "; its fall-back '")
            .append(model.name())
            .append("' ")
            .append(e.getMessage());
      }
    }
    throw new KurobeException(ErrorCode.MODEL_UNAVAILABLE, what.toString())
        .withHint(first == null ? "" : first.hint());
  }
}
