package io.kurobe.planner.optimize;

import com.google.common.collect.ImmutableSet;
import io.kurobe.planner.cost.Estimator;
import io.kurobe.planner.unnest.Decorrelator;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSimplify;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * Rewrites a bound tree into one of the same meaning whose parts are easy to place: subqueries
 * become joins, conditions sink to the tables they speak of and travel across equalities, and
 * columns that nobody reads are not read. Each pass is a heuristic one, so that its time is bounded
 * by the size of the query. Threads share it.
 */
public final class Optimizer {
  /**
   * Conditions are simplified in one pass, where that can be given up, and nowhere in passing. What
   * stands for a column of a projection may be an AND in an AND, or an OR in an OR.
   */
  static final RelBuilderFactory AS_WRITTEN =
      RelBuilder.proto(
          Contexts.of(
              RelBuilder.Config.DEFAULT.withSimplify(false),
              (RelFactories.FilterFactory) Optimizer::flatFilter));

  /** So that few outer rows have to be told to their subqueries. */
  private static final HepProgram SINK_INTO_CORRELATED =
      program(CoreRules.FILTER_MERGE, CoreRules.FILTER_CORRELATE, CoreRules.FILTER_INTO_JOIN);

  private static final HepProgram SINK_CONDITIONS =
      program(
          CoreRules.FILTER_MERGE,
          CoreRules.FILTER_PROJECT_TRANSPOSE
              .config
              .as(FilterProjectTransposeRule.Config.class)
              .withCopyFilter(false)
              .toRule(),
          CoreRules.FILTER_INTO_JOIN,
          CoreRules.JOIN_CONDITION_PUSH,
          CoreRules.FILTER_AGGREGATE_TRANSPOSE,
          CoreRules.FILTER_SET_OP_TRANSPOSE,
          CoreRules.PROJECT_MERGE,
          CoreRules.PROJECT_REMOVE);

  private static final HepProgram SIMPLIFY =
      HepProgram.builder()
          .addMatchOrder(HepMatchOrder.TOP_DOWN)
          .addRuleInstance(CoreRules.FILTER_REDUCE_EXPRESSIONS)
          .build();

  private static final HepProgram TIDY =
      program(CoreRules.PROJECT_MERGE, CoreRules.PROJECT_REMOVE, CoreRules.FILTER_MERGE);

  /**
   * A tree whose expressions mean the same to every source and to the engine, and are otherwise as
   * they were written; its shape is unchanged.
   */
  public static RelNode plain(RelNode tree) {
    return IntervalUnits.normalize(WidenedReals.in(NarrowedBranches.widen(tree)));
  }

  /** A condition in a cheaper form, of which only it matters whether it is true. */
  public static RexNode simplified(RexBuilder builder, RexNode condition) {
    RexExecutor nothing = (rex, constants, reduced) -> reduced.addAll(constants);
    try {
      RexNode simple =
          new RexSimplify(builder, RelOptPredicateList.EMPTY, nothing)
              .simplifyUnknownAsFalse(condition);
      return RexUtil.composeConjunction(
          builder,
          RelOptUtil.conjunctions(simple).stream()
              .map(each -> RexUtil.removeNullabilityCast(builder.getTypeFactory(), each))
              .toList());
    } catch (AssertionError e) {
      // As in ifItHolds, it stays as it was written.
      return condition;
    }
  }

  /** The tree without subqueries, its conditions at their tables; its row type is unchanged. */
  public RelNode normalize(RelNode tree) {
    RelNode lowered = RowsIn.byExists(WindowedSubqueries.lower(NarrowedBranches.widen(tree)));
    RelNode looked = ComparedExistence.join(lowered);
    RelNode unnested = Subqueries.join(SomeNotEqual.unnamed(looked));
    RemainingSubqueries.refuse(unnested);
    RelNode correlated = run(SINK_INTO_CORRELATED, WidenedReals.in(unnested));
    RelNode joined = Decorrelator.decorrelate(correlated);
    RelNode sunk = sink(UnusedVariables.drop(joined.accept(new ConstantGroups())));
    return NoRows.in(sink(TransitivePredicates.carry(Disjunctions.imply(sunk))));
  }

  /** The tree with no more columns than are read; its row type is unchanged. */
  public RelNode trim(RelNode tree) {
    return new RelFieldTrimmer(null, builder(tree)).trim(tree);
  }

  /**
   * A normalized tree with its joins in the order that moves the fewest rows; its row type is
   * unchanged.
   *
   * @param moved whether rows of a source must be moved to meet another's; such a source joins its
   *     own tables first
   * @param sizes estimates what moves
   */
  public RelNode arrange(RelNode normalized, Predicate<String> moved, Estimator sizes) {
    RelNode grouped = EarlySemiJoins.in(SourceJoins.group(normalized, moved, sizes), moved, sizes);
    RelNode tidy = run(TIDY, trim(grouped));
    RelNode asked = SemiJoins.in(tidy);
    // A semi-join reads no more of its right side than it compares.
    return IntervalUnits.normalize(asked == tidy ? tidy : run(TIDY, trim(asked)));
  }

  private static RelBuilder builder(RelNode tree) {
    return AS_WRITTEN.create(tree.getCluster(), null);
  }

  private static RelNode sink(RelNode tree) {
    return simplify(run(SINK_CONDITIONS, tree));
  }

  private static RelNode simplify(RelNode tree) {
    return ifItHolds(tree, () -> SimplerConditions.in(run(SIMPLIFY, tree)), tree);
  }

  /**
   * A cheaper form of what it is without. Where assertions are on and Calcite's simplifier asserts
   * a nullability that its own folding of constants broke, as in {@code (NULLIF(0.00, 1.5) = 1.50)
   * IS NULL}, it stays as it was written.
   */
  static <T> T ifItHolds(RelNode tree, Supplier<T> simplification, T without) {
    try {
      return simplification.get();
    } catch (AssertionError e) {
      // What was being asked stays marked as under way.
      tree.getCluster().invalidateMetadataQuery();
      return without;
    }
  }

  private static RelNode flatFilter(
      RelNode input, RexNode condition, Set<CorrelationId> variables) {
    RexBuilder rex = input.getCluster().getRexBuilder();
    RexNode bare = RexUtil.removeNullabilityCast(rex.getTypeFactory(), condition);
    RexNode flat =
        bare.accept(
            new RexShuttle() {
              @Override
              public RexNode visitCall(RexCall call) {
                return RexUtil.flatten(rex, super.visitCall(call));
              }
            });
    return LogicalFilter.create(input, flat, ImmutableSet.copyOf(variables));
  }

  private static RelNode run(HepProgram program, RelNode tree) {
    HepPlanner planner = new HepPlanner(program);
    planner.setRoot(tree);
    return planner.findBestExp();
  }

  private static HepProgram program(RelOptRule... rules) {
    return HepProgram.builder()
        .addMatchOrder(HepMatchOrder.TOP_DOWN)
        .addRuleCollection(Arrays.stream(rules).map(Optimizer::asWritten).toList())
        .build();
  }

  static RelOptRule asWritten(RelOptRule rule) {
    return ((RelRule<?>) rule).config.withRelBuilderFactory(AS_WRITTEN).toRule();
  }
}
