package io.kurobe.nl2sql.prompt;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.privacy.ModelText;

/**
 * What a model is told, redacted.
 *
 * @param system the standing instructions; may be empty
 * @param user what is asked
 */
public record Prompt(ModelText system, ModelText user) {
  public Prompt {
    requireNonNull(system, "system is null");
    requireNonNull(user, "user is null");
  }

  /** Whether the words are the same. */
  public boolean says(Prompt other) {
    return system.text().equals(other.system.text()) && user.text().equals(other.user.text());
  }
}
