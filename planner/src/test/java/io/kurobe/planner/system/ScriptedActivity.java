package io.kurobe.planner.system;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.Execution.Progress;
import io.kurobe.planner.session.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Statements and connections that a test made up. */
final class ScriptedActivity implements Activity {
  static final Instant STARTED = Instant.parse("2026-01-31T14:25:00.123456Z");

  final List<StatementActivity> statements = new ArrayList<>();
  final List<ConnectionActivity> connections = new ArrayList<>();
  final Map<String, KurobeException> stopped = new LinkedHashMap<>();

  void running(String queryId, String principal, String sql) {
    statements.add(
        new StatementActivity(
            queryId,
            principal,
            sql,
            "RUNNING",
            STARTED,
            Optional.empty(),
            7,
            Optional.empty(),
            Optional.of(new Progress(3, 1, 99))));
  }

  void failed(String queryId, String principal, String sql, String sqlState) {
    statements.add(
        new StatementActivity(
            queryId,
            principal,
            sql,
            "FAILED",
            STARTED,
            Optional.of(STARTED.plusMillis(1500)),
            0,
            Optional.of(sqlState),
            Optional.empty()));
  }

  void connected(Session session) {
    connections.add(new ConnectionActivity(session, STARTED, STARTED.plusSeconds(1)));
  }

  @Override
  public List<StatementActivity> statements() {
    return statements;
  }

  @Override
  public List<ConnectionActivity> connections() {
    return connections;
  }

  @Override
  public boolean stop(String queryId, KurobeException reason) {
    return stopped.putIfAbsent(queryId, reason) == null;
  }
}
