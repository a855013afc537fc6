package io.kurobe.planner.fragment;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Ranges and lists of times and of REALs, written as comparisons. Calcite keeps them as one set of
 * values, whose bounds it writes with the types of its own default, which ends at milliseconds, and
 * of which none is a REAL.
 */
final class FineRanges extends RexShuttle {
  private final RexBuilder builder;

  private FineRanges(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode in(RelNode tree) {
    var ranges = new FineRanges(tree.getCluster().getRexBuilder());
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(ranges);
          }
        });
  }

  @Override
  public RexNode visitCall(RexCall original) {
    boolean finer =
        original.getKind() == SqlKind.SEARCH
            && isWrittenFiner(original.getOperands().get(1).getType().getSqlTypeName());
    RexNode call =
        super.visitCall(finer ? (RexCall) RexUtil.expandSearch(builder, null, original) : original);
    // What is written out may be an AND within an AND.
    return RexUtil.flatten(builder, call);
  }

  private static boolean isWrittenFiner(SqlTypeName type) {
    return switch (type) {
      case REAL,
          TIME,
          TIME_WITH_LOCAL_TIME_ZONE,
          TIME_TZ,
          TIMESTAMP,
          TIMESTAMP_WITH_LOCAL_TIME_ZONE,
          TIMESTAMP_TZ ->
          true;
      default -> false;
    };
  }
}
