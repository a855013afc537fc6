package io.kurobe.planner.optimize;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/**
 * Makes a join of each subquery in an expression, the outermost first: a dependent one if it speaks
 * of the row of its own query. Calcite's rules do it, but take a row further out, which a subquery
 * of a projection speaks of, for the row of the projection; so the fields of such rows are put in
 * again after the rule has run.
 */
final class Subqueries {
  private static final HepProgram ONE =
      HepProgram.builder()
          .addMatchOrder(HepMatchOrder.TOP_DOWN)
          .addMatchLimit(1)
          .addRuleCollection(
              List.of(
                  Optimizer.asWritten(CoreRules.FILTER_SUB_QUERY_TO_CORRELATE),
                  Optimizer.asWritten(CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE),
                  Optimizer.asWritten(CoreRules.JOIN_SUB_QUERY_TO_CORRELATE)))
          .build();

  /** Beyond the parameters that a statement may have. */
  private static final int FIRST_PLACEHOLDER = 1 << 24;

  private final Set<RelNode> left = Collections.newSetFromMap(new IdentityHashMap<>());

  private Subqueries() {}

  /** The tree without subqueries, but for those that no rule takes. */
  static RelNode join(RelNode tree) {
    return new Subqueries().joined(tree);
  }

  private RelNode joined(RelNode tree) {
    RelNode result = tree;
    for (Found next = find(tree, Set.of()); next != null; next = find(result, Set.of())) {
      RelNode node = next.node();
      var placeholders = new Placeholders(next.further());
      RelNode hidden = node.accept(placeholders.inSubqueries());
      HepPlanner planner = new HepPlanner(ONE);
      planner.setRoot(hidden);
      RelNode converted = planner.findBestExp();
      // A planner that found nothing to do gives an equal tree, not the same.
      if (converted.deepEquals(hidden)) {
        left.add(node);
      } else {
        RelNode restored = Deep.rewritten(converted, placeholders.restoring());
        result = result.accept(new Replacing(node, restored));
      }
    }
    return result;
  }

  /**
   * A node with a subquery.
   *
   * @param further the rows further out that it may speak of
   */
  private record Found(RelNode node, Set<CorrelationId> further) {}

  private @Nullable Found find(RelNode node, Set<CorrelationId> further) {
    if (hasSubquery(node) && !left.contains(node)) {
      return new Found(node, further);
    }
    for (RelNode input : node.getInputs()) {
      Set<CorrelationId> known = further;
      if (node instanceof Correlate correlate && input == correlate.getRight()) {
        known = new HashSet<>(further);
        known.add(correlate.getCorrelationId());
      }
      Found found = find(input, known);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static boolean hasSubquery(RelNode node) {
    var found = new AtomicBoolean();
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subquery) {
            found.set(true);
            return subquery;
          }
        });
    return found.get();
  }

  /** What stands for the fields of rows further out while a rule runs. */
  private static final class Placeholders {
    private final Set<CorrelationId> further;
    private final Map<Integer, RexNode> fields = new HashMap<>();
    private final Map<String, RexDynamicParam> known = new HashMap<>();

    Placeholders(Set<CorrelationId> further) {
      this.further = further;
    }

    RexShuttle inSubqueries() {
      return new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery subquery) {
          return subquery.clone(Deep.rewritten(subquery.rel, hiding()));
        }
      };
    }

    private RexShuttle hiding() {
      return new RexShuttle() {
        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
          return access.getReferenceExpr() instanceof RexCorrelVariable variable
                  && further.contains(variable.id)
              ? known.computeIfAbsent(access.toString(), name -> placeholder(access))
              : super.visitFieldAccess(access);
        }
      };
    }

    private RexDynamicParam placeholder(RexFieldAccess access) {
      int index = FIRST_PLACEHOLDER + fields.size();
      fields.put(index, access);
      return new RexDynamicParam(access.getType(), index);
    }

    RexShuttle restoring() {
      return new RexShuttle() {
        @Override
        public RexNode visitDynamicParam(RexDynamicParam parameter) {
          return fields.getOrDefault(parameter.getIndex(), parameter);
        }
      };
    }
  }

  /** A rewriting of all expressions of a tree, those of its subqueries too. */
  private static final class Deep extends RelHomogeneousShuttle {
    private final RexShuttle all;

    private Deep(RexShuttle expressions) {
      all =
          new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery original) {
              List<RexNode> operands = visitList(original.getOperands());
              RexSubQuery subquery =
                  operands.equals(original.getOperands())
                      ? original
                      : original.clone(original.getType(), operands);
              return subquery.clone(subquery.rel.accept(Deep.this));
            }

            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
              return expressions.visitFieldAccess(access);
            }

            @Override
            public RexNode visitDynamicParam(RexDynamicParam parameter) {
              return expressions.visitDynamicParam(parameter);
            }
          };
    }

    static RelNode rewritten(RelNode tree, RexShuttle expressions) {
      return tree.accept(new Deep(expressions));
    }

    @Override
    public RelNode visit(RelNode other) {
      return super.visit(other).accept(all);
    }
  }

  /** The tree with another node in the place of one. */
  private static final class Replacing extends RelHomogeneousShuttle {
    private final RelNode replaced;
    private final RelNode by;

    Replacing(RelNode replaced, RelNode by) {
      this.replaced = replaced;
      this.by = by;
    }

    @Override
    public RelNode visit(RelNode other) {
      return other == replaced ? by : super.visit(other);
    }
  }
}
