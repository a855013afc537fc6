package io.kurobe.planner.system;

import static io.kurobe.planner.system.SystemTable.column;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.command.Administration;
import io.kurobe.planner.parser.SecurityStatement;
import io.kurobe.planner.parser.SecurityStatement.Show;
import io.kurobe.planner.session.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code system.security}: what SHOW USERS, API KEYS, ROLES, GRANTS, ROW FILTERS and MASKS show, as
 * tables for administrators. There is no secret in them: of a password whether there is one, of an
 * API key the part that may be shown. No column is named by a word of SQL's own.
 */
final class SecurityTables {
  static final String SCHEMA = "security";

  private SecurityTables() {}

  /** Whether they are shown to whoever has a session. */
  static boolean isFor(Session session) {
    return session.principal().roles().contains(AccessControl.ADMIN);
  }

  static List<SystemTable> of(Administration administration) {
    return List.of(
        table(
            administration,
            "users",
            "who may log in",
            Show.Kind.USERS,
            column("user_name", SqlType.VARCHAR),
            column("enabled", SqlType.BOOLEAN),
            column("has_password", SqlType.BOOLEAN),
            column("created", SqlType.TIMESTAMP_TZ),
            column("api_keys", SqlType.BIGINT)),
        table(
            administration,
            "api_keys",
            "the API keys of users, without their secrets",
            Show.Kind.API_KEYS,
            column("key_name", SqlType.VARCHAR),
            column("user_name", SqlType.VARCHAR),
            column("key_id", SqlType.VARCHAR),
            column("scopes", SqlType.VARCHAR),
            column("created", SqlType.TIMESTAMP_TZ),
            column("expires", SqlType.TIMESTAMP_TZ),
            column("last_used", SqlType.TIMESTAMP_TZ),
            column("state", SqlType.VARCHAR)),
        table(
            administration,
            "roles",
            "roles, what they inherit, and who has them",
            Show.Kind.ROLES,
            texts("role_name", "inherits", "members", "kept_in")),
        table(
            administration,
            "grants",
            "what was granted to whom",
            Show.Kind.GRANTS,
            texts(
                "grantee",
                "grantee_kind",
                "privilege",
                "granted_on",
                "column_name",
                "grantor",
                "kept_in")),
        table(
            administration,
            "row_filters",
            "which rows are seen by whom",
            Show.Kind.ROW_FILTERS,
            texts(
                "filter_name",
                "table_name",
                "roles",
                "condition_text",
                "status",
                "author",
                "kept_in")),
        table(
            administration,
            "masks",
            "what is seen instead of values",
            Show.Kind.MASKS,
            texts(
                "mask_name",
                "table_name",
                "column_name",
                "roles",
                "seen",
                "status",
                "author",
                "kept_in")));
  }

  private static SqlType.Field[] texts(String... names) {
    return java.util.Arrays.stream(names)
        .map(name -> column(name, SqlType.VARCHAR))
        .toArray(SqlType.Field[]::new);
  }

  private static SystemTable table(
      Administration administration,
      String name,
      String comment,
      Show.Kind kind,
      SqlType.Field... columns) {
    SecurityStatement show = new Show(kind, Optional.empty());
    List<SqlType.Field> fields = List.of(columns);
    return new SystemTable(
        SCHEMA,
        name,
        comment,
        fields,
        viewer ->
            isFor(viewer.session())
                ? administration.run(viewer.session(), show).stream()
                    .map(row -> typed(fields, row))
                    .toList()
                : List.of());
  }

  /** What is shown is text throughout. */
  private static List<@Nullable Object> typed(
      List<SqlType.Field> columns, List<@Nullable Object> row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Object value = row.get(i);
      SqlType type = columns.get(i).type();
      if (value == null || type.equals(SqlType.VARCHAR)) {
        values.add(value);
      } else if (type.equals(SqlType.BOOLEAN)) {
        values.add(value.equals("yes"));
      } else if (type.equals(SqlType.BIGINT)) {
        values.add(Long.valueOf(value.toString()));
      } else {
        values.add(Instant.parse(value.toString()));
      }
    }
    return values;
  }
}
