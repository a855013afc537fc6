package io.kurobe.planner.system;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.Execution.Progress;
import io.kurobe.planner.Execution.Warning;
import io.kurobe.planner.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the gateway is doing and did of late: its statements and its connections. Implemented by
 * whoever runs statements; threads share it.
 */
public interface Activity {
  /** The statements at work, and some that have ended. */
  List<StatementActivity> statements();

  /** The open connections. */
  List<ConnectionActivity> connections();

  /** The last records of the audit, the latest first; a few at most. */
  default List<AuditRecord> audit() {
    return List.of();
  }

  /** The warnings of the last statement of a session's connection. */
  default List<Warning> warnings(Session session) {
    return List.of();
  }

  /**
   * Stops a statement.
   *
   * @param reason what whoever waits for it is told
   * @return whether it was at work
   */
  boolean stop(String queryId, KurobeException reason);

  /**
   * A statement.
   *
   * @param principal who sent it
   * @param statement its text
   * @param state such as RUNNING or FAILED
   * @param ended empty while it is at work
   * @param rows how many rows were given so far
   * @param sqlState of the error that ended it
   * @param progress what its parts have done; empty if it has none or has ended
   */
  record StatementActivity(
      String queryId,
      String principal,
      String statement,
      String state,
      Instant started,
      Optional<Instant> ended,
      long rows,
      Optional<String> sqlState,
      Optional<Progress> progress) {
    public StatementActivity {
      requireNonNull(queryId, "queryId is null");
      requireNonNull(principal, "principal is null");
      requireNonNull(statement, "statement is null");
      requireNonNull(state, "state is null");
      requireNonNull(started, "started is null");
      requireNonNull(ended, "ended is null");
      requireNonNull(sqlState, "sqlState is null");
      requireNonNull(progress, "progress is null");
    }
  }

  /**
   * A record of the audit.
   *
   * @param chain the chain that it belongs to
   * @param sequence its number there
   * @param event such as STATEMENT_STARTED
   * @param values further values by their names, as JSON has them
   * @param hash over it and all before it
   */
  record AuditRecord(
      String chain,
      long sequence,
      Instant recorded,
      String event,
      Map<String, String> values,
      String hash) {
    public AuditRecord {
      requireNonNull(chain, "chain is null");
      requireNonNull(recorded, "recorded is null");
      requireNonNull(event, "event is null");
      values = Map.copyOf(values);
      requireNonNull(hash, "hash is null");
    }
  }

  /** An open connection. */
  record ConnectionActivity(Session session, Instant opened, Instant lastUsed) {
    public ConnectionActivity {
      requireNonNull(session, "session is null");
      requireNonNull(opened, "opened is null");
      requireNonNull(lastUsed, "lastUsed is null");
    }
  }

  /** Of a planner that stands alone: nothing is known to be done. */
  Activity NONE =
      new Activity() {
        @Override
        public List<StatementActivity> statements() {
          return List.of();
        }

        @Override
        public List<ConnectionActivity> connections() {
          return List.of();
        }

        @Override
        public boolean stop(String queryId, KurobeException reason) {
          return false;
        }
      };
}
