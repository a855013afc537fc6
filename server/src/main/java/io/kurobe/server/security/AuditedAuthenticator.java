package io.kurobe.server.security;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.audit.Actor;
import io.kurobe.server.audit.Audit;
import io.kurobe.server.audit.AuditEvent;
import io.kurobe.server.session.Caller;
import java.util.Optional;
import java.util.Set;

/**
 * Records whoever is refused. That someone got in is recorded with what they do then: every request
 * proves itself anew. Threads share it.
 */
public record AuditedAuthenticator(Authenticator proving, Audit audit) implements Authenticator {
  public AuditedAuthenticator {
    requireNonNull(proving, "proving is null");
    requireNonNull(audit, "audit is null");
  }

  @Override
  public Caller authenticate(Optional<String> authorization, String address) {
    try {
      return proving.authenticate(authorization, address);
    } catch (KurobeException e) {
      // Clients ask without proof first, to be told which proof is wanted.
      authorization.ifPresent(header -> audit.record(refused(header, address, e)));
      throw e;
    }
  }

  private static AuditEvent refused(String header, String address, KurobeException why) {
    Optional<BasicCredentials> basic = BasicCredentials.of(header);
    String claimed = basic.map(BasicCredentials::user).filter(BasicCredentials::isName).orElse("");
    return new AuditEvent.Login(
        new Actor(claimed, Set.of(), address),
        basic.isPresent() ? "password" : "bearer",
        false,
        String.valueOf(why.getMessage()));
  }
}
