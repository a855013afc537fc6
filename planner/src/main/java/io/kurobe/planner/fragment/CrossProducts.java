package io.kurobe.planner.fragment;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.jspecify.annotations.Nullable;

/**
 * Cross products, which have more rows than their inputs. One that a source would make only for its
 * rows to be moved is made where they are moved to.
 */
final class CrossProducts {
  private CrossProducts() {}

  /** Whether a part is a cross product of more rows than its inputs, or columns of one. */
  static boolean isLarge(RelNode node) {
    if (node instanceof Project project) {
      return isLarge(project.getInput());
    }
    return node instanceof Join join
        && join.getJoinType() == JoinRelType.INNER
        && join.getCondition().isAlwaysTrue()
        && multiplies(join);
  }

  private static boolean multiplies(Join join) {
    RelMetadataQuery metadata = join.getCluster().getMetadataQuery();
    if (isOne(metadata.getMaxRowCount(join.getLeft()))
        || isOne(metadata.getMaxRowCount(join.getRight()))) {
      return false;
    }
    double left = metadata.getRowCount(join.getLeft());
    double right = metadata.getRowCount(join.getRight());
    return left * right > left + right;
  }

  private static boolean isOne(@Nullable Double most) {
    return most != null && most <= 1;
  }
}
