package io.kurobe.server.security.grant;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.parser.SecurityStatement.Show;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import io.kurobe.server.security.grant.KnownTables.Known;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * SHOW ROLES, GRANTS, ROW FILTERS and MASKS. Administrators see all; anyone else the roles he has
 * and what was granted to him or to them, without who else has it, and no row filter or mask.
 */
record RightsShown(Grants grants) {
  static List<SqlType.Field> columns(Show.Kind kind) {
    return switch (kind) {
      case ROLES -> columns("role", "inherits", "members", "kept_in");
      case GRANTS ->
          columns("grantee", "grantee_kind", "privilege", "on", "columns", "grantor", "kept_in");
      case ROW_FILTERS ->
          columns("row_filter", "table", "roles", "condition", "status", "author", "kept_in");
      case MASKS ->
          columns("mask", "table", "column", "roles", "seen", "status", "author", "kept_in");
      case USERS, API_KEYS -> List.of();
    };
  }

  private static List<SqlType.Field> columns(String... names) {
    return Arrays.stream(names)
        .map(name -> new SqlType.Field(name, SqlType.VARCHAR, true))
        .toList();
  }

  List<List<@Nullable Object>> rows(Session session, Show show) {
    Rights rights = grants.rights();
    boolean all = GrantStatements.isAdministrator(session);
    return switch (show.kind()) {
      case ROLES -> roles(rights, session.principal(), all, show.of());
      case GRANTS -> granted(rights, session.principal(), all, show.of());
      case ROW_FILTERS -> {
        requireAdministrator(all);
        yield rowFilters(rights, session, show.of());
      }
      case MASKS -> {
        requireAdministrator(all);
        yield masks(rights, session, show.of());
      }
      case USERS, API_KEYS -> List.of();
    };
  }

  private static void requireAdministrator(boolean all) {
    if (!all) {
      throw new KurobeException(
          ErrorCode.NOT_ALLOWED, "row filters and masks are shown to administrators alone");
    }
  }

  private static List<List<@Nullable Object>> roles(
      Rights rights, Principal who, boolean all, Optional<String> of) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Role role : rights.roles()) {
      if ((all || who.roles().contains(role.name())) && named(of, role.name())) {
        TreeSet<String> inherited = new TreeSet<>(rights.inherited(role.name()));
        inherited.remove(role.name());
        rows.add(
            Arrays.asList(
                role.name(),
                text(inherited),
                all ? members(rights, role.name()) : null,
                role.origin().toString()));
      }
    }
    return rows;
  }

  private static @Nullable String members(Rights rights, String role) {
    return text(
        rights.memberships().stream()
            .filter(one -> one.role().equals(role))
            .map(one -> one.member().toString())
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static @Nullable String text(TreeSet<String> names) {
    return names.isEmpty() ? null : String.join(", ", names);
  }

  private static boolean named(Optional<String> of, String name) {
    return of.isEmpty() || of.get().equalsIgnoreCase(name);
  }

  private static List<List<@Nullable Object>> granted(
      Rights rights, Principal who, boolean all, Optional<String> of) {
    Predicate<Grantee> seen =
        grantee ->
            named(of, grantee.name())
                && (all
                    || grantee.equals(Grantee.user(who.name()))
                    || who.roles().stream().map(Grantee::role).anyMatch(grantee::equals));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Membership one : rights.memberships()) {
      if (seen.test(one.member())) {
        rows.add(
            row(one.member(), "ROLE", one.role(), null, all ? one.grantor() : null, one.origin()));
      }
    }
    for (Grant one : rights.grants()) {
      if (seen.test(one.to())) {
        rows.add(
            row(
                one.to(),
                "SELECT",
                one.on().toString(),
                one.column().orElse(null),
                all ? one.grantor() : null,
                one.origin()));
      }
    }
    return rows;
  }

  private static List<@Nullable Object> row(
      Grantee grantee,
      String privilege,
      String on,
      @Nullable String columns,
      @Nullable String grantor,
      Origin origin) {
    return Arrays.asList(
        grantee.name(),
        grantee.kind().name().toLowerCase(Locale.ROOT),
        privilege,
        on,
        columns,
        grantor,
        origin.toString());
  }

  private List<List<@Nullable Object>> rowFilters(
      Rights rights, Session session, Optional<String> of) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (RowFilter filter : rights.rowFilters()) {
      if (of.isEmpty() || filter.roles().stream().anyMatch(role -> named(of, role))) {
        rows.add(
            Arrays.asList(
                filter.name(),
                filter.table().toString(),
                text(new TreeSet<>(filter.roles())),
                filter.condition(),
                status(session, filter),
                filter.author(),
                filter.origin().toString()));
      }
    }
    return rows;
  }

  private List<List<@Nullable Object>> masks(Rights rights, Session session, Optional<String> of) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Mask mask : rights.masks()) {
      if (of.isEmpty() || mask.roles().stream().anyMatch(role -> named(of, role))) {
        rows.add(
            Arrays.asList(
                mask.name(),
                mask.table().toString(),
                mask.column(),
                text(new TreeSet<>(mask.roles())),
                mask.seen().toString(),
                status(session, rights, mask),
                mask.author(),
                mask.origin().toString()));
      }
    }
    return rows;
  }

  private String status(Session session, RowFilter filter) {
    Optional<Known> table = table(filter.table());
    return table.isEmpty()
        ? "the table is not known"
        : status(
            () ->
                grants
                    .tables()
                    .check(session, table.get().name(), Optional.empty(), filter.condition()));
  }

  private String status(Session session, Rights rights, Mask mask) {
    Optional<Known> table = table(mask.table());
    return table.isEmpty()
        ? "the table is not known"
        : status(() -> check(session, rights, mask, table.get()));
  }

  private void check(Session session, Rights rights, Mask mask, Known table) {
    String column = table.column(mask.column()).orElse(mask.column());
    if (mask.seen() instanceof Mask.Text text) {
      grants.tables().check(session, table.name(), Optional.of(column), text.expression());
      return;
    }
    SqlType type =
        table
            .type(column)
            .orElseThrow(
                () ->
                    new KurobeException(
                        ErrorCode.UNKNOWN_COLUMN, "column " + column + " does not exist"));
    UsualMasks.expression(((Mask.Kind) mask.seen()).usual(), column, type, rights.salt());
  }

  private static String status(Runnable check) {
    try {
      check.run();
      return "in force";
    } catch (KurobeException e) {
      return "broken, the table is closed to them: " + e.getMessage();
    }
  }

  /** As what restricts is looked up: without the case of names. */
  private Optional<Known> table(TableName name) {
    try {
      return Optional.of(new Targets(grants.tables()).table(name.parts()));
    } catch (KurobeException e) {
      return Optional.empty();
    }
  }
}
