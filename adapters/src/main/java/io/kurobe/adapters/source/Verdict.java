package io.kurobe.adapters.source;

import static java.util.Objects.requireNonNull;

/** Whether a source runs a part of a plan. */
public sealed interface Verdict {
  Verdict PUSHED = new Pushed();

  /** The source means the same by it, and runs it. */
  record Pushed() implements Verdict {}

  /**
   * It stays with the engine.
   *
   * @param reason why, as EXPLAIN shows it after the source's name
   */
  record Refused(String reason) implements Verdict {
    public Refused {
      requireNonNull(reason, "reason is null");
    }
  }

  static Verdict refused(String reason) {
    return new Refused(reason);
  }

  /** This refusal, or else what the other says. */
  default Verdict and(Verdict other) {
    return this instanceof Refused ? this : other;
  }
}
