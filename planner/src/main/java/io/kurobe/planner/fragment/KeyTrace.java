package io.kurobe.planner.fragment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexOver;
import org.jspecify.annotations.Nullable;

/**
 * A column of a plan followed down to where it comes from, as far as there is nothing on the way
 * but what gives the same rows whether rows with unwanted values of the column are taken out before
 * or after it.
 *
 * @param node the lowest node it was followed to
 * @param column its position there
 */
record KeyTrace(RelNode node, int column) {

  /** The column of the node below that a column of a node is; null if it is none. */
  private static @Nullable Step below(RelNode node, int column) {
    if (node instanceof Filter
        || Fences.isFence(node)
        || node instanceof Sort sort && isOnlyOrder(sort)) {
      return new Step(0, column);
    }
    if (node instanceof Project project) {
      boolean simple = project.getProjects().stream().noneMatch(RexOver::containsOver);
      return simple && project.getProjects().get(column) instanceof RexInputRef reference
          ? new Step(0, reference.getIndex())
          : null;
    }
    if (node instanceof Aggregate aggregate) {
      boolean key =
          aggregate.getGroupType() == Aggregate.Group.SIMPLE && column < aggregate.getGroupCount();
      return key ? new Step(0, aggregate.getGroupSet().nth(column)) : null;
    }
    return node instanceof Join join ? below(join, column) : null;
  }

  private static @Nullable Step below(Join join, int column) {
    int left = join.getLeft().getRowType().getFieldCount();
    boolean isLeft = column < left;
    Step step = isLeft ? new Step(0, column) : new Step(1, column - left);
    return switch (join.getJoinType()) {
      case INNER -> step;
      case LEFT, SEMI, ANTI -> isLeft ? step : null;
      case RIGHT -> isLeft ? null : step;
      default -> null;
    };
  }

  private static boolean isOnlyOrder(Sort sort) {
    return sort.fetch == null && sort.offset == null;
  }

  private record Step(int input, int column) {}

  /** Follows a column of a node. */
  static KeyTrace of(RelNode node, int column) {
    Step step = below(node, column);
    return step == null
        ? new KeyTrace(node, column)
        : of(node.getInput(step.input()), step.column());
  }

  /** Follows a column of a node down to a staged relation; empty if it does not come to one. */
  static Optional<KeyTrace> toStaged(RelNode node, int column) {
    return Optional.of(of(node, column)).filter(trace -> trace.node() instanceof StagedScan);
  }

  /** The relation it was followed to. */
  StagedScan scan() {
    return (StagedScan) node;
  }

  /** The tree with what a column was followed to in another form. */
  static RelNode change(RelNode tree, int column, UnaryOperator<KeyTrace> form) {
    Step step = below(tree, column);
    if (step == null) {
      return form.apply(new KeyTrace(tree, column)).node();
    }
    List<RelNode> inputs = new ArrayList<>(tree.getInputs());
    inputs.set(step.input(), change(inputs.get(step.input()), step.column(), form));
    return tree.copy(tree.getTraitSet(), inputs);
  }
}
