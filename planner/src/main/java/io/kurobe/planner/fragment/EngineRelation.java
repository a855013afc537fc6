package io.kurobe.planner.fragment;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.rel.RelNode;

/**
 * A part of the engine's plan that it computes before the rest and keeps for the query, because
 * others wait for its keys.
 *
 * @param name the name of the relation it becomes
 * @param tree what is computed
 * @param columns the names of its columns there, which differ by more than case
 */
public record EngineRelation(String name, RelNode tree, List<String> columns) {
  public EngineRelation {
    requireNonNull(name, "name is null");
    requireNonNull(tree, "tree is null");
    columns = List.copyOf(columns);
  }
}
