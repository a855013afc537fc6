package io.kurobe.planner.memory;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;

/**
 * A question with the query that a person says answers it.
 *
 * @param question as it was taught
 * @param sql the query in Kurobe's SQL, every name in full
 * @param owner who taught it
 * @param taught when
 */
public record TaughtPair(String question, String sql, String owner, Instant taught) {
  public TaughtPair {
    requireNonNull(question, "question is null");
    requireNonNull(sql, "sql is null");
    requireNonNull(owner, "owner is null");
    requireNonNull(taught, "taught is null");
  }

  /**
   * What two ways to write one question have in common: lower case, one blank between words, no
   * mark at the end.
   */
  public static String normalised(String question) {
    return question
        .strip()
        .replaceAll("\\s+", " ")
        .replaceAll("[\\s.?!]+$", "")
        .toLowerCase(Locale.ROOT);
  }

  /** The normalised question. */
  public String key() {
    return normalised(question);
  }
}
