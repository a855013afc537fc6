package io.kurobe.nl2sql.model;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model as it is configured.
 *
 * @param provider who serves it
 * @param model the provider's name of it; empty for recorded answers of any model
 * @param url where it is reached; empty means the provider's own address
 * @param apiKey the key; never in {@link #toString}
 * @param file the recorded answers of {@link Provider#REPLAY}
 * @param record where its answers are written down
 * @param limits what it may take
 * @param price what it costs, if anything
 * @param fallback the name of the model that is asked where this one gives no answer
 */
public record ModelSettings(
    Provider provider,
    Optional<String> model,
    Optional<String> url,
    Optional<String> apiKey,
    Optional<Path> file,
    Optional<Path> record,
    Limits limits,
    Optional<Price> price,
    Optional<String> fallback) {
  public ModelSettings {
    requireNonNull(provider, "provider is null");
    requireNonNull(model, "model is null");
    requireNonNull(url, "url is null");
    requireNonNull(apiKey, "apiKey is null");
    requireNonNull(file, "file is null");
    requireNonNull(record, "record is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(price, "price is null");
    requireNonNull(fallback, "fallback is null");
  }

  /**
   * What a model may take.
   *
   * @param timeout for an answer, retries included
   * @param retries after the first attempt
   * @param concurrency requests at the same time
   * @param maxTokens of an answer
   * @param tokensPerUserPerDay in and out, a day being one of UTC; empty means no limit
   * @param tokensPerDay the same, of all users
   */
  public record Limits(
      Duration timeout,
      int retries,
      int concurrency,
      int maxTokens,
      OptionalLong tokensPerUserPerDay,
      OptionalLong tokensPerDay) {
    public static final Limits DEFAULT =
        new Limits(Duration.ofSeconds(60), 2, 4, 4_096, OptionalLong.empty(), OptionalLong.empty());

    public Limits {
      requireNonNull(timeout, "timeout is null");
      requireNonNull(tokensPerUserPerDay, "tokensPerUserPerDay is null");
      requireNonNull(tokensPerDay, "tokensPerDay is null");
    }
  }

  /** What a million tokens cost, in any currency. */
  public record Price(double in, double out) {
    private static final double MILLION = 1e6;

    /** What an answer costs. */
    public double of(ModelReply reply) {
      return (reply.tokensIn() * in + reply.tokensOut() * out) / MILLION;
    }
  }

  @Override
  public String toString() {
    return provider.word() + model.map(name -> " " + name).orElse("");
  }
}
