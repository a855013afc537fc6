package io.kurobe.planner.bind;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.ChainedRelMetadataProvider;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.ReflectiveRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexNode;

/**
 * What is known of the rows of a UNION or an INTERSECT. Calcite asks whether the conditions of one
 * branch imply those of another, by computing them in Java: it cannot for most functions, and fails
 * where a literal is of another type than the column. Here a condition must be written alike.
 */
public final class SetOperationPredicates implements MetadataHandler<BuiltInMetadata.Predicates> {
  static final RelMetadataProvider PROVIDER =
      ChainedRelMetadataProvider.of(
          List.of(
              ReflectiveRelMetadataProvider.reflectiveSource(
                  new SetOperationPredicates(), BuiltInMetadata.Predicates.Handler.class),
              DefaultRelMetadataProvider.INSTANCE));

  private SetOperationPredicates() {}

  @Override
  public MetadataDef<BuiltInMetadata.Predicates> getDef() {
    return BuiltInMetadata.Predicates.DEF;
  }

  /** What holds in every branch; found by reflection. */
  public RelOptPredicateList getPredicates(Union union, RelMetadataQuery metadata) {
    List<RexNode> common = new ArrayList<>(of(union.getInput(0), metadata));
    union.getInputs().stream().skip(1).forEach(input -> common.retainAll(of(input, metadata)));
    return RelOptPredicateList.of(union.getCluster().getRexBuilder(), common);
  }

  /** What holds in the first branch, of which all rows are; found by reflection. */
  public RelOptPredicateList getPredicates(Intersect intersect, RelMetadataQuery metadata) {
    return RelOptPredicateList.of(
        intersect.getCluster().getRexBuilder(), of(intersect.getInput(0), metadata));
  }

  private static List<RexNode> of(RelNode input, RelMetadataQuery metadata) {
    return metadata.getPulledUpPredicates(input).pulledUpPredicates;
  }
}
