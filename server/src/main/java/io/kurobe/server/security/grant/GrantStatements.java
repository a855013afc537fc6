package io.kurobe.server.security.grant;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.command.Administration;
import io.kurobe.planner.parser.SecurityStatement;
import io.kurobe.planner.parser.SecurityStatement.CreateMask;
import io.kurobe.planner.parser.SecurityStatement.CreateRowFilter;
import io.kurobe.planner.parser.SecurityStatement.Masked;
import io.kurobe.planner.session.Session;
import io.kurobe.server.security.grant.KnownTables.Known;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out statements about roles, grants, row filters and masks. Whoever has the role {@code
 * admin} may say them, and nobody else; anyone may look at what was granted to himself.
 */
final class GrantStatements implements Administration {
  private static final int LONGEST_NAME = 200;

  /** Who grants what nobody said. */
  private static final String CONFIGURATION = "configuration";

  private final Grants grants;
  private final Grantees grantees;
  private final Clock clock;
  private final RightsShown shown;

  GrantStatements(Grants grants, KnownUsers users, Clock clock) {
    this.grants = grants;
    this.grantees = new Grantees(users);
    this.clock = clock;
    this.shown = new RightsShown(grants);
  }

  @Override
  public List<SqlType.Field> columns(SecurityStatement statement) {
    return statement instanceof SecurityStatement.Show show
        ? RightsShown.columns(show.kind())
        : List.of();
  }

  @Override
  public List<List<@Nullable Object>> run(Session session, SecurityStatement statement) {
    if (statement instanceof SecurityStatement.Show show) {
      return shown.rows(session, show);
    }
    requireAdministrator(session);
    if (statement instanceof SecurityStatement.CreateRole create) {
      createRole(session, create);
    } else if (statement instanceof SecurityStatement.DropRole drop) {
      dropRole(session, drop);
    } else if (statement instanceof SecurityStatement.Select select) {
      select(session, select);
    } else if (statement instanceof SecurityStatement.Membership membership) {
      membership(session, membership);
    } else if (statement instanceof CreateRowFilter create) {
      createRowFilter(session, create);
    } else if (statement instanceof SecurityStatement.DropRowFilter drop) {
      dropRowFilter(session, drop);
    } else if (statement instanceof CreateMask create) {
      createMask(session, create);
    } else if (statement instanceof SecurityStatement.DropMask drop) {
      dropMask(session, drop);
    } else {
      throw new KurobeException(ErrorCode.INTERNAL, "nothing answers " + statement);
    }
    return List.of();
  }

  static boolean isAdministrator(Session session) {
    return session.principal().roles().contains(Rights.ADMIN);
  }

  private static void requireAdministrator(Session session) {
    if (!isAdministrator(session)) {
      throw new KurobeException(ErrorCode.NOT_ALLOWED, "only administrators say who may see what")
          .withHint("they have the role " + Rights.ADMIN);
    }
  }

  /** What is decided on is what is there when it is written. */
  private interface Work {
    void on(RightsChanges changes, Rights rights);
  }

  private void change(String author, Work work) {
    grants.change((handle, rights) -> work.on(new RightsChanges(handle, author, clock), rights));
  }

  private void change(Session session, Work work) {
    change(session.principal().name(), work);
  }

  void forgetUser(String name) {
    change(CONFIGURATION, (changes, rights) -> changes.forget(Grantee.user(name)));
  }

  void makeAdministrator(String name) {
    change(CONFIGURATION, (changes, rights) -> changes.addMember(Rights.ADMIN, Grantee.user(name)));
  }

  private void createRole(Session session, SecurityStatement.CreateRole create) {
    requireName(create.name());
    change(
        session,
        (changes, rights) -> {
          Optional<Role> known = rights.role(create.name());
          if (known.isPresent()) {
            throw new KurobeException(
                ErrorCode.DUPLICATE_OBJECT, "there is already a role " + known.get().name());
          }
          changes.createRole(create.name());
        });
  }

