package io.kurobe.server.security.grant;

import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.parser.SecurityStatement.Grantee.Kind;
import io.kurobe.planner.parser.SecurityStatement.Masked.Usual;
import io.kurobe.server.store.StateStore;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/**
 * Rights in the state store, which several gateways may share, together with those that the
 * configuration's file says. Threads share it.
 */
final class RightsStore {
  private static final int SALT_BYTES = 16;

  private final StateStore store;
  private final ConfiguredRights configured;

  RightsStore(StateStore store, ConfiguredRights configured) {
    this.store = store;
    this.configured = configured;
    store.inTransaction(RightsStore::salted);
  }

  /** Digests are alike at all gateways that share the store, and after a restart. */
  private static int salted(Handle handle) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return handle
        .createUpdate("UPDATE rights_state SET salt = :salt WHERE salt IS NULL")
        .bind("salt", HexFormat.of().formatHex(salt))
        .execute();
  }

  /** Whether another gateway may change what is here. */
  boolean isShared() {
    return store.isShared();
  }

  /** The number of the last change. */
  long version() {
    return store.inTransaction(RightsStore::version);
  }

  private static long version(Handle handle) {
    return handle.createQuery("SELECT version FROM rights_state").mapTo(Long.class).one();
  }

  Rights load() {
    return store.inTransaction(this::load);
  }

  /**
   * Changes rights, one change at a time at all gateways: what is decided on is what is changed.
   *
   * @param work is given the rights as they are
   * @return the rights as they are then
   */
  Rights change(BiConsumer<Handle, Rights> work) {
    return store.inTransaction(
        handle -> {
          // Before anything is read, so that who comes at the same time waits here.
          handle.execute("UPDATE rights_state SET version = version + 1");
          work.accept(handle, load(handle));
          return load(handle);
        });
  }

  private Rights load(Handle handle) {
    List<Role> roles = new ArrayList<>(configured.roles());
    roles.addAll(
        handle
            .createQuery("SELECT name FROM roles ORDER BY name")
            .map((row, context) -> new Role(row.getString(1), Origin.STATEMENT))
            .list());
    List<Membership> memberships = new ArrayList<>(configured.memberships());
    memberships.addAll(
        handle
            .createQuery("SELECT role, member_kind, member, grantor FROM memberships ORDER BY 1, 3")
            .map(
                (row, context) ->
                    new Membership(
                        row.getString(1),
                        new Grantee(Kind.valueOf(row.getString(2)), row.getString(3)),
                        row.getString(4),
                        Origin.STATEMENT))
            .list());
    List<Grant> grants = new ArrayList<>(configured.grants());
    grants.addAll(
        handle
            .createQuery(
                "SELECT grantee_kind, grantee, source, schema_name, table_name, column_name,"
                    + " grantor FROM grants ORDER BY 2, 3, 4, 5, 6")
            .map((row, context) -> grant(row))
            .list());
    List<RowFilter> filters = new ArrayList<>(configured.rowFilters());
    filters.addAll(rowFilters(handle));
    List<Mask> masks = new ArrayList<>(configured.masks());
    masks.addAll(masks(handle));
    String salt = handle.createQuery("SELECT salt FROM rights_state").mapTo(String.class).one();
    return new Rights(version(handle), salt, roles, memberships, grants, filters, masks);
  }

  private static Grant grant(ResultSet row) throws SQLException {
    String column = row.getString(6);
    return new Grant(
        new Grantee(Kind.valueOf(row.getString(1)), row.getString(2)),
        new Place(row.getString(3), row.getString(4), row.getString(5)),
        column.isEmpty() ? Optional.empty() : Optional.of(column),
        row.getString(7),
        Origin.STATEMENT);
  }

  private record Named(TableName table, String name) {
    static Named of(ResultSet row) throws SQLException {
      return new Named(
          new TableName(row.getString(1), row.getString(2), row.getString(3)), row.getString(4));
    }
  }

  private static List<RowFilter> rowFilters(Handle handle) {
    Map<Named, RowFilter> found = new LinkedHashMap<>();
    handle
        .createQuery(
            "SELECT source, schema_name, table_name, name, role, expression, author"
                + " FROM row_filters ORDER BY 1, 2, 3, 4, 5")
        .map(
            (row, context) ->
                new RowFilter(
                    Named.of(row).table(),
                    row.getString(4),
                    Set.of(row.getString(5)),
                    row.getString(6),
                    row.getString(7),
                    Origin.STATEMENT))
        .forEach(
            one ->
                found.merge(
                    new Named(one.table(), one.name()),
                    one,
                    (known, more) ->
                        new RowFilter(
                            known.table(),
                            known.name(),
                            both(known.roles(), more.roles()),
                            known.condition(),
                            known.author(),
                            known.origin())));
    return List.copyOf(found.values());
  }

  private static List<Mask> masks(Handle handle) {
    Map<Named, Mask> found = new LinkedHashMap<>();
    handle
        .createQuery(
            "SELECT source, schema_name, table_name, name, role, column_name, usual, expression,"
                + " author FROM masks ORDER BY 1, 2, 3, 4, 5")
        .map((row, context) -> mask(row))
        .forEach(
            one ->
                found.merge(
                    new Named(one.table(), one.name()),
                    one,
                    (known, more) ->
                        new Mask(
                            known.table(),
                            known.name(),
                            known.column(),
                            both(known.roles(), more.roles()),
                            known.seen(),
                            known.author(),
                            known.origin())));
    return List.copyOf(found.values());
  }

  private static Mask mask(ResultSet row) throws SQLException {
    String usual = row.getString(7);
    return new Mask(
        Named.of(row).table(),
        row.getString(4),
        row.getString(6),
        Set.of(row.getString(5)),
        usual == null ? new Mask.Text(row.getString(8)) : new Mask.Kind(Usual.valueOf(usual)),
        row.getString(9),
        Origin.STATEMENT);
  }

  private static Set<String> both(Set<String> some, Set<String> more) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(more);
    return all;
  }
}
