package io.kurobe.server.statement;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.Execution.Warning;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.system.Activity;
import io.kurobe.server.audit.Audit;
import io.kurobe.server.session.Caller;
import io.kurobe.server.session.ClientConnection;
import io.kurobe.server.session.Connections;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The statements at work and the last that ended, which {@code system.runtime} shows and KILL
 * stops. Threads share it.
 */
public final class Runs implements Activity {
  /** Statements that ended and are still shown; the state store has many more. */
  private static final int MOST_ENDED = 1_000;

  /** Of the text of one that ended. */
  private static final int MOST_TEXT = 10_000;

  private final History history;
  private final Audit audit;
  private final Supplier<List<AuditRecord>> auditRecords;
  private final Connections connections;
  private final Map<String, Run> atWork = new ConcurrentHashMap<>();
  private final Deque<StatementActivity> ended = new ArrayDeque<>();

  /**
   * Begins with what ended of late according to the history.
   *
   * @param auditRecords gives the last records of the audit
   */
  public Runs(
      History history,
      Audit audit,
      Supplier<List<AuditRecord>> auditRecords,
      Connections connections) {
    this.history = requireNonNull(history, "history is null");
    this.audit = requireNonNull(audit, "audit is null");
    this.auditRecords = requireNonNull(auditRecords, "auditRecords is null");
    this.connections = requireNonNull(connections, "connections is null");
    List<History.Entry> earlier = new ArrayList<>(history.latest(MOST_ENDED));
    Collections.reverse(earlier);
    earlier.forEach(this::keep);
  }

  /** Where statements are recorded. */
  Audit auditing() {
    return audit;
  }

  @Override
  public List<AuditRecord> audit() {
    return auditRecords.get();
  }

  void add(Run run) {
    atWork.put(run.queryId(), run);
  }

  /**
   * Takes a run out of those at work; it has ended.
   *
   * @return completes when it is written down
   */
  CompletableFuture<Void> remove(Run run) {
    CompletableFuture<Void> written = record(run.entry());
    atWork.remove(run.queryId(), run);
    return written;
  }

  /**
   * Writes down a statement that ended.
   *
   * @return completes when it is written down
   */
  CompletableFuture<Void> record(History.Entry entry) {
    keep(entry);
    return history.record(entry);
  }

  private void keep(History.Entry entry) {
    String sql = entry.sql();
    StatementActivity activity =
        new StatementActivity(
            entry.queryId(),
            entry.principal(),
            sql.length() > MOST_TEXT ? sql.substring(0, MOST_TEXT) : sql,
            entry.outcome().name(),
            entry.started(),
            Optional.of(entry.ended()),
            entry.rows(),
            entry.sqlState(),
            Optional.empty());
    synchronized (ended) {
      if (ended.size() == MOST_ENDED) {
        ended.removeFirst();
      }
      ended.addLast(activity);
    }
  }

  int size() {
    return atWork.size();
  }

  /** Stops those of whoever is no longer wanted. */
  void stop(Predicate<Caller> unwanted, KurobeException reason) {
    atWork().stream().filter(run -> unwanted.test(run.caller())).forEach(run -> run.cancel(reason));
  }

  /** Those at work, in no order. */
  List<Run> atWork() {
    return List.copyOf(atWork.values());
  }

  /** The statements at work, the oldest first. */
  List<RunningQuery> running() {
    return atWork.values().stream()
        .flatMap(run -> run.running().stream())
        .sorted(Comparator.comparing(RunningQuery::queryId))
        .toList();
  }

  @Override
  public List<StatementActivity> statements() {
    List<StatementActivity> all = new ArrayList<>();
    for (RunningQuery query : running()) {
      all.add(
          new StatementActivity(
              query.queryId(),
              query.principal(),
              query.sql(),
              query.state().name(),
              query.started(),
              Optional.empty(),
              query.rows(),
              Optional.empty(),
              query.progress()));
    }
    synchronized (ended) {
      all.addAll(ended);
    }
    return all;
  }

  @Override
  public List<ConnectionActivity> connections() {
    return connections.list().stream()
        .map(
            connection ->
                new ConnectionActivity(
                    connection.session(), connection.created(), connection.lastUsed()))
        .toList();
  }

  @Override
  public List<Warning> warnings(Session session) {
    return connections.find(session.id()).map(ClientConnection::warnings).orElse(List.of());
  }

  @Override
  public boolean stop(String queryId, KurobeException reason) {
    Run run = atWork.get(queryId);
    if (run == null) {
      return false;
    }
    run.cancel(reason);
    return true;
  }
}
