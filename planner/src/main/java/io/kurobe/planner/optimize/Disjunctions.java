package io.kurobe.planner.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Tells each input of a join what an alternative over both says of it alone: of {@code (a.x = 1 AND
 * b.y = 2) OR (a.x = 3 AND b.y = 4)} follows {@code a.x = 1 OR a.x = 3}, which need not wait for
 * the join. The alternative itself stays.
 */
final class Disjunctions extends RelHomogeneousShuttle {
  private Disjunctions() {}

  static RelNode imply(RelNode tree) {
    return tree.accept(new Disjunctions());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof Join join && join.getJoinType() == JoinRelType.INNER
        ? imply(join)
        : visited;
  }

  private static RelNode imply(Join join) {
    int left = join.getLeft().getRowType().getFieldCount();
    int all = join.getRowType().getFieldCount();
    List<RexNode> ofLeft = implied(join, ImmutableBitSet.range(0, left));
    List<RexNode> ofRight = implied(join, ImmutableBitSet.range(left, all));
    if (ofLeft.isEmpty() && ofRight.isEmpty()) {
      return join;
    }
    return join.copy(
        join.getTraitSet(),
        List.of(
            filter(join.getLeft(), ofLeft),
            filter(
                join.getRight(),
                ofRight.stream().map(condition -> RexUtil.shift(condition, -left)).toList())));
  }

  private static RelNode filter(RelNode input, List<RexNode> conditions) {
    return conditions.isEmpty()
        ? input
        : Optimizer.AS_WRITTEN
            .create(input.getCluster(), null)
            .push(input)
            .filter(conditions)
            .build();
  }

  private static List<RexNode> implied(Join join, ImmutableBitSet side) {
    RexBuilder builder = join.getCluster().getRexBuilder();
    List<RexNode> implied = new ArrayList<>();
    for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
      if (condition.getKind() == SqlKind.OR) {
        implied(builder, condition, side).ifPresent(implied::add);
      }
    }
    return implied;
  }

  /** What each alternative says of a side; nothing if one of them says nothing of it. */
  private static Optional<RexNode> implied(
      RexBuilder builder, RexNode disjunction, ImmutableBitSet side) {
    List<RexNode> alternatives = new ArrayList<>();
    for (RexNode alternative : RelOptUtil.disjunctions(disjunction)) {
      List<RexNode> said =
          RelOptUtil.conjunctions(alternative).stream()
              .filter(TransitivePredicates::isSimple)
              .filter(condition -> side.contains(RelOptUtil.InputFinder.bits(condition)))
              .toList();
      if (said.isEmpty()) {
        return Optional.empty();
      }
      alternatives.add(RexUtil.composeConjunction(builder, said));
    }
    return Optional.of(RexUtil.composeDisjunction(builder, alternatives));
  }
}
