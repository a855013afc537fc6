package io.kurobe.server.config;

import io.kurobe.server.config.SecuritySettings.FirstAdmin;
import io.kurobe.server.config.SecuritySettings.Mode;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the section {@code security:}, and refuses what would leave a gateway open to a network.
 */
final class SecurityReader {
  private static final int LONGEST_SHORTEST = 64;
  private static final Duration MOST_SKEW = Duration.ofMinutes(10);

  private SecurityReader() {}

  static SecuritySettings read(
      Section section, ServerSettings server, List<String> sources, Path directory) {
    Mode mode = section.oneOf("mode", Map.of("open", Mode.OPEN, "users", Mode.USERS), Mode.OPEN);
    int shortest =
        section.integer(
            "minPasswordLength", SecuritySettings.SHORTEST_PASSWORD, 1, LONGEST_SHORTEST);
    Optional<FirstAdmin> admin = admin(section, shortest);
    Optional<TokenSettings> tokens = tokens(section, directory);
    boolean plaintext = section.flag("plaintext", false);
    GrantSettings grants = GrantReader.read(section, sources);
    section.finish();
    if (mode == Mode.OPEN && (admin.isPresent() || tokens.isPresent())) {
      section.problem("mode", "'admin' and 'jwt' mean nothing unless 'mode' is users");
    }
    if (mode == Mode.OPEN && !grants.equals(GrantSettings.NONE)) {
      section.problem("mode", "in mode open everyone sees everything; set security: {mode: users}");
    }
    if (!isLoopback(server.host())) {
      if (mode == Mode.OPEN) {
        section.problem(
            "mode",
            "an open gateway believes every name, so that its host must be loopback, not '"
                + server.host()
                + "'; set security: {mode: users}");
      } else if (server.tls().isEmpty() && !plaintext) {
        section.problem(
            "mode",
            "passwords would travel in the open to '"
                + server.host()
                + "'; set server.tls, or security.plaintext: true if something before the gateway"
                + " speaks TLS");
      }
    }
    return new SecuritySettings(mode, admin, tokens, shortest, plaintext, grants);
  }

  private static Optional<FirstAdmin> admin(Section security, int shortest) {
    if (!security.has("admin")) {
      return Optional.empty();
    }
    Section section = security.section("admin");
    Optional<String> user = section.text("user");
    Optional<String> password = section.text("password");
    section.finish();
    if (user.isEmpty() || password.isEmpty()) {
      section.problem("'admin' needs 'user' and 'password'");
      return Optional.empty();
    }
    if (password.get().length() < shortest) {
      section.problem("password", "the password has fewer than " + shortest + " characters");
    }
    return Optional.of(new FirstAdmin(user.get(), password.get()));
  }

  private static Optional<TokenSettings> tokens(Section security, Path directory) {
    if (!security.has("jwt")) {
      return Optional.empty();
    }
    Section section = security.section("jwt");
    Optional<String> issuer = section.text("issuer");
    Optional<String> audience = section.text("audience");
    Optional<String> jwks = section.text("jwks");
    String userClaim = section.text("userClaim", "sub");
    Optional<String> rolesClaim = section.text("rolesClaim");
    var claims = section.texts("claims");
    Duration skew = section.duration("clockSkew", TokenSettings.DEFAULT_SKEW);
    section.finish();
    if (skew.compareTo(MOST_SKEW) > 0) {
      section.problem("clockSkew", "'clockSkew' is 10m at most");
    }
    if (issuer.isEmpty() || audience.isEmpty() || jwks.isEmpty()) {
      section.problem("'jwt' needs 'issuer', 'audience' and 'jwks'");
      return Optional.empty();
    }
    return keys(section, jwks.get(), directory)
        .map(
            where ->
                new TokenSettings(
                    issuer.get(), audience.get(), where, userClaim, rolesClaim, claims, skew));
  }

  private static Optional<URI> keys(Section section, String jwks, Path directory) {
    if (!jwks.contains("://")) {
      return Optional.of(directory.resolve(jwks).normalize().toUri());
    }
    try {
      URI address = URI.create(jwks);
      boolean known = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
      if (known && address.getHost() != null) {
        if (address.getScheme().equals("http") && !isLoopback(address.getHost())) {
          section.problem("jwks", "keys that come without TLS may be anyone's: use https");
        }
        return Optional.of(address);
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    section.problem("jwks", "'jwks' must be an address such as https://issuer/keys, or a file");
    return Optional.empty();
  }

  /** No name but this one is looked up: what it stands for may change. */
  private static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    if (!host.matches("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?")) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
