package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key under which secrets are kept: {@code security.key}, or {@value #VARIABLE} in the
 * environment.
 *
 * @param keyset its text; never in {@link #toString}
 */
public record KeySettings(Optional<String> keyset) {
  static final String VARIABLE = "KUROBE_KEY";
  static final String KEY = "key";

  /** What stands in the place of a secret that the state keeps. */
  private static final Pattern SECRET = Pattern.compile("\\$\\{secret:([A-Za-z0-9_.-]{1,200})}");

  public static final KeySettings NONE = new KeySettings(Optional.empty());

  public KeySettings {
    requireNonNull(keyset, "keyset is null");
  }

  static KeySettings read(Section security, Map<String, String> environment) {
    return new KeySettings(
        security
            .text(KEY)
            .or(() -> Optional.ofNullable(environment.get(VARIABLE)))
            .filter(text -> !text.isBlank()));
  }

  /** The name of the secret that a value stands for; empty if it is a value. */
  public static Optional<String> nameIn(String value) {
    Matcher matcher = SECRET.matcher(value);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Whether a secret may have a name. */
  public static boolean isName(String name) {
    return nameIn("${secret:" + name + "}").isPresent();
  }

  @Override
  public String toString() {
    return keyset.isPresent() ? "a key" : "no key";
  }
}
