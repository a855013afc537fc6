package io.kurobe.planner.unnest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** An aggregate for many outer rows at once: the fields of the outer row are keys of its groups. */
final class UnnestedAggregate {
  private UnnestedAggregate() {}

  /** The aggregate of an input; of no rows too, where the original has a group for them. */
  static Unnested of(Aggregate original, Unnested input, Unnesting unnesting) {
    Unnested grouped = grouped(original, input, unnesting);
    if (original.getGroupSets().stream().noneMatch(ImmutableBitSet::isEmpty)) {
      return grouped;
    }
    Unnested each = unnesting.forEachOuterRow(grouped);
    List<RexNode> values = new ArrayList<>();
    for (int column = 0; column < each.columns().size(); column++) {
      values.add(orOfNoRows(original, column, each.column(column)));
    }
    return Unnesting.withOuters(each, values, original.getRowType().getFieldNames());
  }

  /** The groups of the rows there are. */
  static Unnested grouped(Aggregate original, Unnested input, Unnesting unnesting) {
    Unnested rows = rows(original, input, unnesting);
    ImmutableBitSet outers =
        ImmutableBitSet.of(rows.outers().values().stream().map(Unnested.Outer::column).toList());
    ImmutableBitSet keys = moved(original.getGroupSet(), rows).union(outers);
    List<ImmutableBitSet> sets =
        ImmutableBitSet.ORDERING.immutableSortedCopy(
            original.getGroupSets().stream().map(set -> moved(set, rows).union(outers)).toList());
    List<AggregateCall> calls =
        original.getAggCallList().stream().map(call -> moved(call, rows)).toList();
    RelNode rel = LogicalAggregate.create(rows.rel(), List.of(), keys, sets, calls);
    List<Integer> columns = new ArrayList<>();
    for (int key : original.getGroupSet()) {
      columns.add(keys.indexOf(rows.columns().get(key)));
    }
    for (int call = 0; call < calls.size(); call++) {
      columns.add(keys.cardinality() + call);
    }
    SortedMap<Integer, Unnested.Outer> here = new TreeMap<>();
    rows.outers()
        .forEach(
            (field, outer) ->
                here.put(
                    field, new Unnested.Outer(keys.indexOf(outer.column()), outer.nullable())));
    return new Unnested(rel, columns, here);
  }

  private static Unnested rows(Aggregate original, Unnested input, Unnesting unnesting) {
    // More than one row is an error for the outer rows there are, and for no other.
    Unnested rows =
        original.getAggCallList().stream()
                .anyMatch(call -> call.getAggregation().getKind() == SqlKind.SINGLE_VALUE)
            ? unnesting.ofOuterRows(input)
            : input;
    // A key of only some grouping sets cannot stand for a field, which is a key of all.
    return Aggregate.isSimple(original)
        ? rows
        : Unnesting.withOuters(
            rows,
            rows.values().subList(0, rows.columns().size()),
            original.getInput().getRowType().getFieldNames());
  }

  /** A column of the aggregate, where NULL may say that there were no rows. */
  static RexNode orOfNoRows(Aggregate original, int column, RexNode value) {
    int call = column - original.getGroupCount();
    RexNode none = call < 0 ? null : ofNoRows(original, original.getAggCallList().get(call));
    if (none == null) {
      return value;
    }
    RexBuilder rex = original.getCluster().getRexBuilder();
    return rex.makeCall(
        SqlStdOperatorTable.CASE,
        rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL, value),
        rex.makeNotNull(value),
        rex.ensureType(rex.makeNotNull(value).getType(), none, false));
  }

  /** What a function gives for no rows, if it is not NULL. */
  private static @Nullable RexNode ofNoRows(Aggregate original, AggregateCall call) {
    RexBuilder rex = original.getCluster().getRexBuilder();
    return switch (call.getAggregation().getKind()) {
      case COUNT, REGR_COUNT, SUM0 -> rex.makeZeroLiteral(call.getType());
      case LITERAL_AGG -> call.rexList.get(0);
      case GROUPING, GROUPING_ID ->
          rex.makeExactLiteral(
              BigDecimal.valueOf((1L << call.getArgList().size()) - 1), call.getType());
      default -> null;
    };
  }

  private static ImmutableBitSet moved(ImmutableBitSet columns, Unnested rows) {
    return ImmutableBitSet.of(columns.toList().stream().map(rows.columns()::get).toList());
  }

  private static AggregateCall moved(AggregateCall call, Unnested rows) {
    return AggregateCall.create(
        call.getAggregation(),
        call.isDistinct(),
        call.isApproximate(),
        call.ignoreNulls(),
        call.rexList,
        call.getArgList().stream().map(rows.columns()::get).toList(),
        call.filterArg < 0 ? -1 : rows.columns().get(call.filterArg),
        call.distinctKeys == null ? null : moved(call.distinctKeys, rows),
        RelCollations.of(
            call.getCollation().getFieldCollations().stream()
                .map(field -> field.withFieldIndex(rows.columns().get(field.getFieldIndex())))
                .toList()),
        false,
        rows.rel(),
        null,
        call.getName());
  }
}
