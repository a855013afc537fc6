package io.kurobe.nl2sql.model.testing;

import io.kurobe.nl2sql.model.ModelRequest;
import io.kurobe.nl2sql.model.ModelSettings;
import io.kurobe.nl2sql.model.ModelSettings.Limits;
import io.kurobe.planner.privacy.ModelGate;
import io.kurobe.planner.privacy.ModelText;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Things to ask models, and models to ask. */
public final class Requests {
  public static final String KEY = "sk-test-0123456789abcdef";

  private Requests() {}

  public static ModelText text(String words) {
    return ModelGate.CLOSED.redaction(text -> true).prompt().instructions(words).seal();
  }

  public static ModelRequest request(String question) {
    return request(question, "ada", 0);
  }

  public static ModelRequest request(String question, String asker, int sample) {
    return new ModelRequest(
        text("You write SQL."),
        text("The question: " + question),
        OptionalDouble.of(0.25),
        1_000,
        Duration.ofSeconds(20),
        sample,
        asker,
        question);
  }

  public static Limits limits(Duration timeout, int retries) {
    return new Limits(timeout, retries, 4, 500, OptionalLong.empty(), OptionalLong.empty());
  }

  /** A model served by a server of the test's. */
  public static ModelSettings settings(Protocol protocol, String server, Limits limits) {
    return new ModelSettings(
        protocol.provider(),
        Optional.of("asked-1"),
        Optional.of(server + protocol.base()),
        protocol.keyHeader().isEmpty() ? Optional.empty() : Optional.of(KEY),
        Optional.empty(),
        Optional.empty(),
        limits,
        Optional.empty(),
        Optional.empty());
  }
}
