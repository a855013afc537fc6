package io.kurobe.server.security.account;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * An API key as its user has it: {@code kb_}, an id, a secret, and a checksum by which a typing
 * error or a scanner for secrets knows it. The secret is random, so that one round of SHA-256 hides
 * it as well as any number would.
 */
record KeyText(String id, String secret) {
  static final String PREFIX = "kb_";

  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID_LENGTH = 12;
  private static final int SECRET_LENGTH = 40;
  private static final int CHECKSUM_LENGTH = 6;

  KeyText {
    requireNonNull(id, "id is null");
    requireNonNull(secret, "secret is null");
  }

  static KeyText random(SecureRandom random) {
    return new KeyText(letters(random, ID_LENGTH), letters(random, SECRET_LENGTH));
  }

  private static String letters(SecureRandom random, int length) {
    StringBuilder text = new StringBuilder();
    random.ints(length, 0, LETTERS.length()).forEach(at -> text.append(LETTERS.charAt(at)));
    return text.toString();
  }

  /** The key that a text is; empty if it is none. */
  static Optional<KeyText> of(String text) {
    int length = PREFIX.length() + ID_LENGTH + SECRET_LENGTH + CHECKSUM_LENGTH;
    if (text.length() != length || !text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    int secret = PREFIX.length() + ID_LENGTH;
    KeyText key =
        new KeyText(
            text.substring(PREFIX.length(), secret),
            text.substring(secret, secret + SECRET_LENGTH));
    return text.equals(key.written()) ? Optional.of(key) : Optional.empty();
  }

  /** All of it, which is shown once. */
  String written() {
    String body = PREFIX + id + secret;
    CRC32 sum = new CRC32();
    sum.update(body.getBytes(StandardCharsets.UTF_8));
    StringBuilder text = new StringBuilder(body);
    long left = sum.getValue();
    for (int i = 0; i < CHECKSUM_LENGTH; i++) {
      text.append(LETTERS.charAt((int) (left % LETTERS.length())));
      left /= LETTERS.length();
    }
    return text.toString();
  }

  /** What is kept of the secret. */
  String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest((id + secret).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether this is the key of which a digest was kept; takes as long for any two. */
  boolean matches(String kept) {
    return MessageDigest.isEqual(
        digest().getBytes(StandardCharsets.US_ASCII), kept.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return PREFIX + id;
  }
}
