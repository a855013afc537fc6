package io.kurobe.server.audit;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.session.Principal;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who does what is recorded, and from where.
 *
 * @param name the user's name; what was claimed, where a login failed
 * @param roles the roles in force
 * @param address the client's network address; empty where nobody came over the network
 */
public record Actor(String name, Set<String> roles, String address) {
  /** The gateway itself. */
  public static final Actor GATEWAY = new Actor("", Set.of(), "");

  public Actor {
    requireNonNull(name, "name is null");
    roles = Set.copyOf(roles);
    requireNonNull(address, "address is null");
  }

  public static Actor of(Principal principal, String address) {
    return new Actor(principal.name(), principal.roles(), address);
  }

  /** The roles, always in the same order. */
  TreeSet<String> sortedRoles() {
    return new TreeSet<>(roles);
  }
}
