package io.kurobe.planner.session;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * Who asks.
 *
 * @param name the user's name
 * @param roles the roles in force
 */
public record Principal(String name, Set<String> roles) {
  public Principal {
    requireNonNull(name, "name is null");
    roles = Set.copyOf(roles);
  }
}
