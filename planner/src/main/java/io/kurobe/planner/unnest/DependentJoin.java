package io.kurobe.planner.unnest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** A join whose right side speaks of the row on its left, as a join of two that do not. */
final class DependentJoin {
  private final Correlate correlate;
  private final RelNode left;
  private final OuterRow outerRow;
  private final RexBuilder rex;

  private DependentJoin(Correlate correlate) {
    this.correlate = correlate;
    left = correlate.getLeft();
    outerRow = new OuterRow(correlate.getCorrelationId());
    rex = correlate.getCluster().getRexBuilder();
  }

  /**
   * The join, its row type unchanged; neither side holds another dependent join.
   *
   * @param outerRows holds the values of the fields on the left that the right side reads, at the
   *     same positions, and perhaps more
   */
  static RelNode unnest(Correlate correlate, RelNode outerRows) {
    return new DependentJoin(correlate).unnested(outerRows);
  }

  private RelNode unnested(RelNode outerRows) {
    RelNode right = correlate.getRight();
    SortedSet<Integer> read = outerRow.fields(right);
    var unnesting = new Unnesting(outerRow, outerRows, read);
    Aggregate whole = wholeAggregate(right);
    if (whole == null || read.isEmpty() || !correlate.getJoinType().projectsRight()) {
      return joined(unnesting.unnest(right));
    }
    return besideItsAggregate(
        whole, UnnestedAggregate.grouped(whole, unnesting.unnest(whole.getInput()), unnesting));
  }

  private RelNode joined(Unnested right) {
    RelNode join = join(right, correlate.getJoinType());
    List<RexNode> values = leftFields(join);
    if (correlate.getJoinType().projectsRight()) {
      right.columns().forEach(column -> values.add(rightField(join, column)));
    }
    return asDeclared(join, values);
  }

  private RelNode join(Unnested right, JoinRelType type) {
    int shift = left.getRowType().getFieldCount();
    List<RexNode> same = new ArrayList<>();
    for (int field : right.outers().keySet()) {
      same.add(right.isOf(field, RexInputRef.of(field, left.getRowType()), shift));
    }
    return LogicalJoin.create(
        left, right.rel(), List.of(), RexUtil.composeConjunction(rex, same), Set.of(), type);
  }

  private List<RexNode> leftFields(RelNode join) {
    List<RexNode> fields = new ArrayList<>();
    for (int field = 0; field < left.getRowType().getFieldCount(); field++) {
      fields.add(RexInputRef.of(field, join.getRowType()));
    }
    return fields;
  }

  private RexNode rightField(RelNode join, int column) {
    return RexInputRef.of(left.getRowType().getFieldCount() + column, join.getRowType());
  }

  private RelNode asDeclared(RelNode rows, List<RexNode> values) {
    List<RexNode> declared = new ArrayList<>();
    for (int column = 0; column < values.size(); column++) {
      RelDataType type = correlate.getRowType().getFieldList().get(column).getType();
      declared.add(asDeclared(values.get(column), type));
    }
    return LogicalProject.create(rows, List.of(), declared, correlate.getRowType(), Set.of());
  }

  private RexNode asDeclared(RexNode value, RelDataType type) {
    if (value.getType().equals(type)) {
      return value;
    }
    return type.isNullable() ? rex.makeAbstractCast(type, value) : rex.makeNotNull(value);
  }

  /** The aggregate without groups that the right side projects or filters the one row of. */
  private @Nullable Aggregate wholeAggregate(RelNode node) {
    if (node instanceof Aggregate aggregate) {
      return aggregate.getGroupSets().size() == 1
              && aggregate.getGroupSet().isEmpty()
              && !outerRow.fields(aggregate).isEmpty()
          ? aggregate
          : null;
    }
    if (node instanceof Filter filter) {
      return wholeAggregate(filter.getInput());
    }
    return node instanceof Project project && !RexOver.containsOver(project.getProjects(), null)
        ? wholeAggregate(project.getInput())
        : null;
  }

  /**
   * Each row of the left beside its group, or beside what the functions give for no rows; what the
   * right side does with that one row is then done with the fields of the left at hand.
   */
  private RelNode besideItsAggregate(Aggregate whole, Unnested groups) {
    RelNode join = join(groups, JoinRelType.LEFT);
    List<RexNode> row = new ArrayList<>();
    for (int column = 0; column < groups.columns().size(); column++) {
      RexNode value = rightField(join, groups.columns().get(column));
      row.add(UnnestedAggregate.orOfNoRows(whole, column, value));
    }
    var chain = new OneRow(join, row, List.of());
    OneRow last = followed(correlate.getRight(), chain);
    RexNode isThere = RexUtil.composeConjunction(rex, last.conditions());
    List<RexNode> values = leftFields(join);
    if (isThere.isAlwaysTrue()) {
      values.addAll(last.values());
      return asDeclared(join, values);
    }
    if (correlate.getJoinType() == JoinRelType.INNER) {
      values.addAll(last.values());
      return asDeclared(LogicalFilter.create(join, isThere), values);
    }
    for (RexNode value : last.values()) {
      values.add(
          rex.makeCall(
              SqlStdOperatorTable.CASE, isThere, value, rex.makeNullLiteral(value.getType())));
    }
    return asDeclared(join, values);
  }

  /** The one row of the right side as expressions over a join, there if conditions hold. */
  private record OneRow(RelNode join, List<RexNode> values, List<RexNode> conditions) {}

  private OneRow followed(RelNode node, OneRow aggregate) {
    if (node instanceof Project project) {
      OneRow input = followed(project.getInput(), aggregate);
      return new OneRow(
          input.join(), over(input).visitList(project.getProjects()), input.conditions());
    }
    if (node instanceof Filter filter) {
      OneRow input = followed(filter.getInput(), aggregate);
      List<RexNode> conditions = new ArrayList<>(input.conditions());
      conditions.add(filter.getCondition().accept(over(input)));
      return new OneRow(input.join(), input.values(), conditions);
    }
    return aggregate;
  }

  private RexShuttle over(OneRow row) {
    return new RexShuttle() {
      @Override
      public RexNode visitInputRef(RexInputRef column) {
        return row.values().get(column.getIndex());
      }

      @Override
      public RexNode visitFieldAccess(RexFieldAccess access) {
        int field = outerRow.field(access);
        return field < 0
            ? super.visitFieldAccess(access)
            : RexInputRef.of(field, row.join().getRowType());
      }
    };
  }
}
