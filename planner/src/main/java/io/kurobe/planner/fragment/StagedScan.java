package io.kurobe.planner.fragment;

import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** The scan of a relation that a source's rows were staged into, inside the engine's plan. */
public final class StagedScan extends AbstractRelNode {
  private final String relation;

  StagedScan(RelOptCluster cluster, RelTraitSet traits, RelDataType rowType, String relation) {
    super(cluster, traits);
    this.rowType = rowType;
    this.relation = relation;
  }

  /** The staged relation's name, such as {@code s1}. */
  public String relation() {
    return relation;
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("relation", relation);
  }
}
