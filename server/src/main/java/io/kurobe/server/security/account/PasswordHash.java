package io.kurobe.server.security.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes of passwords by Argon2id (RFC 9106), in the usual text form. With 19 MiB and two passes,
 * as OWASP's cheat sheet has it, one takes some 30 ms of a core. Threads share it.
 */
final class PasswordHash {
  private static final int KIBIBYTES = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([^$]+)\\$([^$]+)");

  private final SecureRandom random = new SecureRandom();

  /** A new hash of a password, with a salt of its own. */
  String of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = argon2(password, salt, KIBIBYTES, PASSES, LANES, HASH_BYTES);
    Base64.Encoder text = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m="
        + KIBIBYTES
        + ",t="
        + PASSES
        + ",p="
        + LANES
        + "$"
        + text.encodeToString(salt)
        + "$"
        + text.encodeToString(hash);
  }

  /** Whether a password is the one of a hash. */
  boolean matches(String password, String hash) {
    Matcher form = FORM.matcher(hash);
    if (!form.matches()) {
      return false;
    }
    byte[] expected = Base64.getDecoder().decode(form.group(5));
    byte[] found =
        argon2(
            password,
            Base64.getDecoder().decode(form.group(4)),
            Integer.parseInt(form.group(1)),
            Integer.parseInt(form.group(2)),
            Integer.parseInt(form.group(3)),
            expected.length);
    return MessageDigest.isEqual(expected, found);
  }

  private static byte[] argon2(
      String password, byte[] salt, int kibibytes, int passes, int lanes, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(kibibytes)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
