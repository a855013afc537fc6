package io.kurobe.planner.bind;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;

/**
 * The rows of a table that somebody may see. To the optimizer it is a leaf like any other scan, so
 * that no expression of a query comes below the row filter or is mixed with it; only where a plan
 * is cut into fragments does it become a scan and a condition again.
 */
public final class GuardedScan extends TableScan {
  private final Optional<RexNode> filter;

  /**
   * Makes a scan.
   *
   * @param filter what holds of every row, over all columns of the table; empty for a table that
   *     the maker of a view may read in full
   */
  public GuardedScan(RelOptCluster cluster, RelOptTable table, Optional<RexNode> filter) {
    super(cluster, cluster.traitSetOf(Convention.NONE), List.of(), table);
    this.filter = requireNonNull(filter, "filter is null");
  }

  /** What holds of every row. */
  public Optional<RexNode> filter() {
    return filter;
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return this;
  }

  /** Two scans of one table are one only if the same rows of it may be seen. */
  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("guard", filter.map(RexNode::toString).orElse("none"));
  }
}
