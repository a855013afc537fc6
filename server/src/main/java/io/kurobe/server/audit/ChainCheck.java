package io.kurobe.server.audit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.PublicKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Checks a chain, record by record in their order: each is tied to the one before it, none is
 * missing, and each checkpoint is signed and says of its record what is there. One thread uses it.
 */
public final class ChainCheck {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String chain;
  private final Deque<Checkpoint> checkpoints;
  private long sequence;
  private String hash;
  private long records;
  private long signedUpTo;
  private Optional<String> wrong = Optional.empty();

  /**
   * Begins at the chain's first record, or at its first checkpoint if what was before it is gone.
   *
   * @param checkpoints by sequence
   * @param first the sequence of the first record that is there
   */
  public ChainCheck(String chain, List<Checkpoint> checkpoints, PublicKey key, long first) {
    this.chain = requireNonNull(chain, "chain is null");
    this.checkpoints = new ArrayDeque<>(checkpoints);
    AuditChain from = AuditChain.empty(chain);
    for (Checkpoint checkpoint : checkpoints) {
      if (!AuditKey.isSigned(checkpoint, key)) {
        say("the checkpoint of record " + checkpoint.sequence() + " is not signed by this key");
      }
    }
    this.sequence = from.sequence();
    this.hash = from.hash();
    if (first > 1) {
      Checkpoint anchor = this.checkpoints.poll();
      if (anchor == null || anchor.sequence() != first - 1) {
        say("records before " + first + " are gone, and no checkpoint vouches for that");
        this.sequence = first - 1;
      } else {
        this.sequence = anchor.sequence();
        this.hash = anchor.hash();
        this.signedUpTo = anchor.sequence();
      }
    }
  }

  private void say(String problem) {
    wrong = wrong.or(() -> Optional.of(problem));
  }

  /** Checks the next record. */
  public void next(AuditRecord record) {
    if (record.sequence() != sequence + 1) {
      say("record " + (sequence + 1) + " is missing");
    } else if (!AuditRecord.hash(hash, record.body()).equals(record.hash())) {
      say("record " + record.sequence() + " is not what was written");
    } else if (!saysTheSame(record)) {
      say("record " + record.sequence() + " is filed as what it is not");
    }
    sequence = record.sequence();
    hash = record.hash();
    records++;
    while (!checkpoints.isEmpty() && checkpoints.peek().sequence() <= sequence) {
      Checkpoint checkpoint = checkpoints.poll();
      if (checkpoint.sequence() == sequence && !checkpoint.hash().equals(hash)) {
        say("record " + sequence + " is not the one that was signed");
      }
      signedUpTo = checkpoint.sequence();
    }
  }

  private boolean saysTheSame(AuditRecord record) {
    try {
      JsonNode body = JSON.readTree(record.body());
      return body.path("chain").asText().equals(chain)
          && body.path("seq").asLong() == record.sequence()
          && body.path("event").asText().equals(record.event())
          && body.path("queryId").asText().equals(record.queryId());
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** What was found, once all records were given. */
  public Result result() {
    if (!checkpoints.isEmpty()) {
      say(
          "records "
              + (sequence + 1)
              + " to "
              + checkpoints.getLast().sequence()
              + " are missing, which were signed");
    }
    return new Result(chain, records, sequence, signedUpTo, wrong);
  }

  /**
   * What a check comes to.
   *
   * @param last the last record's sequence
   * @param signedUpTo the last signed record's; whether records after it were cut off is not known
   * @param wrong the first thing that is wrong
   */
  public record Result(
      String chain, long records, long last, long signedUpTo, Optional<String> wrong) {}
}
