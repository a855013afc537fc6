package io.kurobe.planner.optimize;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** A rewriting of each node, from the leaves up, of a tree and of the subqueries in it. */
abstract class WithSubqueries extends RelHomogeneousShuttle {
  private final RexShuttle inSubqueries =
      new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery original) {
          RexSubQuery subquery = (RexSubQuery) super.visitSubQuery(original);
          RelNode rewritten = subquery.rel.accept(WithSubqueries.this);
          return rewritten == subquery.rel ? subquery : subquery.clone(rewritten);
        }
      };

  /** A node, or what is to stand for it. */
  abstract RelNode rewritten(RelNode node);

  @Override
  public final RelNode visit(RelNode other) {
    return rewritten(super.visit(other).accept(inSubqueries));
  }
}
