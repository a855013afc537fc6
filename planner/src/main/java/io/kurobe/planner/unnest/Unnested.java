package io.kurobe.planner.unnest;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * A tree that no longer speaks of the outer row: it holds the rows of the original for many outer
 * rows at once, each beside the fields of the outer row that it belongs to.
 *
 * @param rel the tree
 * @param columns where each column of the original is in it; no two are at one place
 * @param outers where the fields of the outer row are in it, by their position there; all that the
 *     original speaks of
 */
record Unnested(RelNode rel, List<Integer> columns, SortedMap<Integer, Outer> outers) {
  /**
   * A field of the outer row.
   *
   * @param column where it is
   * @param nullable whether NULL stands for an outer row with NULL; otherwise its rows are of no
   *     outer row
   */
  record Outer(int column, boolean nullable) {}

  /** A tree that never spoke of the outer row. */
  static Unnested unchanged(RelNode rel) {
    return new Unnested(rel, identity(rel.getRowType().getFieldCount()), new TreeMap<>());
  }

  static List<Integer> identity(int columns) {
    return IntStream.range(0, columns).boxed().toList();
  }

  Unnested over(RelNode other) {
    return new Unnested(other, columns, outers);
  }

  RexNode column(int original) {
    return RexInputRef.of(columns.get(original), rel.getRowType());
  }

  /** A field of the outer row, if columns of another relation stand before those of this one. */
  RexNode outer(int field, int shift) {
    RexInputRef here = RexInputRef.of(outers.get(field).column(), rel.getRowType());
    return new RexInputRef(here.getIndex() + shift, here.getType());
  }

  /** The columns of the original and then the fields of the outer row. */
  List<RexNode> values() {
    List<RexNode> values = new ArrayList<>();
    for (int column = 0; column < columns.size(); column++) {
      values.add(column(column));
    }
    outers.keySet().forEach(field -> values.add(outer(field, 0)));
    return values;
  }

  /** Whether a value is that of a field of the outer row. */
  RexNode isOf(int field, RexNode value, int shift) {
    RexBuilder rex = rel.getCluster().getRexBuilder();
    return rex.makeCall(
        outers.get(field).nullable()
            ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM
            : SqlStdOperatorTable.EQUALS,
        value,
        outer(field, shift));
  }
}
