package io.kurobe.planner.fragment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

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

  /** Every scan of a staged relation in a tree. */
  static List<StagedScan> in(RelNode tree) {
    List<StagedScan> scans = new ArrayList<>();
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof StagedScan scan) {
          scans.add(scan);
        }
        super.visit(node, ordinal, parent);
      }
    }.go(tree);
    return scans;
  }

  /** The names of the relations that a tree reads. */
  public static Set<String> relations(RelNode tree) {
    Set<String> names = new LinkedHashSet<>();
    in(tree).forEach(scan -> names.add(scan.relation()));
    return names;
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("relation", relation);
  }
}
