package io.kurobe.planner.system;

import static io.kurobe.planner.system.SystemTable.column;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.session.Session;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code system.audit.log}, for those who have one of its roles. */
final class AuditTable {
  static final String SCHEMA = "audit";

  private static final Set<String> ROLES = Set.of("admin", "auditor");

  private AuditTable() {}

  /** Whether the audit is shown to whoever has a session. */
  static boolean isFor(Session session) {
    return session.principal().roles().stream().anyMatch(ROLES::contains);
  }

  static SystemTable of(Activity activity) {
    return new SystemTable(
        SCHEMA,
        "log",
        "the last records of the audit",
        List.of(
            column("chain", SqlType.VARCHAR),
            column("sequence", SqlType.BIGINT),
            column("recorded", SqlType.TIMESTAMP_TZ),
            column("event", SqlType.VARCHAR),
            column("query_id", SqlType.VARCHAR),
            column("principal", SqlType.VARCHAR),
            column("roles", SqlType.VARCHAR),
            column("address", SqlType.VARCHAR),
            column("statement", SqlType.VARCHAR),
            column("tables_read", SqlType.VARCHAR),
            column("sources_asked", SqlType.VARCHAR),
            column("models_asked", SqlType.VARCHAR),
            column("row_count", SqlType.BIGINT),
            column("byte_count", SqlType.BIGINT),
            column("elapsed_ms", SqlType.BIGINT),
            column("outcome", SqlType.VARCHAR),
            column("sqlstate", SqlType.VARCHAR),
            column("detail", SqlType.VARCHAR),
            column("hash", SqlType.VARCHAR)),
        viewer ->
            viewer.seesEveryone() || isFor(viewer.session())
                ? activity.audit().stream().map(AuditTable::row).toList()
                : List.of());
  }

  private static List<@Nullable Object> row(Activity.AuditRecord record) {
    var values = record.values();
    return SystemTable.row(
        record.chain(),
        record.sequence(),
        record.recorded(),
        record.event(),
        values.get("queryId"),
        values.get("principal"),
        values.get("roles"),
        values.get("address"),
        values.get("sql"),
        values.get("tables"),
        values.get("sources"),
        values.get("models"),
        number(values.get("rows")),
        number(values.get("bytes")),
        number(values.get("ms")),
        values.get("outcome"),
        values.get("sqlState"),
        detail(values),
        record.hash());
  }

  private static @Nullable String detail(java.util.Map<String, String> values) {
    String method = values.get("method");
    String detail = values.get("detail");
    return method == null ? detail : method + (detail == null ? "" : " " + detail).stripTrailing();
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null ? null : Long.valueOf(text);
  }
}
