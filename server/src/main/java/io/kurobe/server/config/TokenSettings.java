package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code security.jwt:}: whose tokens are believed.
 *
 * @param issuer what their {@code iss} must be
 * @param audience what must be among their {@code aud}
 * @param jwks where the issuer's public keys are: an address, or a file
 * @param userClaim the claim that names the user
 * @param rolesClaim the claim that has roles, dots leading into objects; empty takes none
 * @param claims the claims that row filters and masks may look at
 * @param clockSkew by how much clocks may differ
 */
public record TokenSettings(
    String issuer,
    String audience,
    URI jwks,
    String userClaim,
    Optional<String> rolesClaim,
    List<String> claims,
    Duration clockSkew) {
  public static final Duration DEFAULT_SKEW = Duration.ofSeconds(60);

  public TokenSettings {
    requireNonNull(issuer, "issuer is null");
    requireNonNull(audience, "audience is null");
    requireNonNull(jwks, "jwks is null");
    requireNonNull(userClaim, "userClaim is null");
    requireNonNull(rolesClaim, "rolesClaim is null");
    claims = List.copyOf(claims);
    requireNonNull(clockSkew, "clockSkew is null");
  }
}
