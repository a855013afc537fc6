package io.kurobe.planner.catalog;

import java.util.List;
import java.util.Optional;

/** Where views are kept. Implemented by the server's state store; threads share it. */
public interface Views {
  /** All views, by name. */
  List<ViewDefinition> list();

  /** The view of that name, matched as names are: exact case first. */
  Optional<ViewDefinition> find(String name);

  /**
   * Keeps a view.
   *
   * @param replace whether an existing one of that name gives way; else DUPLICATE_TABLE
   */
  void create(ViewDefinition view, boolean replace);

  /** Forgets a view. Returns whether there was one. */
  boolean drop(String name);
}
