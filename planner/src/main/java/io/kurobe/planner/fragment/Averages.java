package io.kurobe.planner.fragment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Averages of integers and decimals, rounded to the scale of their type right where they are made,
 * so that whatever is above them (HAVING, an order, a join) sees the value that a client would. A
 * source or the engine gives them as a DOUBLE or with a scale of its own.
 */
final class Averages extends RexShuttle {
  private final RexBuilder builder;

  private Averages(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode rounded(RelNode tree) {
    var averages = new Averages(tree.getCluster().getRexBuilder());
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            RelNode visited = super.visit(other).accept(averages);
            return visited instanceof Aggregate aggregate ? averages.above(aggregate) : visited;
          }
        });
  }

  @Override
  public RexNode visitOver(RexOver over) {
    RexNode visited = super.visitOver(over);
    return isAverage(over.getAggOperator(), over.getType())
        ? rounded(over.getType(), visited)
        : visited;
  }

  private RelNode above(Aggregate aggregate) {
    if (aggregate.getAggCallList().stream().noneMatch(Averages::isAverage)) {
      return aggregate;
    }
    List<RexNode> values = new ArrayList<>();
    for (RelDataTypeField field : aggregate.getRowType().getFieldList()) {
      RexNode value = builder.makeInputRef(aggregate, field.getIndex());
      int call = field.getIndex() - aggregate.getGroupCount();
      values.add(
          call >= 0 && isAverage(aggregate.getAggCallList().get(call))
              ? rounded(field.getType(), value)
              : value);
    }
    return LogicalProject.create(
        aggregate, List.of(), values, aggregate.getRowType().getFieldNames(), Set.of());
  }

  private RexNode rounded(RelDataType type, RexNode average) {
    return builder.makeAbstractCast(SqlParserPos.ZERO, type, average, false);
  }

  private static boolean isAverage(AggregateCall call) {
    return isAverage(call.getAggregation(), call.getType());
  }

  private static boolean isAverage(SqlAggFunction function, RelDataType type) {
    return function.getKind() == SqlKind.AVG && type.getSqlTypeName() == SqlTypeName.DECIMAL;
  }
}
