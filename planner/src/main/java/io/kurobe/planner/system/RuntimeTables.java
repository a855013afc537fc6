package io.kurobe.planner.system;

import static io.kurobe.planner.system.SystemTable.column;
import static io.kurobe.planner.system.SystemTable.row;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.Execution.Progress;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.system.Activity.ConnectionActivity;
import io.kurobe.planner.system.Activity.StatementActivity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.runtime.queries} and {@code system.runtime.sessions}. No column is named by a word
 * that SQL has for itself: {@code user} without quotes would be who asks.
 */
record RuntimeTables(Activity activity, Clock clock) {
  static List<SystemTable> of(Activity activity, Clock clock) {
    var tables = new RuntimeTables(activity, clock);
    return List.of(tables.queries(), tables.sessions());
  }

  private SystemTable queries() {
    return new SystemTable(
        "runtime",
        "queries",
        "the statements at work and those that ended of late",
        List.of(
            column("query_id", SqlType.VARCHAR),
            column("principal", SqlType.VARCHAR),
            column("state", SqlType.VARCHAR),
            column("statement", SqlType.VARCHAR),
            column("started", SqlType.TIMESTAMP_TZ),
            column("ended", SqlType.TIMESTAMP_TZ),
            column("elapsed_ms", SqlType.BIGINT),
            column("row_count", SqlType.BIGINT),
            column("sqlstate", SqlType.VARCHAR),
            column("fragments", SqlType.INTEGER),
            column("fragments_done", SqlType.INTEGER),
            column("rows_read", SqlType.BIGINT)),
        viewer ->
            activity.statements().stream()
                .filter(statement -> viewer.sees(statement.principal()))
                .map(this::query)
                .toList());
  }

  private List<@Nullable Object> query(StatementActivity statement) {
    Instant until = statement.ended().orElseGet(clock::instant);
    return row(
        statement.queryId(),
        statement.principal(),
        statement.state(),
        statement.statement(),
        statement.started(),
        statement.ended().orElse(null),
        Duration.between(statement.started(), until).toMillis(),
        statement.rows(),
        statement.sqlState().orElse(null),
        statement.progress().map(Progress::fragments).orElse(null),
        statement.progress().map(Progress::done).orElse(null),
        statement.progress().map(Progress::rowsRead).orElse(null));
  }

  /** Without the connections' ids: they are the clients' secrets. */
  private SystemTable sessions() {
    return new SystemTable(
        "runtime",
        "sessions",
        "the open connections",
        List.of(
            column("principal", SqlType.VARCHAR),
            column("application_name", SqlType.VARCHAR),
            column("time_zone", SqlType.VARCHAR),
            column("search_path", SqlType.VARCHAR),
            column("opened", SqlType.TIMESTAMP_TZ),
            column("last_used", SqlType.TIMESTAMP_TZ)),
        viewer ->
            activity.connections().stream()
                .filter(connection -> viewer.sees(connection.session().principal().name()))
                .map(RuntimeTables::session)
                .toList());
  }

  private static List<@Nullable Object> session(ConnectionActivity connection) {
    Session session = connection.session();
    return row(
        session.principal().name(),
        session.settings().getOrDefault("application_name", ""),
        session.zone().getId(),
        session.searchPath().stream()
            .map(SearchPathEntry::toString)
            .collect(Collectors.joining(", ")),
        connection.opened(),
        connection.lastUsed());
  }
}
