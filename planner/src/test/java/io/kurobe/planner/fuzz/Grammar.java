package io.kurobe.planner.fuzz;

/** The writers of one query, which write each other's parts, and what they share. */
final class Grammar {
  private final Expressions expressions = new Expressions(this);
  private final Predicates predicates = new Predicates(this);
  private final Subqueries subqueries = new Subqueries(this);
  private final Relations relations = new Relations(this);
  private final Selects selects = new Selects(this);
  private final Groups groups = new Groups(this);
  private final Windows windows = new Windows(this);
  private int aliases;
  private boolean approximate;

  Expressions expressions() {
    return expressions;
  }

  Predicates predicates() {
    return predicates;
  }

  Subqueries subqueries() {
    return subqueries;
  }

  Relations relations() {
    return relations;
  }

  Selects selects() {
    return selects;
  }

  Groups groups() {
    return groups;
  }

  Windows windows() {
    return windows;
  }

  /** An alias that the query does not have yet. */
  String alias() {
    return "a" + ++aliases;
  }

  /** Notes that a decimal is divided or averaged, which some engines do in DOUBLE. */
  void approximates() {
    approximate = true;
  }

  boolean approximate() {
    return approximate;
  }
}
