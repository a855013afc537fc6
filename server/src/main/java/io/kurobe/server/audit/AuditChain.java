package io.kurobe.server.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The end of a chain of records, to which the next is tied. Immutable.
 *
 * @param chain the chain's name
 * @param sequence of the last record; 0 before the first
 * @param hash of the last record
 */
public record AuditChain(String chain, long sequence, String hash) {
  public AuditChain {
    requireNonNull(chain, "chain is null");
    requireNonNull(hash, "hash is null");
  }

  /** A chain without records. */
  public static AuditChain empty(String chain) {
    return new AuditChain(chain, 0, AuditRecord.beginning(chain));
  }

  /** The next record. */
  public AuditRecord next(Instant at, AuditEvent event) {
    return Bodies.record(chain, sequence + 1, hash, at, event);
  }

  /** The chain with one more record. */
  public AuditChain after(AuditRecord record) {
    return new AuditChain(chain, record.sequence(), record.hash());
  }
}
