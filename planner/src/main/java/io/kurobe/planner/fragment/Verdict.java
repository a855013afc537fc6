package io.kurobe.planner.fragment;

import static java.util.Objects.requireNonNull;

/** Whether a source runs a part of a plan. */
sealed interface Verdict {
  Pushed PUSHED = new Pushed();

  /** The source means the same by it, and runs it. */
  record Pushed() implements Verdict {}

  /** It stays with the engine; the reason is shown by EXPLAIN. */
  record Refused(String reason) implements Verdict {
    public Refused {
      requireNonNull(reason, "reason is null");
    }
  }

  static Verdict refused(String reason) {
    return new Refused(reason);
  }
}
