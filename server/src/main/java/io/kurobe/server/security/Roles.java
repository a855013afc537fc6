package io.kurobe.server.security;

import java.util.Set;

/** Which roles a user has. Threads share it. */
public interface Roles {
  /** The built-in role of those who may administer. */
  String ADMIN = "admin";

  /**
   * The roles in force, inherited ones included.
   *
   * @param vouched roles that a token says the user has
   */
  Set<String> of(String user, Set<String> vouched);

  /** Whether any user may administer. */
  boolean hasAdministrator();

  /** Gives a user the role {@link #ADMIN}. */
  void makeAdministrator(String user);

  /** Forgets what a user had who is no more: who comes by that name later is another. */
  void dropped(String user);
}
