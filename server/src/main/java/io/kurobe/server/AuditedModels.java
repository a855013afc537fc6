package io.kurobe.server;

import static java.util.Objects.requireNonNull;

import io.kurobe.nl2sql.model.ModelFailure;
import io.kurobe.nl2sql.model.ModelListener;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.server.audit.Actor;
import io.kurobe.server.audit.Audit;
import io.kurobe.server.audit.AuditEvent;
import java.time.Duration;
import java.util.Set;

/** Records which models were asked, and on whose behalf. Threads share it. */
final class AuditedModels implements ModelListener {
  private final Audit audit;
  private final ModelListener next;

  /** Tells another listener too. */
  AuditedModels(Audit audit, ModelListener next) {
    this.audit = requireNonNull(audit, "audit is null");
    this.next = requireNonNull(next, "next is null");
  }

  @Override
  public void answered(String model, String asker, Duration took, ModelReply reply, double cost) {
    record(model, asker, reply.tokensIn() + reply.tokensOut(), took, "ANSWERED");
    next.answered(model, asker, took, reply, cost);
  }

  @Override
  public void failed(String model, String asker, Duration took, ModelFailure.Kind kind) {
    record(model, asker, 0, took, kind.name());
    next.failed(model, asker, took, kind);
  }

  @Override
  public void retried(String model) {
    next.retried(model);
  }

  @Override
  public void fellBack(String from, String to) {
    next.fellBack(from, to);
  }

  @Override
  public void resting(String model, boolean rests) {
    next.resting(model, rests);
  }

  private void record(String model, String asker, long tokens, Duration took, String outcome) {
    if (audit.isOn()) {
      Actor actor = new Actor(asker, Set.of(), "");
      // Who waits for the record of the statement waits for this one before it.
      audit.record(new AuditEvent.ModelAsked(actor, model, tokens, took, outcome));
    }
  }
}
