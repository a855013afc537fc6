package io.kurobe.planner.fragment;

import io.kurobe.adapters.source.Capabilities.Operation;
import io.kurobe.adapters.source.TableStatistics;
import io.kurobe.adapters.source.Verdict;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.cost.Estimate;
import io.kurobe.planner.cost.Estimator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/**
 * Decides which fragments wait for keys of others.
 *
 * <p><b>The problem.</b> A large table of one source is joined with few rows of another. Moving all
 * of it is what a federated query costs; its source could pick the few rows that are wanted, if it
 * knew their keys.
 *
 * <p><b>The approach.</b> For each join in the engine's plan whose one side comes down to a staged
 * column, the other side gives the keys. What pays most is taken first, by estimates; then the
 * fragment counts as small and may give keys itself, so that filters follow each other in order of
 * dependency and never in a circle. A side that is more than a staged relation is computed once,
 * kept, and read from where it was computed: keys and result then see the same rows, whatever order
 * or time its parts depend on.
 *
 * <p><b>What was refused.</b> Waiting wherever keys might help, as a fragment that waits is not
 * read meanwhile: a filter must save at least half of a fragment that is worth it. Keys whose
 * equality is not the same everywhere (CHAR, floating numbers) are no filter.
 *
 * <p>How many groups a condition on their aggregates leaves cannot be told. Where no fragment has
 * to be read for that, it is worth being found out: the groups are kept, so nothing is done twice,
 * and even if the condition leaves what it is thought to, keeping them costs less than moving the
 * fragment does.
 */
public final class DynamicFilters {
  /** A fragment of fewer rows is there before the keys are. */
  private static final double FEWEST_ROWS = 30_000;

  /** A side that is larger than this is not kept for the sake of its keys. */
  private static final double MOST_KEPT_ROWS = 1_000_000;

  private static final double MOST_LEFT = 0.5;
  private static final int MOST_KEYS = 10_000;

  /** One text to a source that reads it as an array. */
  private static final int MOST_INTEGERS = 500_000;

  private static final int MOST_FILTERS = 8;

  private final Function<TableName, Optional<TableStatistics>> statistics;
  private final Map<String, SourceFragment> fragments = new LinkedHashMap<>();
  private final Map<String, Estimate> sizes = new HashMap<>();

  /** Of each relation those that it waits for, directly or not. */
  private final Map<String, Set<String>> awaited = new HashMap<>();

  private final List<EngineRelation> computed = new ArrayList<>();
  private final List<KeyFilter> filters = new ArrayList<>();
  private RelNode tree;

  private DynamicFilters(
      FragmentPlan.AtEngine plan, Function<TableName, Optional<TableStatistics>> statistics) {
    this.statistics = statistics;
    this.tree = plan.tree();
    var estimator = new Estimator(statistics);
    for (SourceFragment fragment : plan.staged()) {
      fragments.put(fragment.name(), fragment);
      sizes.put(fragment.name(), estimator.of(fragment.tree()));
      awaited.put(fragment.name(), Set.of());
    }
  }

  /** The plan with the filters that pay. */
  public static FragmentPlan.AtEngine plan(
      FragmentPlan.AtEngine plan, Function<TableName, Optional<TableStatistics>> statistics) {
    if (plan.staged().isEmpty()) {
      return plan;
    }
    var filters = new DynamicFilters(plan, statistics);
    while (filters.filters.size() < MOST_FILTERS && filters.addBest()) {
      // Each makes one fragment smaller.
    }
    return new FragmentPlan.AtEngine(
        plan.staged(),
        plan.attached(),
        filters.computed,
        filters.filters,
        filters.tree,
        plan.notPushed());
  }

  /**
   * A filter that could be.
   *
   * @param side what gives the keys
   * @param key its column of keys
   * @param keys how many there probably are
   * @param saved bytes that need not travel
   */
  private record Candidate(
      KeyTrace target, RelNode side, int key, double keys, double left, double saved) {}

