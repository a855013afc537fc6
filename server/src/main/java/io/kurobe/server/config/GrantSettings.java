package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.parser.SecurityStatement.Masked.Usual;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may see what, as the section {@code security:} says it. No statement changes it.
 *
 * @param roles those that the file makes, and what it adds to those built in
 */
public record GrantSettings(
    List<RoleSettings> roles, List<RowFilterSettings> rowFilters, List<MaskSettings> masks) {
  public static final GrantSettings NONE = new GrantSettings(List.of(), List.of(), List.of());

  /**
   * A role.
   *
   * @param members users who have it
   * @param inherits roles whose rights it has
   */
  public record RoleSettings(
      String name, List<String> members, List<String> inherits, List<ReadSettings> grants) {
    public RoleSettings {
      requireNonNull(name, "name is null");
      members = List.copyOf(members);
      inherits = List.copyOf(inherits);
      grants = List.copyOf(grants);
    }
  }

  /**
   * What may be read.
   *
   * @param place a source, a schema of one or a table of one: one name, two or three
   * @param columns none means all, those of later too
   */
  public record ReadSettings(List<String> place, List<String> columns) {
    public ReadSettings {
      place = List.copyOf(place);
      columns = List.copyOf(columns);
    }
  }

  /**
   * A row filter.
   *
   * @param table source, schema and table
   * @param using the condition in SQL
   */
  public record RowFilterSettings(
      String name, List<String> table, List<String> roles, String using) {
    public RowFilterSettings {
      requireNonNull(name, "name is null");
      table = List.copyOf(table);
      roles = List.copyOf(roles);
      requireNonNull(using, "using is null");
    }
  }

  /**
   * A mask.
   *
   * @param usual one of the usual kinds; empty for an expression
   * @param using the expression in SQL; empty for a usual kind
   */
  public record MaskSettings(
      String name,
      List<String> table,
      String column,
      List<String> roles,
      Optional<Usual> usual,
      String using) {
    public MaskSettings {
      requireNonNull(name, "name is null");
      table = List.copyOf(table);
      requireNonNull(column, "column is null");
      roles = List.copyOf(roles);
      requireNonNull(usual, "usual is null");
      requireNonNull(using, "using is null");
    }
  }

  public GrantSettings {
    roles = List.copyOf(roles);
    rowFilters = List.copyOf(rowFilters);
    masks = List.copyOf(masks);
  }

  /** The same with one more user who may administrate. */
  public GrantSettings withAdministrator(String user) {
    List<RoleSettings> more = new ArrayList<>(roles);
    more.add(new RoleSettings("admin", List.of(user), List.of(), List.of()));
    return new GrantSettings(more, rowFilters, masks);
  }
}
