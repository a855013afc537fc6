package io.kurobe.planner.optimize;

import io.kurobe.planner.cost.Estimator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * Asks whether there is a row before a join with many rows that must be moved, not after, where the
 * rows asked about are known without them: then fewer keys tell which of the many are wanted.
 * {@code (a ⋈ b) ⋉ c}, whose condition speaks of a and c alone, is {@code (a ⋉ c) ⋈ b}.
 */
final class EarlySemiJoins extends RelHomogeneousShuttle {
  /** Fewer are moved before keys for them are there. */
  private static final double MANY_ROWS = 30_000;

  private final Predicate<String> moved;
  private final Estimator sizes;

  private EarlySemiJoins(Predicate<String> moved, Estimator sizes) {
    this.moved = moved;
    this.sizes = sizes;
  }

  /**
   * The tree with such semi-joins and anti-joins further down.
   *
   * @param moved whether rows of a source must be moved to be joined with another's
   * @param sizes estimates how many
   */
  static RelNode in(RelNode tree, Predicate<String> moved, Estimator sizes) {
    return tree.accept(new EarlySemiJoins(moved, sizes));
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof Join join && !join.getJoinType().projectsRight()
        ? below(join.getLeft(), join, join.getCondition()).orElse(visited)
        : visited;
  }

  /**
   * Rows with a semi-join further down.
   *
   * @param condition over the columns of the rows and then those of the right side
   */
  private Optional<RelNode> below(RelNode rows, Join semi, RexNode condition) {
    int width = rows.getRowType().getFieldCount();
    if (rows instanceof Project project
        && project.getProjects().stream().allMatch(RexInputRef.class::isInstance)) {
      List<Integer> places = new ArrayList<>();
      project.getProjects().forEach(column -> places.add(((RexInputRef) column).getIndex()));
      RelNode input = project.getInput();
      RexNode over = over(condition, width, places, input.getRowType().getFieldCount());
      return below(input, semi, over)
          .map(narrowed -> project.copy(project.getTraitSet(), List.of(narrowed)));
    }
    if (!(rows instanceof Join join) || join.getJoinType() != JoinRelType.INNER) {
      return Optional.empty();
    }
    int left = join.getLeft().getRowType().getFieldCount();
    boolean early =
        RelOptUtil.InputFinder.bits(condition).toList().stream()
                .noneMatch(column -> column >= left && column < width)
            && isMoved(join.getRight())
            && !isMoved(semi.getRight())
            && sizes.of(join.getRight()).rows() >= MANY_ROWS;
    if (!early) {
      return Optional.empty();
    }
    List<Integer> places = new ArrayList<>();
    for (int column = 0; column < width; column++) {
      places.add(Math.min(column, left));
    }
    RexNode over = over(condition, width, places, left);
    RelNode asked =
        below(join.getLeft(), semi, over)
            .orElseGet(
                () ->
                    LogicalJoin.create(
                        join.getLeft(),
                        semi.getRight(),
                        semi.getHints(),
                        over,
                        Set.of(),
                        semi.getJoinType()));
    return Optional.of(join.copy(join.getTraitSet(), List.of(asked, join.getRight())));
  }

  private boolean isMoved(RelNode tree) {
    return RelOptUtil.findAllTables(tree).stream()
        .anyMatch(table -> moved.test(table.getQualifiedName().get(0)));
  }

  /** A condition whose first columns are at other places, and the others after these. */
  private static RexNode over(RexNode condition, int width, List<Integer> places, int newWidth) {
    return condition.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef column) {
            int index = column.getIndex();
            return new RexInputRef(
                index < width ? places.get(index) : index - width + newWidth, column.getType());
          }
        });
  }
}
