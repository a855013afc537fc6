package io.kurobe.nl2sql.model;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.privacy.ModelText;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * One thing asked of a model. Only {@code system} and {@code user} leave the gateway; what is
 * redacted in them is redacted for good.
 *
 * @param system the standing instructions; may be empty
 * @param user what is asked
 * @param temperature 0 for the likeliest answer, more for variety; empty leaves it to the model
 * @param maxTokens of the answer; the model's configuration may allow fewer
 * @param timeout for all of it, retries included; the model's configuration may allow less
 * @param sample tells answers to the same text apart, from 0
 * @param asker whose budget it is charged to
 * @param question what it is about, by which a recorded answer is found too
 */
public record ModelRequest(
    ModelText system,
    ModelText user,
    OptionalDouble temperature,
    int maxTokens,
    Duration timeout,
    int sample,
    String asker,
    String question) {
  public ModelRequest {
    requireNonNull(system, "system is null");
    requireNonNull(user, "user is null");
    requireNonNull(temperature, "temperature is null");
    requireNonNull(timeout, "timeout is null");
    requireNonNull(asker, "asker is null");
    requireNonNull(question, "question is null");
    if (maxTokens < 1) {
      throw new IllegalArgumentException("an answer has at least one token");
    }
  }

  /** The same, with less time. */
  public ModelRequest within(Duration limit) {
    return limit.compareTo(timeout) >= 0 ? this : with(temperature, maxTokens, limit);
  }

  /** The same, with a shorter answer. */
  public ModelRequest withAtMost(int tokens) {
    return tokens >= maxTokens ? this : with(temperature, tokens, timeout);
  }

  /** The same, with the model's own temperature. */
  public ModelRequest withoutTemperature() {
    return with(OptionalDouble.empty(), maxTokens, timeout);
  }

  private ModelRequest with(OptionalDouble degrees, int tokens, Duration limit) {
    return new ModelRequest(system, user, degrees, tokens, limit, sample, asker, question);
  }

  /** Without the texts, which belong in no log. */
  @Override
  public String toString() {
    return "a request of "
        + (system.text().length() + user.text().length())
        + " characters, sample "
        + sample;
  }
}
