package io.kurobe.planner.unnest;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.jspecify.annotations.Nullable;

/**
 * The row of the left side that the right side of a dependent join speaks of.
 *
 * @param id its name there
 */
record OuterRow(CorrelationId id) {
  /** The position of the field that an expression is, or -1. */
  int field(RexNode expression) {
    return expression instanceof RexFieldAccess access
            && access.getReferenceExpr() instanceof RexCorrelVariable variable
            && variable.id.equals(id)
        ? access.getField().getIndex()
        : -1;
  }

  /** The fields that expressions read. */
  SortedSet<Integer> fields(Collection<? extends RexNode> expressions) {
    var fields = new TreeSet<Integer>();
    var reader = reader(fields);
    expressions.forEach(expression -> expression.accept(reader));
    return fields;
  }

  /** The fields that a tree reads. */
  SortedSet<Integer> fields(RelNode tree) {
    var fields = new TreeSet<Integer>();
    var reader = reader(fields);
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        node.accept(reader);
        super.visit(node, ordinal, parent);
      }
    }.go(tree);
    return fields;
  }

  private RexShuttle reader(SortedSet<Integer> fields) {
    return new RexShuttle() {
      @Override
      public RexNode visitFieldAccess(RexFieldAccess access) {
        int field = field(access);
        if (field < 0) {
          return super.visitFieldAccess(access);
        }
        fields.add(field);
        return access;
      }
    };
  }

  /**
   * Expressions over the original as expressions over what it became; windows run over the rows of
   * one outer row.
   */
  RexShuttle over(Unnested input) {
    RexBuilder rex = input.rel().getCluster().getRexBuilder();
    return new RexShuttle() {
      @Override
      public RexNode visitInputRef(RexInputRef column) {
        return input.column(column.getIndex());
      }

      @Override
      public RexNode visitFieldAccess(RexFieldAccess access) {
        int field = field(access);
        return field < 0 ? super.visitFieldAccess(access) : input.outer(field, 0);
      }

      @Override
      public RexWindow visitWindow(RexWindow original) {
        RexWindow window = super.visitWindow(original);
        var keys = ImmutableList.<RexNode>builder().addAll(window.partitionKeys);
        input.outers().keySet().forEach(field -> keys.add(input.outer(field, 0)));
        return rex.makeWindow(
            keys.build(),
            window.orderKeys,
            window.getLowerBound(),
            window.getUpperBound(),
            window.isRows(),
            window.getExclude());
      }
    };
  }
}
