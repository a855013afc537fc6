package io.kurobe.server.security.account;

import com.nimbusds.jwt.JWTClaimsSet;
import io.kurobe.server.config.TokenSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What of a token's claims means something here. */
final class TokenClaims {
  private TokenClaims() {}

  static Tokens.Claims of(TokenSettings settings, JWTClaimsSet claims) {
    Map<String, String> carried = new HashMap<>();
    for (String name : settings.claims()) {
      text(at(claims, name)).ifPresent(text -> carried.put(name, text));
    }
    return new Tokens.Claims(
        Tokens.name(at(claims, settings.userClaim())),
        settings.rolesClaim().map(name -> words(at(claims, name))).orElse(Set.of()),
        carried);
  }

  /** The claim of that name, or the member of an object that dots lead to. */
  private static @Nullable Object at(JWTClaimsSet claims, String name) {
    Object whole = claims.getClaim(name);
    if (whole != null) {
      return whole;
    }
    Object found = claims.getClaims();
    for (String part : name.split("\\.")) {
      found = found instanceof Map<?, ?> map ? map.get(part) : null;
    }
    return found;
  }

  private static Set<String> words(@Nullable Object claim) {
    if (claim instanceof List<?> list) {
      return list.stream()
          .filter(String.class::isInstance)
          .map(String.class::cast)
          .collect(Collectors.toUnmodifiableSet());
    }
    return claim instanceof String text
        ? Arrays.stream(text.split("[ ,]+"))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  /** A list as its parts with commas between; nothing of what has members. */
  private static Optional<String> text(@Nullable Object claim) {
    if (claim instanceof List<?> list) {
      return Optional.of(
          list.stream().flatMap(part -> text(part).stream()).collect(Collectors.joining(",")));
    }
    boolean single = claim instanceof String || claim instanceof Number || claim instanceof Boolean;
    return single ? Optional.of(String.valueOf(claim)) : Optional.empty();
  }
}
