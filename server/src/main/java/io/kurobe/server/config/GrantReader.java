package io.kurobe.server.config;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.parser.SecurityStatement.Masked.Usual;
import io.kurobe.planner.parser.StatementParser;
import io.kurobe.server.config.GrantSettings.MaskSettings;
import io.kurobe.server.config.GrantSettings.ReadSettings;
import io.kurobe.server.config.GrantSettings.RoleSettings;
import io.kurobe.server.config.GrantSettings.RowFilterSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads {@code roles}, {@code rowFilters} and {@code masks} of the section {@code security:}.
 * Whether tables and columns are there is not known before the sources are read, but their sources
 * are, and whether an expression is one.
 */
final class GrantReader {
  private static final Set<String> BUILT_IN = Set.of("admin", "public");

  private final Set<String> sources;
  private final StatementParser parser = new StatementParser();

  private GrantReader(Set<String> sources) {
    this.sources = sources;
  }

  /**
   * Reads them.
   *
   * @param sources the names that the file gives to its sources
   */
  static GrantSettings read(Section security, List<String> sources) {
    Set<String> known = new HashSet<>(sources);
    known.add("views");
    var reader = new GrantReader(known);
    List<RoleSettings> roles = reader.roles(security.section("roles"));
    Set<String> names = new HashSet<>(BUILT_IN);
    roles.forEach(role -> names.add(role.name()));
    List<RowFilterSettings> filters =
        security.sections("rowFilters").stream()
            .flatMap(section -> reader.rowFilter(section, names).stream())
            .toList();
    List<MaskSettings> masks =
        security.sections("masks").stream()
            .flatMap(section -> reader.mask(section, names).stream())
            .toList();
    return new GrantSettings(roles, filters, masks);
  }

  private List<RoleSettings> roles(Section section) {
    Map<String, RoleSettings> roles = new LinkedHashMap<>();
    Map<String, String> spelling = new HashMap<>();
    BUILT_IN.forEach(name -> spelling.put(name, name));
    for (String name : section.names()) {
      String known = spelling.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (known != null && !known.equals(name)) {
        section.problem(name, "there is already a role '" + known + "'");
      }
      Section role = section.section(name);
      roles.put(
          name,
          new RoleSettings(name, role.texts("members"), role.texts("inherits"), grants(role)));
      role.finish();
    }
    for (RoleSettings role : roles.values()) {
      for (String inherited : role.inherits()) {
        if (!roles.containsKey(inherited) && !BUILT_IN.contains(inherited)) {
          section.problem(role.name(), "there is no role '" + inherited + "' to inherit");
        } else if (reaches(roles, inherited, role.name(), new HashSet<>())) {
          section.problem(
              role.name(),
              "roles '" + role.name() + "' and '" + inherited + "' inherit each other");
        }
      }
      if (role.name().equals("public") && !role.members().isEmpty()) {
        section.problem(role.name(), "everyone has the role 'public'; it takes no members");
      }
      if (role.name().equals("public") && reaches(roles, role.name(), "admin", new HashSet<>())) {
        section.problem(role.name(), "not everyone can be an administrator");
      }
    }
    return List.copyOf(roles.values());
  }

  private static boolean reaches(
      Map<String, RoleSettings> roles, String from, String to, Set<String> seen) {
    if (from.equals(to)) {
      return true;
    }
    return roles.containsKey(from)
        && seen.add(from)
        && roles.get(from).inherits().stream().anyMatch(next -> reaches(roles, next, to, seen));
  }

  private List<ReadSettings> grants(Section role) {
    List<ReadSettings> grants = new ArrayList<>();
    for (Node item : role.items("grants")) {
      String text = item instanceof ScalarNode scalar ? scalar.getValue() : "";
      Optional<ReadSettings> read =
          GrantText.parse(text).filter(one -> one.columns().isEmpty() || one.place().size() == 3);
      if (read.isEmpty()) {
        role.problem(
            item,
            "a grant is written source, source.schema, source.schema.table or"
                + " source.schema.table (column, …)");
      } else {
        requireSource(role, item, read.get().place().get(0));
        grants.add(read.get());
      }
    }
    return grants;
  }

  private void requireSource(Section section, Node at, String source) {
    if (!sources.contains(source)) {
      section.problem(at, "no source is named '" + source + "'");
    }
  }

  private Optional<RowFilterSettings> rowFilter(Section section, Set<String> names) {
    Optional<String> name = required(section, "name");
    List<String> table = table(section);
    List<String> roles = roles(section, names);
    Optional<String> using = required(section, "using");
    section.finish();
    using.ifPresent(text -> requireExpression(section, text));
    return name.isEmpty() || table.isEmpty() || roles.isEmpty() || using.isEmpty()
        ? Optional.empty()
        : Optional.of(new RowFilterSettings(name.get(), table, roles, using.get()));
  }

  private Optional<MaskSettings> mask(Section section, Set<String> names) {
    Optional<String> name = required(section, "name");
    List<String> table = table(section);
    Optional<String> column = required(section, "column");
    List<String> roles = roles(section, names);
    Optional<String> using =
        section.isNull("using") ? Optional.of("null") : required(section, "using");
    section.finish();
    Optional<Usual> usual = using.flatMap(GrantReader::usual);
    if (usual.isEmpty()) {
      using.ifPresent(text -> requireExpression(section, text));
    }
    boolean whole =
        Stream.of(name, column, using).allMatch(Optional::isPresent)
            && !table.isEmpty()
            && !roles.isEmpty();
    return whole
        ? Optional.of(
            new MaskSettings(
                name.get(),
                table,
                column.get(),
                roles,
                usual,
                usual.isPresent() ? "" : using.get()))
        : Optional.empty();
  }

  private static Optional<Usual> usual(String text) {
    return Stream.of(Usual.values())
        .filter(usual -> usual.name().equalsIgnoreCase(text.strip()))
        .findFirst();
  }

  private static Optional<String> required(Section section, String key) {
    Optional<String> text = section.text(key).filter(some -> !some.isBlank());
    if (text.isEmpty()) {
      section.problem("'" + key + "' is missing");
    }
    return text;
  }

  private List<String> table(Section section) {
    Optional<String> text = required(section, "table");
    if (text.isEmpty()) {
      return List.of();
    }
    Optional<ReadSettings> table =
        GrantText.parse(text.get())
            .filter(one -> one.columns().isEmpty() && one.place().size() == 3);
    if (table.isEmpty()) {
      section.problem("table", "a table is written source.schema.table");
      return List.of();
    }
    String source = table.get().place().get(0);
    if (!sources.contains(source) || source.equals("views")) {
      section.problem("table", "no source is named '" + source + "'");
    }
    return table.get().place();
  }

  private static List<String> roles(Section section, Set<String> names) {
    List<String> roles = section.texts("roles");
    if (roles.isEmpty()) {
      section.problem("'roles' is missing: whom it is for");
    }
    for (String role : roles) {
      if (!names.contains(role)) {
        section.problem("roles", "the file has no role '" + role + "'");
      }
    }
    return roles;
  }

  private void requireExpression(Section section, String text) {
    try {
      parser.parseExpression(text);
    } catch (KurobeException e) {
      section.problem("using", "'using' is no expression: " + e.getMessage());
    }
  }
}
