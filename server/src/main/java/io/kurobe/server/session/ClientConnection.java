package io.kurobe.server.session;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** An open connection: who opened it, and its session as SET left it. Threads share it. */
public final class ClientConnection {
  private final String id;
  private final Principal principal;
  private final Instant created;
  private volatile Session session;
  private volatile Instant lastUsed;

  ClientConnection(Session session, Instant created) {
    this.id = session.id();
    this.principal = session.principal();
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
    return principal;
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

  void touch(Instant now) {
    lastUsed = now;
  }
}
