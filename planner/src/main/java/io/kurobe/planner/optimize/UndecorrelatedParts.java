package io.kurobe.planner.optimize;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what decorrelation would answer wrongly: an aggregate of no groups in a branch of a
 * correlated set operation, whose row over nothing would be lost; a window of a correlated query,
 * which would run on from one outer row into the next; and a subquery that stays in the condition
 * of an outer join because it speaks of both sides.
 */
final class UndecorrelatedParts extends RelHomogeneousShuttle {
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
    tree.accept(new UndecorrelatedParts());
  }

  @Override
  public RelNode visit(RelNode other) {
    other.accept(NO_SUBQUERY);
    if (other instanceof Correlate correlate) {
      correlate.getRight().accept(new Correlated());
    }
    return super.visit(other);
  }

  /** The fields of outer rows that a tree reads. */
  private static List<RexFieldAccess> outerFields(RelNode tree) {
    Map<String, RexFieldAccess> read = new LinkedHashMap<>();
    List<CorrelationId> inside = new ArrayList<>();
    var fields =
        new RexShuttle() {
          @Override
          public RexNode visitFieldAccess(RexFieldAccess access) {
            if (access.getReferenceExpr() instanceof RexCorrelVariable) {
              read.put(access.toString(), access);
            }
            return access;
          }
        };
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof Correlate correlate) {
          inside.add(correlate.getCorrelationId());
        }
        node.accept(fields);
        super.visit(node, ordinal, parent);
      }
    }.go(tree);
    return read.values().stream()
        .filter(access -> !inside.contains(((RexCorrelVariable) access.getReferenceExpr()).id))
        .toList();
  }

  private static final class Correlated extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
      if (other instanceof SetOp
          && other.getInputs().stream()
              .anyMatch(
                  input ->
                      LateralAggregates.holdsWholeAggregate(input)
                          && !outerFields(input).isEmpty())) {
        throw new KurobeException(
            ErrorCode.NOT_SUPPORTED,
            "a correlated set operation cannot aggregate without GROUP BY in a branch");
      }
      if (other instanceof Project project
          && RexOver.containsOver(project.getProjects(), null)
          && !outerFields(project.getInput()).isEmpty()) {
        throw new KurobeException(
            ErrorCode.NOT_SUPPORTED, "a window function cannot run over a correlated subquery");
      }
      return super.visit(other);
    }
  }
}
