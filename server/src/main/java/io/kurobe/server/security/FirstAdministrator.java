package io.kurobe.server.security;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Roles where none are kept: those that a token has, and the configured administrator's. */
public record FirstAdministrator(Optional<String> user) implements Roles {
  @Override
  public Set<String> of(String name, Set<String> vouched) {
    Set<String> roles = new HashSet<>(vouched);
    if (user.filter(admin -> admin.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .isPresent()) {
      roles.add(ADMIN);
    }
    return roles;
  }

  @Override
  public boolean hasAdministrator() {
    return false;
  }

  @Override
  public void makeAdministrator(String name) {}

  @Override
  public void dropped(String name) {}
}
