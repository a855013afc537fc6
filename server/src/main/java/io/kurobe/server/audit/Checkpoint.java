package io.kurobe.server.audit;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A signed statement of what the hash of a record was. Records up to it may be deleted: what comes
 * after them is checked from here.
 *
 * @param signature Ed25519, in base64, over {@link #signed}
 */
public record Checkpoint(
    String chain, long sequence, Instant recorded, String hash, String signature) {
  public Checkpoint {
    requireNonNull(chain, "chain is null");
    requireNonNull(recorded, "recorded is null");
    requireNonNull(hash, "hash is null");
    requireNonNull(signature, "signature is null");
  }

  byte[] signed() {
    return String.join(
            "\n",
            "kurobe audit checkpoint 1",
            chain,
            Long.toString(sequence),
            recorded.toString(),
            hash)
        .getBytes(StandardCharsets.UTF_8);
  }
}
