package io.kurobe.planner.fragment;

import io.kurobe.adapters.source.CollateOperator;
import io.kurobe.adapters.source.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Sarg;

/**
 * Names the collation by which a source compares and orders text as it is here, by its bytes:
 * around what a comparison, a window, MIN and MAX order. Equality has none, as any collation tells
 * the same texts apart, and an index serves only its own. An ORDER BY sorts columns, not
 * expressions: the collations of its keys are the {@link Unparser}'s to write.
 */
final class TextOrdering extends RexShuttle {
  private final RexBuilder builder;
  private final CollateOperator collation;

  private TextOrdering(RexBuilder builder, CollateOperator collation) {
    this.builder = builder;
    this.collation = collation;
  }

  static RelNode collated(RelNode tree, CollateOperator collation) {
    var ordering = new TextOrdering(tree.getCluster().getRexBuilder(), collation);
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            RelNode visited = super.visit(other).accept(ordering);
            return visited instanceof Aggregate aggregate ? ordering.extremes(aggregate) : visited;
          }
        });
  }

  /** Whether a call looks at the order of its operands. */
  static boolean orders(RexCall call) {
    return switch (call.getKind()) {
      case LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          BETWEEN,
          MIN,
          MAX,
          GREATEST,
          LEAST ->
          true;
      case SEARCH -> ranges((RexLiteral) call.getOperands().get(1));
      default -> false;
    };
  }

  /** A search for single values is equality; one over ranges is order. */
  private static boolean ranges(RexLiteral searched) {
    Sarg<?> sarg = searched.getValueAs(Sarg.class);
    return sarg == null || !(sarg.isPoints() || sarg.isComplementedPoints());
  }

  @Override
  public RexNode visitCall(RexCall original) {
    RexNode visited = super.visitCall(original);
    if (!(visited instanceof RexCall call)
        || !orders(call)
        || !Types.isText(call.getOperands().get(0).getType())) {
      return visited;
    }
    List<RexNode> operands = new ArrayList<>(call.getOperands());
    // One named collation is the whole comparison's; a constant is no use of an index.
    boolean second =
        call.getKind() != SqlKind.SEARCH
            && operands.size() > 1
            && RexUtil.isLiteral(operands.get(0), true);
    int named = second ? 1 : 0;
    operands.set(named, collate(operands.get(named)));
    return call.clone(call.getType(), operands);
  }

  @Override
  public RexNode visitOver(RexOver original) {
    RexOver over = (RexOver) super.visitOver(original);
    RexWindow window = over.getWindow();
    boolean ordersText =
        window.orderKeys.stream().anyMatch(key -> Types.isText(key.left.getType()));
    boolean extreme = orders(over) && Types.isText(over.getType());
    if (!ordersText && !extreme) {
      return over;
    }
    List<RexFieldCollation> keys =
        window.orderKeys.stream()
            .map(key -> new RexFieldCollation(collate(key.left), key.right))
            .toList();
    return builder.makeOver(
        over.getType(),
        over.getAggOperator(),
        extreme ? over.getOperands().stream().map(this::collate).toList() : over.getOperands(),
        window.partitionKeys,
        com.google.common.collect.ImmutableList.copyOf(keys),
        window.getLowerBound(),
        window.getUpperBound(),
        window.getExclude(),
        window.isRows(),
        true,
        false,
        over.isDistinct(),
        over.ignoreNulls());
  }

  /** MIN and MAX of texts, which aggregates take from columns alone. */
  private RelNode extremes(Aggregate aggregate) {
    RelNode input = aggregate.getInput();
    List<RexNode> values = new ArrayList<>(builder.identityProjects(input.getRowType()));
    List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      boolean extreme =
          (call.getAggregation().getKind() == SqlKind.MIN
                  || call.getAggregation().getKind() == SqlKind.MAX)
              && Types.isText(call.getType());
      if (!extreme) {
        calls.add(call);
        continue;
      }
      values.add(collate(builder.makeInputRef(input, call.getArgList().get(0))));
      names.add("ordered" + values.size());
      calls.add(call.withArgList(List.of(values.size() - 1)));
    }
    if (names.size() == input.getRowType().getFieldCount()) {
      return aggregate;
    }
    return aggregate.copy(
        aggregate.getTraitSet(),
        LogicalProject.create(input, List.of(), values, names, Set.of()),
        aggregate.getGroupSet(),
        aggregate.getGroupSets(),
        calls);
  }

  private RexNode collate(RexNode value) {
    return Types.isText(value.getType())
        ? builder.makeCall(value.getType(), collation, List.of(value))
        : value;
  }
}
