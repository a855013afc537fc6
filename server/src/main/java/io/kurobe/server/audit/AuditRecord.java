package io.kurobe.server.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A record as it is kept. Its hash is SHA-256 over the hash before it, a line break, and the body;
 * the hash before the first is that of {@link #beginning}.
 *
 * @param sequence from 1, without a gap
 * @param event the kind of event
 * @param body all of it, as JSON in one line whose keys are always in the same order
 * @param hash in hexadecimal digits
 */
public record AuditRecord(
    long sequence, Instant recorded, String event, String queryId, String body, String hash) {
  /** What stands in the place of a hash before the first record of a chain. */
  public static String beginning(String chain) {
    return sha256("kurobe audit chain " + chain);
  }

  static String hash(String before, String body) {
    return sha256(before + "\n" + body);
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
