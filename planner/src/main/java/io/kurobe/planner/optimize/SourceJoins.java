package io.kurobe.planner.optimize;

import io.kurobe.planner.cost.Estimator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Joins tables of one source with each other before they are joined with another's, so that they
 * come from there as one query.
 *
 * <p>Inner joins may be done in any order. Two inputs of one source are brought together if they
 * are compared for equality, by a condition or by what conditions imply, and the columns compared
 * are a key of one of them: then the join has no more rows than the other, and fewer rows travel.
 * Without a key it might have more than both, so they stay apart, unless the query itself had
 * joined them.
 *
 * <p>What need not move is joined first, then what must, the smaller before the larger: so each
 * finds before it all that can tell which of its rows are wanted. For the joins themselves the
 * engine finds its own order.
 *
 * <p>Nor are two inputs joined that no condition connects while there is one that a condition does:
 * {@code FROM a, b, c WHERE a.x = c.x AND c.y = b.y} is bound as (a × b) ⋈ c, and PostgreSQL keeps
 * the order of more than eight explicit joins.
 */
final class SourceJoins extends RelHomogeneousShuttle {
  private final Predicate<String> moved;
  private final Estimator sizes;

  private SourceJoins(Predicate<String> moved, Estimator sizes) {
    this.moved = moved;
    this.sizes = sizes;
  }

  /**
   * Regroups the joins of a tree.
   *
   * @param moved whether the rows of a source must be moved to be joined with another's
   * @param sizes tells which of them are the smaller
   */
  static RelNode group(RelNode tree, Predicate<String> moved, Estimator sizes) {
    return tree.accept(new SourceJoins(moved, sizes));
  }

  @Override
  public RelNode visit(RelNode other) {
    if (!(other instanceof Join join) || join.getJoinType() != JoinRelType.INNER) {
      return super.visit(other);
    }
    JoinFactors flat = JoinFactors.of(join);
    List<RelNode> inputs = flat.inputs().stream().map(input -> input.accept(this)).toList();
    JoinFactors factors = flat.withInputs(inputs);
    if (!factors.conditions().stream().allMatch(RexUtil::isDeterministic)) {
      return JoinFactors.replaced(join, inputs.iterator());
    }
    List<Group> apart = apart(factors);
    List<Group> together = together(factors, apart);
    // What is of one source altogether is the source's to join, but for its products.
    List<Group> groups = together.size() > 1 ? bySize(together) : apart;
    List<Group> order = connected(factors, groups);
    return order.equals(apart)
        ? JoinFactors.replaced(join, inputs.iterator())
        : rejoin(factors, order);
  }

  /**
   * Inputs that are joined.
   *
   * @param columns the columns of all inputs that the join has, in its order
   */
  private record Group(RelNode tree, ImmutableBitSet inputs, List<Integer> columns) {}

  private static List<Group> apart(JoinFactors factors) {
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < factors.inputs().size(); i++) {
      groups.add(new Group(factors.inputs().get(i), ImmutableBitSet.of(i), factors.columnsOf(i)));
    }
    return groups;
  }

  private List<Group> together(JoinFactors factors, List<Group> apart) {
    List<Group> groups = new ArrayList<>(apart);
    Map<Integer, Integer> classes = factors.classes();
    for (int i = 0; i < groups.size(); i++) {
      String site = site(groups.get(i).tree());
      for (int j = i + 1; site != null && j < groups.size(); j++) {
        Group first = groups.get(i);
        Group second = groups.get(j);
        if (!site.equals(site(second.tree()))) {
          continue;
        }
        List<JoinFactors.Pair> pairs =
            JoinFactors.equal(classes, first.columns(), second.columns());
        boolean together =
            factors.joinedByTheQuery(first.inputs(), second.inputs())
                || isKey(first, pairs.stream().map(JoinFactors.Pair::left).toList())
                || isKey(second, pairs.stream().map(JoinFactors.Pair::right).toList());
        if (!pairs.isEmpty() && together) {
          groups.set(i, join(factors, first, second, pairs));
          groups.remove(j);
          // What is there now may be equal to inputs that were passed over.
          j = i;
        }
      }
    }
    return groups;
  }

  private static boolean isKey(Group group, List<Integer> columns) {
    RelMetadataQuery metadata = group.tree().getCluster().getMetadataQuery();
    ImmutableBitSet compared =
        ImmutableBitSet.of(columns.stream().map(group.columns()::indexOf).toList());
    return !compared.isEmpty()
        && Boolean.TRUE.equals(metadata.areColumnsUnique(group.tree(), compared));
  }

  private static Group join(
      JoinFactors factors, Group left, Group right, List<JoinFactors.Pair> pairs) {
    List<Integer> columns = new ArrayList<>(left.columns());
    columns.addAll(right.columns());
    ImmutableBitSet inputs = left.inputs().union(right.inputs());
    List<RexNode> conditions = new ArrayList<>();
    pairs.forEach(pair -> conditions.add(factors.equality(pair)));
    conditions.addAll(factors.conditionsWithin(inputs, left.inputs(), right.inputs()));
    RelBuilder builder = Optimizer.AS_WRITTEN.create(left.tree().getCluster(), null);
    RelNode joined =
        builder
            .push(left.tree())
            .push(right.tree())
            .join(JoinRelType.INNER, factors.over(columns, conditions))
            .build();
    return new Group(joined, inputs, columns);
  }

  /** The groups in the order of the query, but the next is one that a condition connects. */
  private static List<Group> connected(JoinFactors factors, List<Group> groups) {
    List<Group> left = new ArrayList<>(groups);
    List<Group> order = new ArrayList<>(List.of(left.remove(0)));
    ImmutableBitSet inputs = order.get(0).inputs();
    while (!left.isEmpty()) {
      ImmutableBitSet before = inputs;
      Group next =
          left.stream()
              .filter(group -> factors.connects(before, group.inputs()))
              .findFirst()
              .orElse(left.get(0));
      left.remove(next);
      order.add(next);
      inputs = inputs.union(next.inputs());
    }
    return order;
  }

  private static RelNode rejoin(JoinFactors factors, List<Group> order) {
    Group all = order.get(0);
    for (Group next : order.subList(1, order.size())) {
      all = join(factors, all, next, List.of());
    }
    RelBuilder builder = Optimizer.AS_WRITTEN.create(all.tree().getCluster(), null);
    return builder
        .push(all.tree())
        .filter(factors.over(all.columns(), factors.conditionsOfOne()))
        .project(factors.over(all.columns(), factors.outputs()), factors.names(), true)
        .build();
  }

  private List<Group> bySize(List<Group> groups) {
    return groups.stream().sorted(Comparator.comparingDouble(this::bytesToMove)).toList();
  }

  private double bytesToMove(Group group) {
    return site(group.tree()) == null ? 0 : sizes.of(group.tree()).bytes();
  }

  /** The only source a tree reads whose rows must be moved; null if there is none or another. */
  private @Nullable String site(RelNode tree) {
    List<String> sources =
        RelOptUtil.findAllTables(tree).stream()
            .map(table -> table.getQualifiedName().get(0))
            .distinct()
            .toList();
    boolean one = sources.size() == 1 && moved.test(sources.get(0));
    return one ? sources.get(0) : null;
  }
}
