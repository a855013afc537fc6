package io.kurobe.server.security;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A name and a password as HTTP's basic authentication sends them (RFC 7617, in UTF-8). */
public record BasicCredentials(String user, String password) {
  private static final String SCHEME = "basic ";
  private static final int LONGEST_NAME = 128;

  public BasicCredentials {
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
  }

  /** Those of a header {@code Authorization}; empty if it is another, or broken. */
  public static Optional<BasicCredentials> of(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      int colon = text.indexOf(':');
      return Optional.of(
          colon < 0
              ? new BasicCredentials(text, "")
              : new BasicCredentials(text.substring(0, colon), text.substring(colon + 1)));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whether a text can be the name of a user. */
  public static boolean isName(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST_NAME
        && name.equals(name.strip())
        && name.indexOf(':') < 0
        && name.chars().noneMatch(Character::isISOControl);
  }

  @Override
  public String toString() {
    return "BasicCredentials[user=" + user + "]";
  }
}
