package io.kurobe.planner.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.rules.JoinCommuteRule;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Asks only whether there is a row where no more is asked of it: a join with the different values
 * of columns that it compares is a semi-join with the columns themselves, and an outer join of
 * which only rows without a partner are kept is an anti-join. Engines do both without grouping the
 * side that is looked into, which is often the larger.
 */
final class SemiJoins extends RelHomogeneousShuttle {
  private SemiJoins() {}

  /** The tree with semi-joins and anti-joins, its row type unchanged. */
  static RelNode in(RelNode tree) {
    return tree.accept(new SemiJoins());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    if (visited instanceof Join join && join.getJoinType() == JoinRelType.INNER) {
      return semiJoin(join).or(() -> semiJoinOfSwapped(join)).orElse(visited);
    }
    return visited instanceof Filter filter
            && filter.getInput() instanceof Join join
            && join.getJoinType() == JoinRelType.LEFT
        ? antiJoin(filter, join).orElse(visited)
        : visited;
  }

  private static Optional<RelNode> semiJoin(Join join) {
    Map<Integer, Integer> keys = keysOfDistinct(join.getRight());
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    int shift = join.getLeft().getRowType().getFieldCount();
    Map<Integer, Integer> equal = equalColumns(join, shift);
    Set<Integer> compared =
        keys.entrySet().stream()
            .filter(key -> equal.containsKey(key.getKey()))
            .map(Map.Entry::getValue)
            .collect(Collectors.toSet());
    if (!compared.containsAll(keys.values())) {
      return Optional.empty();
    }
    List<RexNode> values = columns(join, shift);
    for (int column = 0; column < join.getRight().getRowType().getFieldCount(); column++) {
      Integer left = equal.get(column);
      if (left != null) {
        values.add(values.get(left));
      } else if (isConstant(join.getRight(), column)) {
        values.add(((Project) join.getRight()).getProjects().get(column));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(declared(existing(join, JoinRelType.SEMI), values, join.getRowType()));
  }

  private static Optional<RelNode> semiJoinOfSwapped(Join join) {
    if (keysOfDistinct(join.getLeft()).isEmpty()
        || !(JoinCommuteRule.swap(join, false) instanceof Project columns)) {
      return Optional.empty();
    }
    return semiJoin((Join) columns.getInput())
        .map(rows -> columns.copy(columns.getTraitSet(), List.of(rows)));
  }

  /** The columns of each row of the right that are those of its partner on the left. */
  private static Map<Integer, Integer> equalColumns(Join join, int shift) {
    Map<Integer, Integer> equal = new HashMap<>();
    for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
      if (condition.isA(Set.of(SqlKind.EQUALS, SqlKind.IS_NOT_DISTINCT_FROM))
          && ((RexCall) condition).getOperands().get(0) instanceof RexInputRef one
          && ((RexCall) condition).getOperands().get(1) instanceof RexInputRef other
          && one.getIndex() < shift != other.getIndex() < shift
          && isOneValue(one.getType(), other.getType())) {
        int left = Math.min(one.getIndex(), other.getIndex());
        equal.putIfAbsent(Math.max(one.getIndex(), other.getIndex()) - shift, left);
      }
    }
    return equal;
  }

  /** Whether equal values of two types are the same value. */
  private static boolean isOneValue(RelDataType one, RelDataType other) {
    return SqlTypeUtil.equalSansNullability(one, other)
        && switch (one.getSqlTypeName()) {
          case CHAR, REAL, FLOAT, DOUBLE -> false;
          default -> true;
        };
  }

  /**
   * Of the columns of a relation of different rows those that tell them apart, each with its place
   * among them; none if it is no such relation.
   */
  private static Map<Integer, Integer> keysOfDistinct(RelNode node) {
    Map<Integer, Integer> keys = new HashMap<>();
    if (node instanceof Aggregate aggregate && isDistinct(aggregate)) {
      IntStream.range(0, aggregate.getGroupCount()).forEach(key -> keys.put(key, key));
    } else if (node instanceof Project project
        && project.getInput() instanceof Aggregate aggregate
        && isDistinct(aggregate)) {
      for (int column = 0; column < project.getProjects().size(); column++) {
        if (project.getProjects().get(column) instanceof RexInputRef key) {
          keys.put(column, key.getIndex());
        }
      }
      if (new HashSet<>(keys.values()).size() < aggregate.getGroupCount()) {
        return Map.of();
      }
    }
    return keys;
  }

  private static boolean isDistinct(Aggregate aggregate) {
    return aggregate.getGroupType() == Aggregate.Group.SIMPLE
        && aggregate.getAggCallList().isEmpty()
        && aggregate.getGroupCount() > 0;
  }

  private static boolean isConstant(RelNode node, int column) {
    return node instanceof Project project
        && project.getProjects().get(column) instanceof RexLiteral;
  }

  private static Optional<RelNode> antiJoin(Filter filter, Join join) {
    int shift = join.getLeft().getRowType().getFieldCount();
    List<RexNode> rest = new ArrayList<>(RelOptUtil.conjunctions(filter.getCondition()));
    if (!rest.removeIf(condition -> isWithoutPartner(condition, join, shift))) {
      return Optional.empty();
    }
    RexBuilder rex = join.getCluster().getRexBuilder();
    List<RexNode> values = columns(join, shift);
    for (RelDataTypeField field : join.getRowType().getFieldList()) {
      if (field.getIndex() >= shift) {
        values.add(rex.makeNullLiteral(field.getType()));
      }
    }
    RexShuttle ofValues =
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef column) {
            return values.get(column.getIndex());
          }
        };
    RelNode anti = existing(join, JoinRelType.ANTI);
    RelNode filtered =
        rest.isEmpty()
            ? anti
            : LogicalFilter.create(anti, RexUtil.composeConjunction(rex, ofValues.visitList(rest)));
    return Optional.of(declared(filtered, values, filter.getRowType()));
  }

  /** Whether a condition says that a column is NULL which is so only for want of a partner. */
  private static boolean isWithoutPartner(RexNode condition, Join join, int shift) {
    return condition.getKind() == SqlKind.IS_NULL
        && ((RexCall) condition).getOperands().get(0) instanceof RexInputRef column
        && column.getIndex() >= shift
        && !join.getRight()
            .getRowType()
            .getFieldList()
            .get(column.getIndex() - shift)
            .getType()
            .isNullable();
  }

  private static List<RexNode> columns(Join join, int shift) {
    List<RexNode> columns = new ArrayList<>();
    for (int column = 0; column < shift; column++) {
      columns.add(RexInputRef.of(column, join.getLeft().getRowType()));
    }
    return columns;
  }

  /** The rows of the left for which there is, or is not, one on the right. */
  private static RelNode existing(Join join, JoinRelType type) {
    return LogicalJoin.create(
        join.getLeft(),
        withDuplicates(join.getRight()),
        join.getHints(),
        join.getCondition(),
        Set.of(),
        type);
  }

  private static RelNode withDuplicates(RelNode node) {
    if (keysOfDistinct(node).isEmpty()) {
      return node;
    }
    if (node instanceof Project project) {
      return project.copy(
          project.getTraitSet(), List.of(withDuplicates((Aggregate) project.getInput())));
    }
    return withDuplicates((Aggregate) node);
  }

  private static RelNode withDuplicates(Aggregate distinct) {
    RelDataType rowType = distinct.getInput().getRowType();
    List<RexNode> keys = new ArrayList<>();
    distinct.getGroupSet().forEachInt(key -> keys.add(RexInputRef.of(key, rowType)));
    return LogicalProject.create(
        distinct.getInput(), List.of(), keys, distinct.getRowType(), Set.of());
  }

  private static RelNode declared(RelNode rows, List<RexNode> values, RelDataType rowType) {
    RexBuilder rex = rows.getCluster().getRexBuilder();
    List<RexNode> declared = new ArrayList<>();
    for (RelDataTypeField field : rowType.getFieldList()) {
      RexNode value = values.get(field.getIndex());
      declared.add(
          value.getType().equals(field.getType())
              ? value
              : rex.makeAbstractCast(field.getType(), value));
    }
    return LogicalProject.create(rows, List.of(), declared, rowType, Set.of());
  }
}
