package io.kurobe.server.security.grant;

import io.kurobe.planner.catalog.TableName;
import java.time.Clock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * Writes changes of rights within a transaction.
 *
 * @param author who says them
 */
record RightsChanges(Handle handle, String author, Clock clock) {
  private static final String OF_TABLE =
      " WHERE source = :source AND schema_name = :schema AND table_name = :table AND name = :name";

  void createRole(String name) {
    written("INSERT INTO roles (name, author, created) VALUES (:name, :author, :now)")
        .bind("name", name)
        .execute();
  }

  /** With all that was given to it, and that its members have by it. */
  void dropRole(String name) {
    handle.createUpdate("DELETE FROM roles WHERE name = :name").bind("name", name).execute();
    handle.createUpdate("DELETE FROM memberships WHERE role = :name").bind("name", name).execute();
    forget(Grantee.role(name));
  }

  /** What was given to somebody, roles included. */
  void forget(Grantee grantee) {
    handle
        .createUpdate("DELETE FROM memberships WHERE member_kind = :kind AND member = :name")
        .bind("kind", grantee.kind().name())
        .bind("name", grantee.name())
        .execute();
    handle
        .createUpdate("DELETE FROM grants WHERE grantee_kind = :kind AND grantee = :name")
        .bind("kind", grantee.kind().name())
        .bind("name", grantee.name())
        .execute();
  }

  void addMember(String role, Grantee member) {
    written(
            "INSERT INTO memberships (role, member_kind, member, grantor, granted)"
                + " VALUES (:role, :kind, :member, :author, :now) ON CONFLICT DO NOTHING")
        .bind("role", role)
        .bind("kind", member.kind().name())
        .bind("member", member.name())
        .execute();
  }

  boolean removeMember(String role, Grantee member) {
    return handle
            .createUpdate(
                "DELETE FROM memberships"
                    + " WHERE role = :role AND member_kind = :kind AND member = :member")
            .bind("role", role)
            .bind("kind", member.kind().name())
            .bind("member", member.name())
            .execute()
        > 0;
  }

  /**
   * Lets somebody read.
   *
   * @param column empty for all
   */
  void grant(Grantee to, Place on, String column) {
    placed(
            written(
                "INSERT INTO grants (grantee_kind, grantee, source, schema_name, table_name,"
                    + " column_name, grantor, granted) VALUES (:kind, :grantee, :source, :schema,"
                    + " :table, :column, :author, :now) ON CONFLICT DO NOTHING"),
            to,
            on)
        .bind("column", column)
        .execute();
  }

  /** Takes back what was given of just that place and column. */
  boolean revoke(Grantee from, Place on, String column) {
    return placed(handle.createUpdate(ON_PLACE + " AND column_name = :column"), from, on)
            .bind("column", column)
            .execute()
        > 0;
  }

  /** Takes back what was given of just that place, whole or by its columns. */
  boolean revokeAll(Grantee from, Place on) {
    return placed(handle.createUpdate(ON_PLACE), from, on).execute() > 0;
  }

  private static final String ON_PLACE =
      "DELETE FROM grants WHERE grantee_kind = :kind AND grantee = :grantee AND source = :source"
          + " AND schema_name = :schema AND table_name = :table";

  void createRowFilter(RowFilter filter) {
    for (String role : filter.roles()) {
      tabled(
              written(
                  "INSERT INTO row_filters (source, schema_name, table_name, name, role,"
                      + " expression, author, created) VALUES (:source, :schema, :table, :name,"
                      + " :role, :expression, :author, :now)"),
              filter.table(),
              filter.name())
          .bind("role", role)
          .bind("expression", filter.condition())
          .execute();
    }
  }

  void dropRowFilter(TableName table, String name) {
    tabled(handle.createUpdate("DELETE FROM row_filters" + OF_TABLE), table, name).execute();
  }

  void createMask(Mask mask) {
    for (String role : mask.roles()) {
      tabled(
              written(
                  "INSERT INTO masks (source, schema_name, table_name, name, role, column_name,"
                      + " usual, expression, author, created) VALUES (:source, :schema, :table,"
                      + " :name, :role, :column, :usual, :expression, :author, :now)"),
              mask.table(),
              mask.name())
          .bind("role", role)
          .bind("column", mask.column())
          .bind("usual", mask.seen() instanceof Mask.Kind kind ? kind.usual().name() : null)
          .bind("expression", mask.seen() instanceof Mask.Text text ? text.expression() : null)
          .execute();
    }
  }

  void dropMask(TableName table, String name) {
    tabled(handle.createUpdate("DELETE FROM masks" + OF_TABLE), table, name).execute();
  }

  private Update written(String sql) {
    return handle.createUpdate(sql).bind("author", author).bind("now", clock.millis());
  }

  private static Update placed(Update update, Grantee grantee, Place place) {
    return update
        .bind("kind", grantee.kind().name())
        .bind("grantee", grantee.name())
        .bind("source", place.source())
        .bind("schema", place.schema())
        .bind("table", place.table());
  }

  private static Update tabled(Update update, TableName table, String name) {
    return update
        .bind("source", table.source())
        .bind("schema", table.schema())
        .bind("table", table.table())
        .bind("name", name);
  }
}
