package io.kurobe.planner.optimize;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** Refuses a subquery that stays in the condition of an outer join as it speaks of both sides. */
final class RemainingSubqueries extends RelHomogeneousShuttle {
  private static final RexShuttle NO_SUBQUERY =
      new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
          throw new KurobeException(
              ErrorCode.NOT_SUPPORTED,
              "a subquery in the ON of an outer join cannot speak of both of its sides");
        }
      };

  static void refuse(RelNode tree) {
    tree.accept(new RemainingSubqueries());
  }

  @Override
  public RelNode visit(RelNode other) {
    other.accept(NO_SUBQUERY);
    return super.visit(other);
  }
}
