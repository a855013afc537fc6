package io.kurobe.nl2sql.agent;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The agents beside generators and selector, where models are configured for them.
 *
 * @param mender mends what rules do not
 * @param explainer says what was chosen; else its generator does, or the plan
 */
public record Agents(Optional<Mender> mender, Optional<Explainer> explainer) {
  /** Without models. */
  public static final Agents NONE = new Agents(Optional.empty(), Optional.empty());

  public Agents {
    requireNonNull(mender, "mender is null");
    requireNonNull(explainer, "explainer is null");
  }
}
