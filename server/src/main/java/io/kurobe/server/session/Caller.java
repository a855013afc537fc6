package io.kurobe.server.session;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.session.Principal;
import java.util.Optional;
import java.util.Set;

/**
 * Who sends a request, and how that was proved.
 *
 * @param key the id of the API key that proved it; empty if something else did
 * @param scopes what that key is good for; none means all that its user may do
 * @param address from where the request comes, without the port
 */
public record Caller(Principal principal, Optional<String> key, Set<Scope> scopes, String address) {
  public Caller {
    requireNonNull(principal, "principal is null");
    requireNonNull(key, "key is null");
    scopes = Set.copyOf(scopes);
    requireNonNull(address, "address is null");
  }

  /** One whom no key proved. */
  public static Caller of(Principal principal, String address) {
    return new Caller(principal, Optional.empty(), Set.of(), address);
  }

  /** Whether its key, if it has one, is good for something. */
  public boolean may(Scope scope) {
    return scopes.isEmpty()
        || scopes.contains(scope)
        || (scope == Scope.METADATA && scopes.contains(Scope.SQL));
  }

  /**
   * Refuses what its key is not good for.
   *
   * @throws KurobeException NOT_ALLOWED
   */
  public void require(Scope scope) {
    if (!may(scope)) {
      throw new KurobeException(
              ErrorCode.NOT_ALLOWED, "this API key is not for the scope " + scope.word())
          .withHint("Use a key with that scope, or one without scopes.");
    }
  }
}
