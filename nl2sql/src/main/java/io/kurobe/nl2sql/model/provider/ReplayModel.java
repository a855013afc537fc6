package io.kurobe.nl2sql.model.provider;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelFailure;
import io.kurobe.nl2sql.model.ModelFailure.Kind;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelRequest;
import io.kurobe.nl2sql.model.ModelSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model that gives recorded answers: the one to the very same text, else one to the same
 * question. It is the same answer every time, for tests and evaluation. Immutable.
 */
final class ReplayModel implements LanguageModel {
  private static final long MOST_BYTES = 256L << 20;

  private final String name;
  private final String model;
  private final Map<String, TreeMap<Integer, ModelReply>> byKey = new HashMap<>();
  private final Map<String, TreeMap<Integer, ModelReply>> byQuestion = new HashMap<>();

  private ReplayModel(String name, String model) {
    this.name = name;
    this.model = model;
  }

  static ReplayModel of(String name, ModelSettings settings) {
    var model = new ReplayModel(name, settings.model().orElse(""));
    model.read(settings.file().orElseThrow());
    return model;
  }

  private void read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw wrong(file, "is larger than " + MOST_BYTES + " bytes");
      }
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          number++;
          if (!line.isBlank()) {
            int at = number;
            add(
                RecordedAnswer.parse(line)
                    .orElseThrow(() -> wrong(file, "is no recorded answer in line " + at)));
          }
        }
      }
    } catch (IOException e) {
      throw wrong(file, "cannot be read");
    }
  }

  private void add(RecordedAnswer answer) {
    answer.key().ifPresent(key -> put(byKey, key, answer));
    answer
        .question()
        .map(RecordedAnswer::normalised)
        .ifPresent(question -> put(byQuestion, question, answer));
  }

  private static void put(
      Map<String, TreeMap<Integer, ModelReply>> answers, String key, RecordedAnswer answer) {
    answers
        .computeIfAbsent(key, some -> new TreeMap<>())
        .putIfAbsent(answer.sample(), answer.reply());
  }

  private KurobeException wrong(Path file, String what) {
    return new KurobeException(
        ErrorCode.CONFIGURATION, "model '" + name + "': the file " + file + " " + what);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ModelReply ask(ModelRequest request) {
    return Optional.ofNullable(byKey.get(RecordedAnswer.key(model, request)))
        .or(
            () ->
                Optional.ofNullable(byQuestion.get(RecordedAnswer.normalised(request.question()))))
        .map(answers -> sample(answers, request.sample()))
        .orElseThrow(
            () -> new ModelFailure(Kind.NOT_RECORDED, "has no answer recorded to this question"));
  }

  private static ModelReply sample(TreeMap<Integer, ModelReply> answers, int sample) {
    return List.copyOf(answers.values()).get(sample % answers.size());
  }
}