  private boolean addBest() {
    var estimator = new Estimator(statistics);
    Map<String, Long> uses =
        StagedScan.in(tree).stream()
            .peek(scan -> estimator.state(scan, sizes.get(scan.relation())))
            .collect(Collectors.groupingBy(StagedScan::relation, Collectors.counting()));
    List<Candidate> candidates = new ArrayList<>();
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof Join join) {
          candidates(join, estimator, candidates);
        }
        super.visit(node, ordinal, parent);
      }
    }.go(tree);
    Optional<Candidate> best =
        candidates.stream()
            .filter(candidate -> uses.get(candidate.target().scan().relation()) == 1)
            .max(Comparator.comparingDouble(Candidate::saved));
    best.ifPresent(this::add);
    return best.isPresent();
  }

  private void candidates(Join join, Estimator estimator, List<Candidate> found) {
    JoinInfo keys = join.analyzeCondition();
    for (int i = 0; i < keys.leftKeys.size(); i++) {
      int left = keys.leftKeys.get(i);
      int right = keys.rightKeys.get(i);
      switch (join.getJoinType()) {
        case INNER, SEMI -> {
          candidate(join.getLeft(), left, join.getRight(), right, estimator, found);
          candidate(join.getRight(), right, join.getLeft(), left, estimator, found);
        }
        case LEFT, ANTI ->
            candidate(join.getRight(), right, join.getLeft(), left, estimator, found);
        case RIGHT -> candidate(join.getLeft(), left, join.getRight(), right, estimator, found);
        default -> {}
      }
    }
  }

  private void candidate(
      RelNode wanting,
      int column,
      RelNode side,
      int key,
      Estimator estimator,
      List<Candidate> found) {
    Optional<KeyTrace> traced = KeyTrace.toStaged(wanting, column);
    if (traced.isEmpty()) {
      return;
    }
    SourceFragment fragment = fragments.get(traced.get().scan().relation());
    if (fragment == null
        || filters.stream().anyMatch(filter -> filter.fragment().equals(fragment.name()))
        || isAwaitedBy(fragment.name(), side)
        || !RelOptUtil.getVariablesUsed(side).isEmpty()) {
      return;
    }
    Estimate whole = sizes.get(fragment.name());
    Estimate giving = estimator.of(side);
    double keys = Math.min(giving.columns().get(key).distinct(), Math.max(giving.rows(), 1));
    double left = keys / whole.columns().get(traced.get().column()).distinct();
    double saved = whole.bytes() * (1 - left);
    boolean pays =
        giving.known()
            && whole.rows() >= FEWEST_ROWS
            && (keys <= mostKeys(fragment, traced.get().column()) || isFoundOutHere(side))
            && (giving.rows() <= MOST_KEPT_ROWS
                || isFoundOutHere(side) && giving.bytes() <= whole.bytes() * MOST_LEFT)
            && left <= MOST_LEFT;
    if (pays && accepts(fragment, traced.get().column(), side, key)) {
      found.add(new Candidate(traced.get(), side, key, keys, left, saved));
    }
  }

  private static int mostKeys(SourceFragment fragment, int column) {
    RelDataType type = fragment.tree().getRowType().getFieldList().get(column).getType();
    return SqlTypeUtil.isIntType(type)
            && fragment.source().capabilities().has(Operation.LONG_LIST_OF_INTEGERS)
        ? MOST_INTEGERS
        : MOST_KEYS;
  }

  /** Whether the engine finds out by itself how many groups a condition leaves. */
  private static boolean isFoundOutHere(RelNode side) {
    return StagedScan.in(side).isEmpty() && filtersGroups(side, false);
  }

  private static boolean filtersGroups(RelNode node, boolean filtered) {
    if (node instanceof Aggregate aggregate && !aggregate.getAggCallList().isEmpty()) {
      return filtered;
    }
    boolean plain = node instanceof Filter || node instanceof Project;
    return plain && filtersGroups(node.getInput(0), filtered || node instanceof Filter);
  }

  /** Whether what gives the keys waits for the fragment itself. */
  private boolean isAwaitedBy(String fragment, RelNode side) {
    return StagedScan.relations(side).stream()
        .anyMatch(
            relation -> relation.equals(fragment) || awaited.get(relation).contains(fragment));
  }

  /** Whether the source takes a list of such keys and means the same by it as the join does. */
  private static boolean accepts(SourceFragment fragment, int column, RelNode side, int key) {
    RelDataType type = fragment.tree().getRowType().getFieldList().get(column).getType();
    RelDataType keyType = side.getRowType().getFieldList().get(key).getType();
    if (type.getSqlTypeName() != keyType.getSqlTypeName()
        || type.getScale() != keyType.getScale()) {
      return false;
    }
    RexBuilder builder = fragment.tree().getCluster().getRexBuilder();
    Optional<RexNode> sample = sample(builder, type);
    return sample.isPresent()
        && new Pushdown(fragment.source().capabilities())
                .expression(
                    builder.makeIn(
                        builder.makeInputRef(type, column), List.of(sample.get(), sample.get())))
            == Verdict.PUSHED;
  }

  private static Optional<RexNode> sample(RexBuilder builder, RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    return switch (name) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL ->
          Optional.of(builder.makeLiteral(BigDecimal.ONE, type, false));
      case DATE ->
          Optional.of(builder.makeDateLiteral(new org.apache.calcite.util.DateString(2000, 1, 1)));
      case VARCHAR -> Optional.of(builder.makeLiteral("a", type, false));
      default -> Optional.empty();
    };
  }

  private void add(Candidate candidate) {
    String fragment = candidate.target().scan().relation();
    StagedScan relation =
        candidate.side() instanceof StagedScan staged ? staged : compute(candidate.side());
    Set<String> before = new HashSet<>(awaited.get(relation.relation()));
    before.add(relation.relation());
    before.addAll(awaited.get(fragment));
    awaited.put(fragment, before);
    Estimate whole = sizes.get(fragment);
    filters.add(
        new KeyFilter(
            fragment,
            candidate.target().column(),
            relation.relation(),
            relation.getRowType().getFieldNames().get(candidate.key()),
            whole.rows(),
            mostKeys(fragments.get(fragment), candidate.target().column())));
    sizes.put(fragment, whole.scaled(candidate.left()));
  }

  /** Has a side computed before the rest, which then reads what was kept. */
  private StagedScan compute(RelNode side) {
    List<String> columns = SqlValidatorUtil.uniquify(side.getRowType().getFieldNames(), false);
    RelDataType rowType =
        side.getCluster()
            .getTypeFactory()
            .createStructType(RelOptUtil.getFieldTypeList(side.getRowType()), columns);
    String name = "k" + (computed.size() + 1);
    var scan = new StagedScan(side.getCluster(), side.getCluster().traitSet(), rowType, name);
    var estimator = new Estimator(statistics);
    Set<String> before = new HashSet<>();
    for (StagedScan input : StagedScan.in(side)) {
      estimator.state(input, sizes.get(input.relation()));
      before.add(input.relation());
      before.addAll(awaited.get(input.relation()));
    }
    sizes.put(name, estimator.of(side));
    awaited.put(name, before);
    computed.add(new EngineRelation(name, side, columns));
    tree = replace(tree, side, scan);
    return scan;
  }

  private static RelNode replace(RelNode node, RelNode side, StagedScan scan) {
    if (node == side) {
      return scan;
    }
    List<RelNode> inputs = new ArrayList<>();
    boolean changed = false;
    for (RelNode input : node.getInputs()) {
      RelNode replaced = replace(input, side, scan);
      changed |= replaced != input;
      inputs.add(replaced);
    }
    return changed ? node.copy(node.getTraitSet(), inputs) : node;
  }
}
