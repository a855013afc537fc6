package io.kurobe.planner.session;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name the user's name
 * @param roles the roles in force, inherited ones included
 * @param claims what who vouches for the user says of it, by name; empty where nothing does
 */
public record Principal(String name, Set<String> roles, Map<String, String> claims) {
  public Principal {
    requireNonNull(name, "name is null");
    roles = Set.copyOf(roles);
    claims = Map.copyOf(claims);
  }

  /** A principal of whom nothing else is known. */
  public Principal(String name, Set<String> roles) {
    this(name, roles, Map.of());
  }
}
