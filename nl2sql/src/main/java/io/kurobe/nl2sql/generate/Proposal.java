package io.kurobe.nl2sql.generate;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A query somebody proposed, as text: nothing is known of it yet.
 *
 * @param generator who proposed it
 * @param sql what may be a query, in whatever dialect
 * @param confidence the generator's own, 0 to 1, where it has one
 * @param warnings what the asker should know if it is chosen, a sentence each
 * @param explanation what it does in plain words, where the generator says so
 * @param tokens of a model, in and out; 0 where none was asked
 */
public record Proposal(
    String generator,
    String sql,
    OptionalDouble confidence,
    List<String> warnings,
    Optional<String> explanation,
    long tokens) {
  public Proposal {
    requireNonNull(generator, "generator is null");
    requireNonNull(sql, "sql is null");
    requireNonNull(confidence, "confidence is null");
    requireNonNull(explanation, "explanation is null");
    warnings = List.copyOf(warnings);
  }

  /** A query of which no more is known. */
  public static Proposal of(String generator, String sql, long tokens) {
    return new Proposal(
        generator, sql, OptionalDouble.empty(), List.of(), Optional.empty(), tokens);
  }
}
