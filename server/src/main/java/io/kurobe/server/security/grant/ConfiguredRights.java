package io.kurobe.server.security.grant;

import io.kurobe.planner.catalog.TableName;
import io.kurobe.server.config.GrantSettings;
import io.kurobe.server.config.GrantSettings.MaskSettings;
import io.kurobe.server.config.GrantSettings.ReadSettings;
import io.kurobe.server.config.GrantSettings.RoleSettings;
import io.kurobe.server.config.GrantSettings.RowFilterSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the configuration's file says of rights. */
record ConfiguredRights(
    List<Role> roles,
    List<Membership> memberships,
    List<Grant> grants,
    List<RowFilter> rowFilters,
    List<Mask> masks) {
  private static final String AUTHOR = "configuration";

  static ConfiguredRights of(GrantSettings settings) {
    List<Role> roles = new ArrayList<>();
    List<Membership> memberships = new ArrayList<>();
    List<Grant> grants = new ArrayList<>();
    for (RoleSettings role : settings.roles()) {
      roles.add(new Role(role.name(), Origin.CONFIGURATION));
      role.members().forEach(user -> memberships.add(member(role.name(), Grantee.user(user))));
      role.inherits().forEach(other -> memberships.add(member(other, Grantee.role(role.name()))));
      role.grants().forEach(read -> grants.addAll(grants(role.name(), read)));
    }
    return new ConfiguredRights(
        List.copyOf(roles),
        List.copyOf(memberships),
        List.copyOf(grants),
        settings.rowFilters().stream().map(ConfiguredRights::rowFilter).toList(),
        settings.masks().stream().map(ConfiguredRights::mask).toList());
  }

  private static Membership member(String role, Grantee member) {
    return new Membership(role, member, AUTHOR, Origin.CONFIGURATION);
  }

  private static List<Grant> grants(String role, ReadSettings read) {
    List<String> names = read.place();
    Place place =
        new Place(
            names.get(0),
            names.size() > 1 ? names.get(1) : "",
            names.size() > 2 ? names.get(2) : "");
    List<Optional<String>> columns =
        read.columns().isEmpty()
            ? List.of(Optional.empty())
            : read.columns().stream().map(Optional::of).toList();
    return columns.stream()
        .map(column -> new Grant(Grantee.role(role), place, column, AUTHOR, Origin.CONFIGURATION))
        .toList();
  }

  private static RowFilter rowFilter(RowFilterSettings filter) {
    return new RowFilter(
        table(filter.table()),
        filter.name(),
        Set.copyOf(filter.roles()),
        filter.using(),
        AUTHOR,
        Origin.CONFIGURATION);
  }

  private static Mask mask(MaskSettings mask) {
    return new Mask(
        table(mask.table()),
        mask.name(),
        mask.column(),
        Set.copyOf(mask.roles()),
        mask.usual().<Mask.Seen>map(Mask.Kind::new).orElseGet(() -> new Mask.Text(mask.using())),
        AUTHOR,
        Origin.CONFIGURATION);
  }

  private static TableName table(List<String> names) {
    return new TableName(names.get(0), names.get(1), names.get(2));
  }
}
