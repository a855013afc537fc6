package io.kurobe.planner.fragment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Aggregates whose result has another type in DuckDB than it has here. */
final class EngineAggregates {
  private EngineAggregates() {}

  /** An average of decimals is a DOUBLE there: under a projection that rounds it to its scale. */
  static RelNode rounded(Aggregate aggregate) {
    if (aggregate.getAggCallList().stream().noneMatch(EngineAggregates::isDecimalAverage)) {
      return aggregate;
    }
    RexBuilder builder = aggregate.getCluster().getRexBuilder();
    List<RexNode> values = new ArrayList<>();
    for (RelDataTypeField field : aggregate.getRowType().getFieldList()) {
      RexNode value = builder.makeInputRef(aggregate, field.getIndex());
      int call = field.getIndex() - aggregate.getGroupCount();
      values.add(
          call >= 0 && isDecimalAverage(aggregate.getAggCallList().get(call))
              ? builder.makeAbstractCast(SqlParserPos.ZERO, field.getType(), value, false)
              : value);
    }
    return LogicalProject.create(
        aggregate, List.of(), values, aggregate.getRowType().getFieldNames(), Set.of());
  }

  private static boolean isDecimalAverage(AggregateCall call) {
    return call.getAggregation().getKind() == SqlKind.AVG
        && call.getType().getSqlTypeName() == SqlTypeName.DECIMAL;
  }
}
