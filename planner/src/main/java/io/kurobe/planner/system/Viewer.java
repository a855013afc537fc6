package io.kurobe.planner.system;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;

/**
 * Whoever looks at the system's tables.
 *
 * @param session the session of who looks
 * @param seesEveryone whether what others do is shown too, as in open mode, where names of users
 *     mean nothing
 */
public record Viewer(Session session, boolean seesEveryone) {
  public Viewer {
    requireNonNull(session, "session is null");
  }

  public Principal principal() {
    return session.principal();
  }

  /** Whether what a principal of that name does is shown. */
  public boolean sees(String principal) {
    return seesEveryone || principal().name().equals(principal);
  }
}
