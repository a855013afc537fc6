package io.kurobe.server.security;

import io.kurobe.planner.session.Principal;
import io.kurobe.server.session.Caller;
import java.util.Optional;
import java.util.Set;

/** Believes whatever name is given: {@code security: {mode: open}}. */
public final class OpenAuthenticator implements Authenticator {
  private static final Principal ANONYMOUS = new Principal("anonymous", Set.of());

  @Override
  public Caller authenticate(Optional<String> authorization, String address) {
    return Caller.of(
        authorization
            .flatMap(BasicCredentials::of)
            .map(BasicCredentials::user)
            .filter(BasicCredentials::isName)
            .map(name -> new Principal(name, Set.of()))
            .orElse(ANONYMOUS),
        address);
  }
}
