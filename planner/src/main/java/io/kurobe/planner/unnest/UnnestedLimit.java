package io.kurobe.planner.unnest;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** The first rows in an order, of each outer row: those whose number in it is low enough. */
final class UnnestedLimit {
  private UnnestedLimit() {}

  static Unnested of(Sort sort, Unnested input) {
    if (sort.fetch == null && sort.offset == null) {
      return input;
    }
    RexBuilder rex = sort.getCluster().getRexBuilder();
    List<RexNode> values = new ArrayList<>(input.values().subList(0, input.columns().size()));
    List<String> names = new ArrayList<>(sort.getRowType().getFieldNames());
    values.add(number(sort, input, rex));
    names.add("number");
    Unnested numbered = Unnesting.withOuters(input, values, names);
    RexNode number = numbered.column(values.size() - 1);
    List<RexNode> conditions = new ArrayList<>();
    if (sort.offset != null) {
      conditions.add(rex.makeCall(SqlStdOperatorTable.GREATER_THAN, number, sort.offset));
    }
    if (sort.fetch != null) {
      RexNode last =
          sort.offset == null
              ? sort.fetch
              : rex.makeCall(SqlStdOperatorTable.PLUS, sort.offset, sort.fetch);
      conditions.add(rex.makeCall(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, number, last));
    }
    return new Unnested(
        LogicalFilter.create(numbered.rel(), RexUtil.composeConjunction(rex, conditions)),
        Unnested.identity(input.columns().size()),
        numbered.outers());
  }

  private static RexNode number(Sort sort, Unnested input, RexBuilder rex) {
    List<RexNode> keys = input.outers().keySet().stream().map(f -> input.outer(f, 0)).toList();
    var order = ImmutableList.<RexFieldCollation>builder();
    for (RelFieldCollation field : sort.getCollation().getFieldCollations()) {
      EnumSet<SqlKind> direction = EnumSet.noneOf(SqlKind.class);
      if (field.direction.isDescending()) {
        direction.add(SqlKind.DESCENDING);
      }
      direction.add(
          field.nullDirection == RelFieldCollation.NullDirection.FIRST
              ? SqlKind.NULLS_FIRST
              : SqlKind.NULLS_LAST);
      order.add(new RexFieldCollation(input.column(field.getFieldIndex()), direction));
    }
    RelDataType type = rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    return rex.makeOver(
        type,
        SqlStdOperatorTable.ROW_NUMBER,
        List.of(),
        keys,
        order.build(),
        RexWindowBounds.UNBOUNDED_PRECEDING,
        RexWindowBounds.CURRENT_ROW,
        true,
        true,
        false,
        false,
        false);
  }
}
