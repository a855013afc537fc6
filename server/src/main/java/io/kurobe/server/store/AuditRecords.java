package io.kurobe.server.store;

import static java.util.Objects.requireNonNull;

import io.kurobe.server.audit.AuditChain;
import io.kurobe.server.audit.AuditKey;
import io.kurobe.server.audit.AuditRecord;
import io.kurobe.server.audit.ChainCheck;
import io.kurobe.server.audit.Checkpoint;
import java.security.PublicKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The audit's records as they are kept, a chain for each key. Threads share it. */
public final class AuditRecords {
  private static final int PAGE = 1_000;
  private static final String COLUMNS = "seq, recorded, event, query_id, body, hash";

  private final StateStore store;

  AuditRecords(StateStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /** The chains there are, by name. */
  public List<String> chains() {
    return store.inTransaction(
        handle ->
            handle
                .createQuery("SELECT chain FROM audit_keys ORDER BY chain")
                .mapTo(String.class)
                .list());
  }

  /** The public key of a chain, as the store has it. */
  public PublicKey key(String chain) {
    return AuditKey.readPublic(
        store.inTransaction(
            handle ->
                handle
                    .createQuery("SELECT public_key FROM audit_keys WHERE chain = :chain")
                    .bind("chain", chain)
                    .mapTo(String.class)
                    .one()));
  }

  /** The records of a chain in their order. */
  public void each(String chain, Consumer<AuditRecord> use) {
    long after = 0;
    List<AuditRecord> page = page(chain, after);
    while (!page.isEmpty()) {
      page.forEach(use);
      after = page.get(page.size() - 1).sequence();
      page = page(chain, after);
    }
  }

  private List<AuditRecord> page(String chain, long after) {
    return store.inTransaction(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + COLUMNS
                        + " FROM audit_log WHERE chain = :chain AND seq > :after"
                        + " ORDER BY seq LIMIT :most")
                .bind("chain", chain)
                .bind("after", after)
                .bind("most", PAGE)
                .map((row, context) -> record(row))
                .list());
  }

  /** The last records of all chains, the latest first. */
  public List<AuditRecord> latest(int most) {
    return store.inTransaction(
        handle ->
            handle
                .createQuery(
                    "SELECT "
                        + COLUMNS
                        + " FROM audit_log ORDER BY recorded DESC, chain, seq DESC LIMIT :most")
                .bind("most", most)
                .map((row, context) -> record(row))
                .list());
  }

  private static AuditRecord record(ResultSet row) throws SQLException {
    return new AuditRecord(
        row.getLong(1),
        Instant.ofEpochMilli(row.getLong(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6));
  }

  /**
   * Checks a chain from its first record to its last.
   *
   * @param key its public key, kept elsewhere than the records
   */
  public ChainCheck.Result check(String chain, PublicKey key) {
    List<Checkpoint> checkpoints = store.inTransaction(handle -> checkpoints(handle, chain));
    long first =
        store
            .inTransaction(
                handle ->
                    handle
                        .createQuery("SELECT min(seq) FROM audit_log WHERE chain = :chain")
                        .bind("chain", chain)
                        .mapTo(Long.class)
                        .findOne())
            .orElse(1L);
    ChainCheck check = new ChainCheck(chain, checkpoints, key, first);
    each(chain, check::next);
    return check.result();
  }

  private static List<Checkpoint> checkpoints(Handle handle, String chain) {
    return handle
        .createQuery(
            "SELECT seq, recorded, hash, signature FROM audit_checkpoints WHERE chain = :chain"
                + " ORDER BY seq")
        .bind("chain", chain)
        .map(
            (row, context) ->
                new Checkpoint(
                    chain,
                    row.getLong(1),
                    Instant.ofEpochMilli(row.getLong(2)),
                    row.getString(3),
                    row.getString(4)))
        .list();
  }

  /** Where a chain is, as the store has it. */
  static AuditChain end(Handle handle, String chain) {
    Optional<AuditChain> last =
        handle
            .createQuery(
                "SELECT seq, hash FROM audit_log WHERE chain = :chain ORDER BY seq DESC LIMIT 1")
            .bind("chain", chain)
            .map((row, context) -> new AuditChain(chain, row.getLong(1), row.getString(2)))
            .findFirst();
    return last.or(
            () ->
                handle
                    .createQuery(
                        "SELECT seq, hash FROM audit_checkpoints WHERE chain = :chain"
                            + " ORDER BY seq DESC LIMIT 1")
                    .bind("chain", chain)
                    .map((row, context) -> new AuditChain(chain, row.getLong(1), row.getString(2)))
                    .findFirst())
        .orElseGet(() -> AuditChain.empty(chain));
  }

  /** The statements that began since the gateway last did, and did not end. */
  static List<String> interrupted(Handle handle, String chain) {
    return handle
        .createQuery(
            "SELECT query_id FROM audit_log WHERE chain = :chain AND seq > (SELECT"
                + " COALESCE(max(seq), 0) FROM audit_log WHERE chain = :chain AND event ="
                + " 'GATEWAY_STARTED') AND event IN ('STATEMENT_STARTED', 'STATEMENT_ENDED')"
                + " GROUP BY query_id HAVING min(event) = 'STATEMENT_STARTED' ORDER BY query_id")
        .bind("chain", chain)
        .mapTo(String.class)
        .list();
  }
}
