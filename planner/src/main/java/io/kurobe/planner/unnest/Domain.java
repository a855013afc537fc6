package io.kurobe.planner.unnest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * The different values that fields of the outer row have. It may hold more than the outer rows do,
 * which costs work and changes no answer; so it is free of limits without an order, whose rows may
 * be others each time they are asked for.
 */
final class Domain {
  private Domain() {}

  /** The values of some fields of the outer rows, each in a column of its own, in their order. */
  static Unnested of(RelNode outerRows, Collection<Integer> fields) {
    RelNode rows = outerRows.accept(new WithoutLimits());
    List<RexNode> values = new ArrayList<>();
    List<String> names = new ArrayList<>();
    SortedMap<Integer, Unnested.Outer> outers = new TreeMap<>();
    for (int field : fields) {
      RexInputRef value = RexInputRef.of(field, rows.getRowType());
      outers.put(field, new Unnested.Outer(values.size(), value.getType().isNullable()));
      names.add("outer" + field);
      values.add(value);
    }
    RelNode projected = LogicalProject.create(rows, List.of(), values, names, Set.of());
    return new Unnested(
        LogicalAggregate.create(
            projected, List.of(), ImmutableBitSet.range(values.size()), null, List.of()),
        List.of(),
        outers);
  }

  /** Takes away the limits without an order whose other rows would do no more than add values. */
  private static final class WithoutLimits extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
      if (other instanceof Sort sort) {
        return sort.getCollation().getFieldCollations().isEmpty()
            ? sort.getInput().accept(this)
            : sort;
      }
      return addsRowsForRows(other) ? super.visit(other) : other;
    }

    private static boolean addsRowsForRows(RelNode node) {
      return node instanceof Filter
          || node instanceof Union
          || node instanceof Join join && join.getJoinType() == JoinRelType.INNER
          || node instanceof Project project && !RexOver.containsOver(project.getProjects(), null);
    }
  }
}
