package io.kurobe.planner;

import io.kurobe.planner.session.Session;

/** The planner's entry: text in, a statement ready to run out. Threads share it. */
public interface Planner {
  /**
   * Parses, expands ASK, binds, authorizes, optimizes and cuts into fragments. No source runs
   * anything but catalog reads that are not cached.
   *
   * @throws io.kurobe.adapters.error.KurobeException with position and hint
   */
  PlannedStatement plan(Session session, String sql);
}
