package io.kurobe.server.security.grant;

import java.util.Optional;

/** The users that can log in with what is kept here. Threads share it. */
@FunctionalInterface
public interface KnownUsers {
  /** The name of a user as it was made; empty if there is none, or it is disabled. */
  Optional<String> find(String name);
}
