package io.kurobe.planner.fuzz;

import java.util.ArrayList;
import java.util.List;

/** The columns an expression may name. */
record Scope(List<Column> columns) {
  /** A column, as it is written. */
  record Column(String name, Kind kind) {}

  static final Scope EMPTY = new Scope(List.of());

  Scope {
    columns = List.copyOf(columns);
  }

  List<Column> of(Kind kind) {
    return columns.stream().filter(column -> column.kind() == kind).toList();
  }

  /** The columns of a name, whatever their alias. */
  List<Column> named(String name) {
    return columns.stream().filter(column -> column.name().endsWith("." + name)).toList();
  }

  /** The columns of other names. */
  List<Column> without(String name) {
    return columns.stream().filter(column -> !column.name().endsWith("." + name)).toList();
  }

  Scope and(Scope other) {
    List<Column> both = new ArrayList<>(columns);
    both.addAll(other.columns);
    return new Scope(both);
  }
}
