package io.kurobe.server.security.grant;

import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.parser.SecurityStatement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All roles, memberships, grants, row filters and masks as they are at one moment. Immutable. */
final class Rights {
  /** May say who sees what; sees nothing of itself. */
  static final String ADMIN = "admin";

  /** Everyone has it. */
  static final String PUBLIC = "public";

  private final long version;
  private final String salt;
  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final List<Membership> memberships;
  private final List<Grant> grants;
  private final List<RowFilter> rowFilters;
  private final List<Mask> masks;
  private final Map<Grantee, Set<String>> rolesOf = new HashMap<>();
  private final Map<Grantee, List<Grant>> grantsTo = new HashMap<>();
  private final Map<TableName, List<RowFilter>> filtersOn = new HashMap<>();
  private final Map<TableName, List<Mask>> masksOn = new HashMap<>();

  /**
   * Makes it.
   *
   * @param version another one after each change
   * @param salt what digests of masks begin with
   */
  Rights(
      long version,
      String salt,
      Collection<Role> roles,
      Collection<Membership> memberships,
      Collection<Grant> grants,
      Collection<RowFilter> rowFilters,
      Collection<Mask> masks) {
    this.version = version;
    this.salt = salt;
    this.roles.put(ADMIN, new Role(ADMIN, Origin.BUILT_IN));
    this.roles.put(PUBLIC, new Role(PUBLIC, Origin.BUILT_IN));
    roles.forEach(role -> this.roles.putIfAbsent(role.name(), role));
    this.memberships = List.copyOf(memberships);
    this.grants = List.copyOf(grants);
    this.rowFilters = List.copyOf(rowFilters);
    this.masks = List.copyOf(masks);
    this.memberships.forEach(
        one -> rolesOf.computeIfAbsent(one.member(), any -> new LinkedHashSet<>()).add(one.role()));
    this.grants.forEach(
        one -> grantsTo.computeIfAbsent(one.to(), any -> new ArrayList<>()).add(one));
    this.rowFilters.forEach(
        one -> filtersOn.computeIfAbsent(folded(one.table()), any -> new ArrayList<>()).add(one));
    this.masks.forEach(
        one -> masksOn.computeIfAbsent(folded(one.table()), any -> new ArrayList<>()).add(one));
  }

  long version() {
    return version;
  }

  String salt() {
    return salt;
  }

  Collection<Role> roles() {
    return roles.values();
  }

  List<Membership> memberships() {
    return memberships;
  }

  List<Grant> grants() {
    return grants;
  }

  List<RowFilter> rowFilters() {
    return rowFilters;
  }

  List<Mask> masks() {
    return masks;
  }

  /** The role of a name: exact case first. */
  Optional<Role> role(String name) {
    Role exact = roles.get(name);
    return exact != null
        ? Optional.of(exact)
        : roles.values().stream().filter(role -> role.name().equalsIgnoreCase(name)).findFirst();
  }

  /** Whether anything was given to a user. */
  boolean knows(String user) {
    Grantee grantee = Grantee.user(user);
    return rolesOf.containsKey(grantee) || grantsTo.containsKey(grantee);
  }

  /** The roles of a user that are in force: given, vouched for, inherited, and everyone's. */
  Set<String> rolesOf(String user, Collection<String> vouched) {
    Set<String> given = new LinkedHashSet<>(rolesOf.getOrDefault(Grantee.user(user), Set.of()));
    vouched.stream().filter(roles::containsKey).forEach(given::add);
    given.add(PUBLIC);
    return closure(given);
  }

  /** Whether some user may administrate. */
  boolean hasAdministrator() {
    return memberships.stream()
        .map(Membership::member)
        .anyMatch(
            member ->
                member.kind() == SecurityStatement.Grantee.Kind.USER
                    && rolesOf(member.name(), Set.of()).contains(ADMIN));
  }

  /** A role and all that it inherits. */
  Set<String> inherited(String role) {
    return closure(Set.of(role));
  }

  private Set<String> closure(Collection<String> given) {
    Set<String> all = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(given);
    while (!open.isEmpty()) {
      String role = open.pop();
      if (all.add(role)) {
        open.addAll(rolesOf.getOrDefault(Grantee.role(role), Set.of()));
      }
    }
    return all;
  }

  List<Grant> grantsTo(Grantee grantee) {
    return grantsTo.getOrDefault(grantee, List.of());
  }

  /**
   * What restricts whoever reads a table. Names are compared without their case, as in the
   * configuration's file they may be written in any: rather one restriction too many.
   */
  List<RowFilter> filtersOn(TableName table) {
    return filtersOn.getOrDefault(folded(table), List.of());
  }

  /** What is seen instead of a table's values; the same holds of names. */
  List<Mask> masksOn(TableName table) {
    return masksOn.getOrDefault(folded(table), List.of());
  }

  private static TableName folded(TableName table) {
    return new TableName(
        table.source().toLowerCase(Locale.ROOT),
        table.schema().toLowerCase(Locale.ROOT),
        table.table().toLowerCase(Locale.ROOT));
  }
}
