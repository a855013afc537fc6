package io.kurobe.server.http;

import io.kurobe.planner.session.Principal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Believes whatever name is given: {@code security: {mode: open}}. */
final class OpenAuthenticator implements Authenticator {
  private static final Principal ANONYMOUS = new Principal("anonymous", Set.of());
  private static final String BASIC = "basic ";

  @Override
  public Principal authenticate(Optional<String> authorization) {
    return authorization
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(BASIC))
        .flatMap(header -> user(header.substring(BASIC.length()).strip()))
        .map(name -> new Principal(name, Set.of()))
        .orElse(ANONYMOUS);
  }

  private static Optional<String> user(String credentials) {
    try {
      String decoded = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      int colon = decoded.indexOf(':');
      String name = colon < 0 ? decoded : decoded.substring(0, colon);
      boolean printable = name.chars().noneMatch(Character::isISOControl);
      return name.isBlank() || !printable || name.length() > 128
          ? Optional.empty()
          : Optional.of(name);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
