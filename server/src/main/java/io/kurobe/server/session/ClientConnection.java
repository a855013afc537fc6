package io.kurobe.server.session;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.Execution.Warning;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** An open connection: who opened it, and its session as SET left it. Threads share it. */
public final class ClientConnection {
  private final String id;
  private final Caller caller;
  private final Instant created;
  private volatile Session session;
  private volatile Instant lastUsed;
  private volatile List<Warning> warnings = List.of();

  ClientConnection(Session session, Caller caller, Instant created) {
    this.id = session.id();
    this.caller = requireNonNull(caller, "caller is null");
    this.session = requireNonNull(session, "session is null");
    this.created = requireNonNull(created, "created is null");
    this.lastUsed = created;
  }

  /** The id that the client chose. */
  public String id() {
    return id;
  }

  /** Who opened it; nobody else may use it. */
  public Principal principal() {
    return caller.principal();
  }

  /** The same, with what proved it then. */
  public Caller caller() {
    return caller;
  }

  public Instant created() {
    return created;
  }

  public Instant lastUsed() {
    return lastUsed;
  }

  public Session session() {
    return session;
  }

  /** Changes the session; of two changes at once, one sees the other. */
  public synchronized void change(UnaryOperator<Session> change) {
    session = change.apply(session);
  }

  /** The warnings of the last statement on it, which SHOW WARNINGS shows. */
  public List<Warning> warnings() {
    return warnings;
  }

  /** Takes the warnings of a statement that has ended. */
  public void warned(List<Warning> ofLast) {
    warnings = List.copyOf(ofLast);
  }

  void touch(Instant now) {
    lastUsed = now;
  }

  /** Takes over what is known of its principal by now: roles and claims may have changed. */
  void seenAs(Principal now, Function<Principal, Limits> limits) {
    if (!session.principal().equals(now)) {
      change(before -> before.as(now).withLimits(before.limits().changedTo(limits.apply(now))));
    }
  }
}
