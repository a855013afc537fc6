package io.kurobe.planner.optimize;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * What can have no rows said by none, so that no source is asked for it: tools ask {@code SELECT *
 * FROM t WHERE 1 = 0} and {@code LIMIT 0} for the columns alone. A branch without rows also leaves
 * the unions and outer joins it stands in, which its sources can then run.
 */
final class NoRows extends RelHomogeneousShuttle {
  private NoRows() {}

  /** The tree with what can have no rows replaced; its row type is unchanged. */
  static RelNode in(RelNode tree) {
    return tree.accept(new NoRows());
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode node = super.visit(other);
    if (hasNone(node)) {
      return isEmpty(node) ? node : LogicalValues.createEmpty(node.getCluster(), node.getRowType());
    }
    if (node instanceof Join join) {
      return withoutNeverJoined(join);
    }
    return node instanceof SetOp operation ? withoutEmptyBranches(operation) : node;
  }

  /** Whether a node whose inputs were replaced where they could be has no rows. */
  private static boolean hasNone(RelNode node) {
    if (node instanceof Join join) {
      return hasNone(join);
    }
    if (node instanceof Filter filter) {
      return isNever(filter.getCondition()) || isEmpty(filter.getInput());
    }
    if (node instanceof Sort sort) {
      return isZero(sort.fetch) || isEmpty(sort.getInput());
    }
    if (node instanceof Aggregate aggregate) {
      // The group of all rows is there without rows.
      return isEmpty(aggregate.getInput())
          && aggregate.getGroupSets().stream().noneMatch(ImmutableBitSet::isEmpty);
    }
    if (node instanceof Intersect) {
      return node.getInputs().stream().anyMatch(NoRows::isEmpty);
    }
    if (node instanceof Union) {
      return node.getInputs().stream().allMatch(NoRows::isEmpty);
    }
    return isEmpty(node)
        || (node instanceof Project || node instanceof Window || node instanceof Minus)
            && isEmpty(node.getInput(0));
  }

  private static boolean hasNone(Join join) {
    boolean left = isEmpty(join.getLeft());
    boolean right = isEmpty(join.getRight());
    return switch (join.getJoinType()) {
      case INNER, SEMI -> left || right || isNever(join.getCondition());
      case LEFT, ANTI, LEFT_ASOF, LEFT_MARK -> left;
      case ASOF -> left || right;
      case RIGHT -> right;
      case FULL -> left && right;
    };
  }

  private static boolean isEmpty(RelNode node) {
    return node instanceof Values values && Values.isEmpty(values);
  }

  private static boolean isNever(RexNode condition) {
    return condition.isAlwaysFalse() || RexLiteral.isNullLiteral(condition);
  }

  private static boolean isZero(@Nullable RexNode fetch) {
    return fetch instanceof RexLiteral && RexLiteral.intValue(fetch) == 0;
  }

  /** An outer join or anti-join in which no row meets another, by the side that is kept. */
  private static RelNode withoutNeverJoined(Join join) {
    boolean never = isNever(join.getCondition());
    boolean noLeft = isEmpty(join.getLeft());
    boolean noRight = isEmpty(join.getRight());
    return switch (join.getJoinType()) {
      case LEFT -> never || noRight ? withNulls(join, join.getLeft(), 0) : join;
      case RIGHT -> never || noLeft ? withNulls(join, join.getRight(), leftWidth(join)) : join;
      case FULL ->
          noRight
              ? withNulls(join, join.getLeft(), 0)
              : noLeft ? withNulls(join, join.getRight(), leftWidth(join)) : join;
      case ANTI -> never || noRight ? join.getLeft() : join;
      default -> join;
    };
  }

  private static int leftWidth(Join join) {
    return join.getLeft().getRowType().getFieldCount();
  }

  /**
   * The rows of one side of a join, whose columns begin at a place, with NULL for those of the
   * other; the join itself if a column would change its type.
   */
  private static RelNode withNulls(Join join, RelNode kept, int first) {
    RexBuilder rex = join.getCluster().getRexBuilder();
    int behind = first + kept.getRowType().getFieldCount();
    List<RexNode> columns = new ArrayList<>();
    for (RelDataTypeField field : join.getRowType().getFieldList()) {
      int place = field.getIndex();
      if (place < first || place >= behind) {
        columns.add(rex.makeNullLiteral(field.getType()));
        continue;
      }
      RexNode column = RexInputRef.of(place - first, kept.getRowType());
      columns.add(column);
      if (!column.getType().equals(field.getType())) {
        return join;
      }
    }
    return LogicalProject.create(
        kept, ImmutableList.of(), columns, join.getRowType().getFieldNames(), Set.of());
  }

  private static RelNode withoutEmptyBranches(SetOp operation) {
    if (operation instanceof Intersect) {
      return operation;
    }
    List<RelNode> inputs = operation.getInputs();
    List<RelNode> kept =
        IntStream.range(0, inputs.size())
            .filter(place -> isFirstOfMinus(operation, place) || !isEmpty(inputs.get(place)))
            .mapToObj(inputs::get)
            .toList();
    if (kept.size() == inputs.size()) {
      return operation;
    }
    RelNode rest =
        kept.size() > 1
            ? operation.copy(operation.getTraitSet(), kept)
            : operation.all ? kept.get(0) : distinct(kept.get(0));
    RelDataType rowType = operation.getRowType();
    if (!RelOptUtil.areRowTypesEqual(rest.getRowType(), rowType, false)) {
      return operation;
    }
    return RelOptUtil.createRename(rest, rowType.getFieldNames());
  }

  private static boolean isFirstOfMinus(SetOp operation, int place) {
    return operation instanceof Minus && place == 0;
  }

  private static RelNode distinct(RelNode rows) {
    RelNode groups =
        LogicalAggregate.create(
            rows,
            List.of(),
            ImmutableBitSet.range(rows.getRowType().getFieldCount()),
            null,
            List.of());
    return groups.accept(new ConstantGroups());
  }
}
