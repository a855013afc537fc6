package io.kurobe.planner.bind;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.ChainedRelMetadataProvider;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.ReflectiveRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMdPredicates;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexNode;

/**
 * What is known of the rows of a relation, where Calcite's own answer does not do.
 *
 * <p>Of a UNION or an INTERSECT it asks whether the conditions of one branch imply those of
 * another, by computing them in Java: it cannot for most functions, and fails where a literal is of
 * another type than the column. Here a condition must be written alike. Of a join it simplifies
 * what both sides know, and its simplifier asserts a nullability that its own folding of constants
 * broke; where assertions are on and one fails, nothing is known.
 */
public final class KnownPredicates implements MetadataHandler<BuiltInMetadata.Predicates> {
  static final RelMetadataProvider PROVIDER =
      ChainedRelMetadataProvider.of(
          List.of(
              ReflectiveRelMetadataProvider.reflectiveSource(
                  new KnownPredicates(), BuiltInMetadata.Predicates.Handler.class),
              DefaultRelMetadataProvider.INSTANCE));

  private final RelMdPredicates calcite = new RelMdPredicates();

  private KnownPredicates() {}

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

  /** What Calcite infers, if it can; found by reflection. */
  public RelOptPredicateList getPredicates(Join join, RelMetadataQuery metadata) {
    try {
      return calcite.getPredicates(join, metadata);
    } catch (AssertionError e) {
      return RelOptPredicateList.EMPTY;
    }
  }

  private static List<RexNode> of(RelNode input, RelMetadataQuery metadata) {
    return metadata.getPulledUpPredicates(input).pulledUpPredicates;
  }
}
