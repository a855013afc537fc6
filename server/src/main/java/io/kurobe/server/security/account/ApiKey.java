package io.kurobe.server.security.account;

import static java.util.Objects.requireNonNull;

import io.kurobe.server.session.Scope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of an API key.
 *
 * @param id the part of it that may be shown
 * @param user whose it is
 * @param name what the user calls it
 * @param digest of its secret part ({@link KeyText#digest})
 * @param scopes what it is good for; none means all that its user may do
 */
public record ApiKey(
    String id,
    String user,
    String name,
    String digest,
    Set<Scope> scopes,
    Instant created,
    Optional<Instant> expires,
    Optional<Instant> lastUsed) {
  public ApiKey {
    requireNonNull(id, "id is null");
    requireNonNull(user, "user is null");
    requireNonNull(name, "name is null");
    requireNonNull(digest, "digest is null");
    scopes = Set.copyOf(scopes);
    requireNonNull(created, "created is null");
    requireNonNull(expires, "expires is null");
    requireNonNull(lastUsed, "lastUsed is null");
  }

  boolean isExpired(Instant now) {
    return expires.filter(end -> !now.isBefore(end)).isPresent();
  }

  @Override
  public String toString() {
    return "ApiKey[id=" + id + ", user=" + user + "]";
  }
}
