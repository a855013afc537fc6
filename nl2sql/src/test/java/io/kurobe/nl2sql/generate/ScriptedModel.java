package io.kurobe.nl2sql.generate;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelReply.Finish;
import io.kurobe.nl2sql.model.ModelRequest;
import java.util.ArrayList;
import java.util.List;

/** A model that answers what it was told to, by the number of the sample; null means not at all. */
final class ScriptedModel implements LanguageModel {
  private final List<ModelRequest> asked = new ArrayList<>();
  private final List<String> answers;
  private final Finish finish;

  ScriptedModel(String... answers) {
    this(Finish.COMPLETE, answers);
  }

  ScriptedModel(Finish finish, String... answers) {
    this.finish = finish;
    this.answers = java.util.Arrays.asList(answers);
  }

  synchronized List<ModelRequest> asked() {
    return List.copyOf(asked);
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public synchronized ModelReply ask(ModelRequest request) {
    asked.add(request);
    String answer = answers.get(request.sample() % answers.size());
    if (answer == null) {
      throw new KurobeException(ErrorCode.MODEL_UNAVAILABLE, "model 'scripted' is away");
    }
    return new ModelReply(answer, 10, 5, finish, "scripted-1");
  }
}
