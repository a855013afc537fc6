package io.kurobe.server.security.account;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A user.
 *
 * @param password the hash of the password; empty for one who proves himself otherwise
 * @param enabled whether he may log in
 */
public record Account(String name, Optional<String> password, boolean enabled, Instant created) {
  public Account {
    requireNonNull(name, "name is null");
    requireNonNull(password, "password is null");
    requireNonNull(created, "created is null");
  }

  Account withPassword(String hash) {
    return new Account(name, Optional.of(hash), enabled, created);
  }

  Account enabled(boolean now) {
    return new Account(name, password, now, created);
  }

  @Override
  public String toString() {
    return "Account[name=" + name + ", enabled=" + enabled + "]";
  }
}
