package io.kurobe.planner.unnest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Equalities between a field of the outer row and a value of the tree, which give the field without
 * a {@link Domain}. Only where equal values are the same value: numbers with a point that floats
 * and padded text are not.
 */
final class Equalities {
  private final OuterRow outerRow;
  private Unnested unnested;

  Equalities(OuterRow outerRow, Unnested input) {
    this.outerRow = outerRow;
    this.unnested = input;
  }

  /** Takes what it can from conditions; returns those that are left to be fulfilled. */
  List<RexNode> take(List<RexNode> conditions) {
    List<RexNode> rest = new ArrayList<>();
    for (RexNode condition : conditions) {
      rest.addAll(
          condition instanceof RexCall call && call.getKind() == SqlKind.EQUALS
              ? taken(call)
              : List.of(condition));
    }
    return rest;
  }

  /** The tree with the fields that were taken. */
  Unnested unnested() {
    return unnested;
  }

  private List<RexNode> taken(RexCall equality) {
    RexNode left = equality.getOperands().get(0);
    RexNode right = equality.getOperands().get(1);
    int onLeft = outerRow.field(left);
    int onRight = outerRow.field(right);
    if (onLeft >= 0 && isSameWhereEqual(left.getType(), right)) {
      return take(onLeft, right, equality);
    }
    if (onRight >= 0 && isSameWhereEqual(right.getType(), left)) {
      return take(onRight, left, equality);
    }
    return List.of(equality);
  }

  private boolean isSameWhereEqual(RelDataType type, RexNode value) {
    SqlTypeName name = type.getSqlTypeName();
    return SqlTypeUtil.equalSansNullability(value.getType(), type)
        && !SqlTypeName.APPROX_TYPES.contains(name)
        && name != SqlTypeName.CHAR
        && !RexOver.containsOver(value)
        && outerRow.fields(List.of(value)).isEmpty();
  }

  private List<RexNode> take(int field, RexNode value, RexCall equality) {
    if (unnested.outers().containsKey(field)) {
      return List.of(equality);
    }
    RexNode here = value.accept(outerRow.over(unnested));
    int column = here instanceof RexInputRef ref ? ref.getIndex() : computed(here);
    SortedMap<Integer, Unnested.Outer> outers = new TreeMap<>(unnested.outers());
    outers.put(field, new Unnested.Outer(column, false));
    unnested = new Unnested(unnested.rel(), unnested.columns(), outers);
    if (!value.getType().isNullable()) {
      return List.of();
    }
    RexBuilder rex = unnested.rel().getCluster().getRexBuilder();
    return List.of(rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, value));
  }

  /** The column of a value that is computed beside those there are. */
  private int computed(RexNode value) {
    RelNode rel = unnested.rel();
    int column = rel.getRowType().getFieldCount();
    RexBuilder rex = rel.getCluster().getRexBuilder();
    List<RexNode> values = new ArrayList<>(rex.identityProjects(rel.getRowType()));
    values.add(value);
    unnested =
        unnested.over(LogicalProject.create(rel, List.of(), values, (List<String>) null, Set.of()));
    return column;
  }
}
