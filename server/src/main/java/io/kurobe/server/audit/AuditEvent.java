package io.kurobe.server.audit;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Something that is recorded. Texts may be of any length and hold anything; what is recorded of
 * them is bounded, and passwords in statements are not.
 */
public sealed interface AuditEvent {
  /** Who did it. */
  Actor actor();

  /** The statement in the course of which it happened. */
  default Optional<String> queryId() {
    return Optional.empty();
  }

  /**
   * A statement; recorded before the first byte of its result leaves.
   *
   * @param tables the tables that it reads, as {@code source.schema.table}
   * @param sources what the sources were asked
   */
  record StatementStarted(
      Actor actor, String id, String sql, List<String> tables, List<SourceStatement> sources)
      implements AuditEvent {
    public StatementStarted {
      requireNonNull(actor, "actor is null");
      requireNonNull(id, "id is null");
      requireNonNull(sql, "sql is null");
      tables = List.copyOf(tables);
      sources = List.copyOf(sources);
    }

    @Override
    public Optional<String> queryId() {
      return Optional.of(id);
    }
  }

  /** What one source, or the engine, was asked. */
  record SourceStatement(String source, String statement) {}

  /**
   * A statement's end.
   *
   * @param bytes of the rows in memory that were given
   * @param outcome such as FINISHED or FAILED
   */
  record StatementEnded(
      Actor actor,
      String id,
      long rows,
      long bytes,
      Duration duration,
      String outcome,
      Optional<String> sqlState)
      implements AuditEvent {
    public StatementEnded {
      requireNonNull(actor, "actor is null");
      requireNonNull(id, "id is null");
      requireNonNull(duration, "duration is null");
      requireNonNull(outcome, "outcome is null");
      requireNonNull(sqlState, "sqlState is null");
    }

    @Override
    public Optional<String> queryId() {
      return Optional.of(id);
    }
  }

  /** A statement whose end was never recorded, as the gateway ended before; found at its start. */
  record StatementInterrupted(String id) implements AuditEvent {
    @Override
    public Actor actor() {
      return Actor.GATEWAY;
    }

    @Override
    public Optional<String> queryId() {
      return Optional.of(id);
    }
  }

  /**
   * A language model was asked on somebody's behalf.
   *
   * @param model its name in the configuration
   * @param tokens of what was asked and answered; 0 where there was no answer
   * @param outcome ANSWERED, or why there was no answer
   */
  record ModelAsked(Actor actor, String model, long tokens, Duration duration, String outcome)
      implements AuditEvent {}

  /**
   * Someone proved who they are, or failed to.
   *
   * @param method such as password, key, token, or open where names are believed
   * @param detail why it failed; holds no secret
   */
  record Login(Actor actor, String method, boolean success, String detail) implements AuditEvent {}

  /** Something that was not allowed. */
  record Denied(Actor actor, Optional<String> queryId, String what) implements AuditEvent {}

  /**
   * A right, role, user, key, row filter or mask was given, changed or taken away, or that failed.
   *
   * @param what the statement, or a sentence
   */
  record AccessChanged(Actor actor, String what, boolean success) implements AuditEvent {}

  /** A setting of the gateway is another one than before. */
  record ConfigurationChanged(Actor actor, String what) implements AuditEvent {}

  /** A gateway begins, with what its configuration says in brief. */
  record GatewayStarted(String version, String configuration) implements AuditEvent {
    @Override
    public Actor actor() {
      return Actor.GATEWAY;
    }
  }

  /** A gateway ends as it should. */
  record GatewayStopped() implements AuditEvent {
    @Override
    public Actor actor() {
      return Actor.GATEWAY;
    }
  }

  /** Records that could not be written and, as the configuration says, were done without. */
  record RecordsLost(long count) implements AuditEvent {
    @Override
    public Actor actor() {
      return Actor.GATEWAY;
    }
  }
}
