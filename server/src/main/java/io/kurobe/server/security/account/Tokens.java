package io.kurobe.server.security.account;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.config.TokenSettings;
import io.kurobe.server.security.BasicCredentials;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Believes the tokens (JWT, RFC 7519) of one issuer, signed by RS256, ES256 or EdDSA with a key
 * that the issuer publishes. What signs with a shared secret, or not at all, is not believed, and
 * no key that a token brings along is looked at. Threads share it.
 */
final class Tokens {
  private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
  private static final Set<JWSAlgorithm> BELIEVED =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);
  private static final int LONGEST = 16_384;

  /**
   * What a token says.
   *
   * @param roles those that the issuer says the user has
   * @param carried what row filters and masks may look at
   */
  record Claims(String user, Set<String> roles, Map<String, String> carried) {}

  private final TokenSettings settings;
  private final JWKSource<SecurityContext> keys;
  private final Clock clock;

  Tokens(TokenSettings settings, JWKSource<SecurityContext> keys, Clock clock) {
    this.settings = requireNonNull(settings, "settings is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  static Tokens of(TokenSettings settings) {
    return new Tokens(settings, PublishedKeys.at(settings.jwks()), Clock.systemUTC());
  }

  /**
   * What a token says, if it is to be believed.
   *
   * @throws KurobeException AUTHENTICATION_FAILED; it tells that a token has expired, and nothing
   *     else of why
   */
  Claims verify(String text) {
    if (text.length() > LONGEST) {
      throw refused("the token is too long");
    }
    try {
      SignedJWT token = SignedJWT.parse(text);
      JWSHeader header = token.getHeader();
      if (!BELIEVED.contains(header.getAlgorithm())
          || (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty())) {
        throw refused("its algorithm is not believed");
      }
      if (!isSigned(token, header)) {
        throw refused("its signature is not one of the issuer's keys");
      }
      JWTClaimsSet claims = token.getJWTClaimsSet();
      check(claims);
      return TokenClaims.of(settings, claims);
    } catch (ParseException e) {
      throw refused("it is no signed token");
    }
  }

  private boolean isSigned(SignedJWT token, JWSHeader header) {
    try {
      for (JWK key : keys.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null)) {
        if (isSignedBy(token, key)) {
          return true;
        }
      }
    } catch (KeySourceException e) {
      // Also told of a key that is not there, as one that is new is looked for at the issuer.
      LOG.warn("no key for a token from {}: {}", settings.jwks(), e.toString());
    }
    return false;
  }

  private static boolean isSignedBy(SignedJWT token, JWK key) {
    try {
      if (key instanceof RSAKey rsa) {
        return token.verify(new RSASSAVerifier(rsa.toRSAPublicKey()));
      }
      if (key instanceof ECKey ec) {
        return token.verify(new ECDSAVerifier(ec.toECPublicKey()));
      }
      return key instanceof OctetKeyPair pair && Ed25519.isSigned(token, pair);
    } catch (JOSEException e) {
      return false;
    }
  }

  private void check(JWTClaimsSet claims) {
    Instant now = clock.instant();
    if (!settings.issuer().equals(claims.getIssuer())) {
      throw refused("it is of another issuer");
    }
    List<String> audience = claims.getAudience();
    if (audience == null || !audience.contains(settings.audience())) {
      throw refused("it is for another audience");
    }
    Date expires = claims.getExpirationTime();
    if (expires == null) {
      throw refused("it never expires");
    }
    if (!now.isBefore(expires.toInstant().plus(settings.clockSkew()))) {
      throw new KurobeException(ErrorCode.AUTHENTICATION_FAILED, "the token has expired");
    }
    Date begins = claims.getNotBeforeTime();
    if (begins != null && now.isBefore(begins.toInstant().minus(settings.clockSkew()))) {
      throw refused("it is not valid yet");
    }
  }

  /** The reason is the operator's, in the log, and no help to whoever forges. */
  static KurobeException refused(String why) {
    LOG.info("refused a token: {}", why);
    return new KurobeException(ErrorCode.AUTHENTICATION_FAILED, "the token is not valid");
  }

  /** The name that a claim gives, if a user can have it. */
  static String name(Object claim) {
    if (claim instanceof String name && BasicCredentials.isName(name)) {
      return name;
    }
    throw refused("it names no user");
  }
}
