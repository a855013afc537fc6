package io.kurobe.planner.fragment;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/**
 * Keeps what runs a fragment from computing a condition of the query before a row filter, if that
 * could tell of hidden rows: {@code OFFSET 0} says nothing of the rows, and neither PostgreSQL nor
 * DuckDB takes a condition below it (DuckDB does take it below LIMIT and into a materialized WITH).
 * Conditions that tell nothing are joined with the row filter, so that indexes serve them.
 */
final class Fences {
  private final LeakProof proof = new LeakProof();

  private Fences() {}

  /** A fragment's tree with its row filters fenced where they must be. */
  static RelNode in(RelNode tree) {
    return isGuarded(tree) ? new Fences().visit(tree) : tree;
  }

  /** Whether a node only keeps what is above it from what is below. */
  static boolean isFence(RelNode node) {
    return node instanceof Sort sort
        && sort.fetch == null
        && sort.getCollation().getFieldCollations().isEmpty()
        && sort.offset instanceof RexLiteral offset
        && BigDecimal.ZERO.equals(offset.getValueAs(BigDecimal.class));
  }

  private static boolean isGuarded(RelNode node) {
    return node instanceof GuardFilter || node.getInputs().stream().anyMatch(Fences::isGuarded);
  }

  private RelNode visit(RelNode node) {
    if (node instanceof GuardFilter || !isGuarded(node)) {
      return node;
    }
    List<RelNode> inputs = node.getInputs().stream().map(this::visit).toList();
    if (node instanceof Filter filter) {
      return filter(filter, inputs.get(0));
    }
    RelNode here = node.copy(node.getTraitSet(), inputs);
    return node instanceof Join && proof.isBroken(here)
        ? node.copy(node.getTraitSet(), inputs.stream().map(this::fenced).toList())
        : here;
  }

  private RelNode filter(Filter filter, RelNode input) {
    List<RexNode> first = new ArrayList<>();
    List<RexNode> later = new ArrayList<>();
    for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
      (proof.isBroken(conjunct, input) ? later : first).add(conjunct);
    }
    RelNode below =
        first.isEmpty()
            ? input
            : joined(input, first).orElseGet(() -> filter(filter, input, first));
    return later.isEmpty() ? below : filter(filter, fenced(below), later);
  }

  private static RelNode filter(Filter filter, RelNode input, List<RexNode> conjuncts) {
    return filter.copy(
        filter.getTraitSet(),
        input,
        RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), conjuncts));
  }

  /** Rows with conditions put to their row filter, if nothing but columns is between. */
  private static Optional<RelNode> joined(RelNode node, List<RexNode> conditions) {
    if (node instanceof GuardFilter guard) {
      return Optional.of(guard.and(conditions));
    }
    if (node instanceof Project project && isColumns(project)) {
      RexShuttle below =
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
              return project.getProjects().get(reference.getIndex());
            }
          };
      return joined(project.getInput(), below.visitList(conditions))
          .map(rows -> project.copy(project.getTraitSet(), List.of(rows)));
    }
    return Optional.empty();
  }

  private static boolean isColumns(Project project) {
    return project.getProjects().stream().allMatch(RexInputRef.class::isInstance);
  }

  private RelNode fenced(RelNode node) {
    if (isFence(node) || !isGuarded(node)) {
      return node;
    }
    if (isRows(node)) {
      return LogicalSort.create(
          node,
          RelCollations.EMPTY,
          node.getCluster().getRexBuilder().makeExactLiteral(BigDecimal.ZERO),
          null);
    }
    return node.copy(node.getTraitSet(), node.getInputs().stream().map(this::fenced).toList());
  }

  /** Whether a node is a guarded table and nothing but columns and harmless conditions. */
  private boolean isRows(RelNode node) {
    return node instanceof GuardFilter
        || (node instanceof Project project && isColumns(project) && isRows(project.getInput()))
        || (node instanceof Filter filter && !proof.isBroken(filter) && isRows(filter.getInput()));
  }
}