  private static void requireName(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
      throw new KurobeException(
          ErrorCode.INVALID_QUERY, "a name has from 1 to " + LONGEST_NAME + " characters");
    }
  }

  private void dropRole(Session session, SecurityStatement.DropRole drop) {
    change(
        session,
        (changes, rights) -> {
          Optional<Role> role = rights.role(drop.name());
          if (role.isEmpty() && drop.ifExists()) {
            return;
          }
          Role known = role.orElseThrow(() -> Grantees.noRole(drop.name()));
          known.origin().requireChangeable("role " + known.name());
          requireUnused(rights, known.name());
          changes.dropRole(known.name());
        });
  }

  /** Without the role they would restrict nobody, and other roles may let its members read. */
  private static void requireUnused(Rights rights, String role) {
    List<String> uses = new ArrayList<>();
    rights.rowFilters().stream()
        .filter(filter -> filter.roles().contains(role))
        .forEach(filter -> uses.add("row filter " + filter.name() + " on " + filter.table()));
    rights.masks().stream()
        .filter(mask -> mask.roles().contains(role))
        .forEach(mask -> uses.add("mask " + mask.name() + " on " + mask.table()));
    if (!uses.isEmpty()) {
      throw new KurobeException(
              ErrorCode.STILL_USED,
              "role " + role + " is what these are for: " + String.join(", ", uses))
          .withHint("drop them first");
    }
  }

  private void select(Session session, SecurityStatement.Select select) {
    Place place = new Targets(grants.tables()).place(select.scope(), select.on().names);
    List<String> columns = select.columns().isEmpty() ? List.of() : columns(select);
    change(
        session,
        (changes, rights) -> {
          for (SecurityStatement.Grantee written : select.grantees()) {
            Grantee grantee = grantees.find(rights, written);
            if (select.granted()) {
              List<String> each = columns.isEmpty() ? List.of("") : columns;
              each.forEach(column -> changes.grant(grantee, place, column));
            } else {
              revoke(changes, rights, grantee, place, columns);
            }
          }
        });
  }

  private List<String> columns(SecurityStatement.Select select) {
    if (select.scope() != SecurityStatement.Scope.TABLE) {
      throw new KurobeException(ErrorCode.INVALID_QUERY, "columns are those of a table");
    }
    Known table = new Targets(grants.tables()).table(select.on().names);
    return select.columns().stream().map(column -> column(table, column)).toList();
  }

  private static String column(Known table, String written) {
    return table
        .column(written)
        .orElseThrow(
            () ->
                new KurobeException(
                    ErrorCode.UNKNOWN_COLUMN,
                    "column " + written + " of " + table.name() + " does not exist"));
  }

  private static void revoke(
      RightsChanges changes, Rights rights, Grantee from, Place place, List<String> columns) {
    boolean revoked = false;
    if (columns.isEmpty()) {
      revoked = changes.revokeAll(from, place);
    } else {
      for (String column : columns) {
        revoked |= changes.revoke(from, place, column);
      }
    }
    if (!revoked) {
      throw notGranted(rights, from, place);
    }
  }

  /** Says which grant lets somebody read, where it is another than was to be taken back. */
  private static KurobeException notGranted(Rights rights, Grantee from, Place place) {
    String others =
        rights.grantsTo(from).stream()
            .filter(grant -> overlaps(grant.on(), place))
            .map(
                grant ->
                    grant.on()
                        + grant.column().map(column -> " (" + column + ")").orElse("")
                        + (grant.origin() == Origin.CONFIGURATION ? " of the configuration" : ""))
            .distinct()
            .collect(Collectors.joining(", "));
    var error =
        new KurobeException(
            ErrorCode.UNKNOWN_OBJECT, from + " was not granted just this on " + place);
    return others.isEmpty() ? error : error.withHint("granted is " + others);
  }

  private static boolean overlaps(Place one, Place other) {
    return one.source().equals(other.source())
        && (one.schema().isEmpty()
            || other.schema().isEmpty()
            || one.schema().equals(other.schema()))
        && (one.table().isEmpty() || other.table().isEmpty() || one.table().equals(other.table()));
  }

  private void membership(Session session, SecurityStatement.Membership statement) {
    change(
        session,
        (changes, rights) -> {
          String role = grantees.role(rights, statement.role());
          for (SecurityStatement.Grantee written : statement.grantees()) {
            Grantee member = grantees.find(rights, written);
            if (statement.granted()) {
              requireNoCircle(rights, role, member);
              changes.addMember(role, member);
            } else if (!changes.removeMember(role, member)) {
              requireNotConfigured(rights, role, member);
              throw new KurobeException(
                  ErrorCode.UNKNOWN_OBJECT, member + " was not granted role " + role);
            }
          }
        });
  }

  private static void requireNotConfigured(Rights rights, String role, Grantee member) {
    rights.memberships().stream()
        .filter(known -> known.role().equals(role) && known.member().equals(member))
        .forEach(known -> known.origin().requireChangeable("that " + member + " has role " + role));
  }

  private static void requireNoCircle(Rights rights, String role, Grantee member) {
    if (role.equals(Rights.PUBLIC)) {
      throw new KurobeException(ErrorCode.INVALID_QUERY, "everyone has the role public");
    }
    if (role.equals(Rights.ADMIN) && member.equals(Grantee.role(Rights.PUBLIC))) {
      throw new KurobeException(ErrorCode.NOT_ALLOWED, "not everyone can be an administrator");
    }
    if (member.kind() == SecurityStatement.Grantee.Kind.ROLE
        && rights.inherited(role).contains(member.name())) {
      throw new KurobeException(
              ErrorCode.CIRCULAR_ROLE,
              "role " + role + " has the rights of role " + member.name() + " already")
          .withHint("of two roles, one at most has the rights of the other");
    }
  }

  private void createRowFilter(Session session, CreateRowFilter create) {
    requireName(create.name());
    TableName table = new Targets(grants.tables()).restrictable(create.table().names).name();
    String condition = SqlText.of(create.condition());
    grants.tables().check(session, table, Optional.empty(), condition);
    change(
        session,
        (changes, rights) -> {
          Optional<RowFilter> known = rowFilter(rights, table, create.name());
          known.ifPresent(
              filter -> {
                filter.origin().requireChangeable("row filter " + filter.name());
                requireReplaced(create.replace(), "row filter " + filter.name(), table);
                changes.dropRowFilter(table, filter.name());
              });
          changes.createRowFilter(
              new RowFilter(
                  table,
                  create.name(),
                  grantees.roles(rights, create.roles()),
                  condition,
                  session.principal().name(),
                  Origin.STATEMENT));
        });
  }

  private static Optional<RowFilter> rowFilter(Rights rights, TableName table, String name) {
    return rights.filtersOn(table).stream()
        .filter(filter -> filter.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private static Optional<Mask> mask(Rights rights, TableName table, String name) {
    return rights.masksOn(table).stream()
        .filter(mask -> mask.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private static void requireReplaced(boolean replace, String what, TableName table) {
    if (!replace) {
      throw new KurobeException(
              ErrorCode.DUPLICATE_OBJECT, "there is already a " + what + " on " + table)
          .withHint("CREATE OR REPLACE replaces it");
    }
  }

  private void dropRowFilter(Session session, SecurityStatement.DropRowFilter drop) {
    TableName table = restricted(drop.table().names);
    change(
        session,
        (changes, rights) -> {
          Optional<RowFilter> known = rowFilter(rights, table, drop.name());
          if (known.isEmpty() && !drop.ifExists()) {
            throw notThere("row filter " + drop.name(), table);
          }
          known.ifPresent(
              filter -> {
                filter.origin().requireChangeable("row filter " + filter.name());
                changes.dropRowFilter(filter.table(), filter.name());
              });
        });
  }

  private static KurobeException notThere(String what, TableName table) {
    return new KurobeException(ErrorCode.UNKNOWN_OBJECT, "there is no " + what + " on " + table);
  }

  /** A table, also one that is no more but has row filters or masks. */
  private TableName restricted(List<String> names) {
    if (names.size() == 3) {
      var written = new TableName(names.get(0), names.get(1), names.get(2));
      Rights rights = grants.rights();
      if (!rights.filtersOn(written).isEmpty() || !rights.masksOn(written).isEmpty()) {
        return written;
      }
    }
    return new Targets(grants.tables()).restrictable(names).name();
  }

  private void createMask(Session session, CreateMask create) {
    requireName(create.name());
    Known table = new Targets(grants.tables()).restrictable(create.table().names);
    String column = column(table, create.column());
    Mask.Seen seen = seen(create.masked());
    grants
        .tables()
        .check(session, table.name(), Optional.of(column), expression(seen, column, table));
    change(
        session,
        (changes, rights) -> {
          mask(rights, table.name(), create.name())
              .ifPresent(
                  mask -> {
                    mask.origin().requireChangeable("mask " + mask.name());
                    requireReplaced(create.replace(), "mask " + mask.name(), table.name());
                    changes.dropMask(table.name(), mask.name());
                  });
          changes.createMask(
              new Mask(
                  table.name(),
                  create.name(),
                  column,
                  grantees.roles(rights, create.roles()),
                  seen,
                  session.principal().name(),
                  Origin.STATEMENT));
        });
  }

  private static Mask.Seen seen(Masked masked) {
    if (masked instanceof Masked.Usual usual) {
      return new Mask.Kind(usual);
    }
    return new Mask.Text(SqlText.of(((Masked.Expression) masked).expression()));
  }

  private String expression(Mask.Seen seen, String column, Known table) {
    if (seen instanceof Mask.Text text) {
      return text.expression();
    }
    return UsualMasks.expression(
        ((Mask.Kind) seen).usual(),
        column,
        table.type(column).orElseThrow(),
        grants.rights().salt());
  }

  private void dropMask(Session session, SecurityStatement.DropMask drop) {
    TableName table = restricted(drop.table().names);
    change(
        session,
        (changes, rights) -> {
          Optional<Mask> known = mask(rights, table, drop.name());
          if (known.isEmpty() && !drop.ifExists()) {
            throw notThere("mask " + drop.name(), table);
          }
          known.ifPresent(
              mask -> {
                mask.origin().requireChangeable("mask " + mask.name());
                changes.dropMask(mask.table(), mask.name());
              });
        });
  }
}
