package io.kurobe.planner.optimize;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A tree of inner joins laid flat. A column is a number over all columns of all inputs, one input
 * after the other.
 *
 * @param inputs what is joined
 * @param types the types of all columns
 * @param owners the input of each column
 * @param conditions what holds of a row, over all columns
 * @param outputs what the tree gives, over all columns
 * @param names its names
 * @param joined the sets of inputs that the tree joined with each other
 */
record JoinFactors(
    List<RelNode> inputs,
    List<RelDataType> types,
    List<Integer> owners,
    List<RexNode> conditions,
    List<RexNode> outputs,
    List<String> names,
    List<ImmutableBitSet> joined) {

  /** Two columns of which every row says that they are equal. */
  record Pair(int left, int right) {}

  static JoinFactors of(Join join) {
    var flat =
        new JoinFactors(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            join.getRowType().getFieldNames(),
            new ArrayList<>());
    flat.outputs.addAll(flat.add(join));
    return flat;
  }

  JoinFactors withInputs(List<RelNode> others) {
    return new JoinFactors(others, types, owners, conditions, outputs, names, joined);
  }

  private List<RexNode> add(RelNode node) {
    if (isInner(node)) {
      Join join = (Join) node;
      int before = inputs.size();
      List<RexNode> fields = new ArrayList<>(add(join.getLeft()));
      fields.addAll(add(join.getRight()));
      joined.add(ImmutableBitSet.range(before, inputs.size()));
      RelOptUtil.conjunctions(replace(join.getCondition(), fields)).forEach(conditions::add);
      return fields;
    }
    if (isColumnsOfInner(node)) {
      List<RexNode> fields = add(node.getInput(0));
      return ((Project) node).getProjects().stream().map(value -> replace(value, fields)).toList();
    }
    List<RexNode> fields = new ArrayList<>();
    for (RelDataType type : RelOptUtil.getFieldTypeList(node.getRowType())) {
      fields.add(new RexInputRef(types.size(), type));
      types.add(type);
      owners.add(inputs.size());
    }
    inputs.add(node);
    return fields;
  }

  private static boolean isInner(RelNode node) {
    return node instanceof Join join && join.getJoinType() == JoinRelType.INNER;
  }

  /** Whether a projection between joins only leaves out columns. */
  private static boolean isColumnsOfInner(RelNode node) {
    return node instanceof Project project
        && isInner(project.getInput())
        && project.getProjects().stream().allMatch(RexInputRef.class::isInstance);
  }

  /** The tree over other inputs, one for each of its own. */
  static RelNode replaced(RelNode tree, Iterator<RelNode> inputs) {
    if (!isInner(tree) && !isColumnsOfInner(tree)) {
      return inputs.next();
    }
    List<RelNode> children = new ArrayList<>();
    tree.getInputs().forEach(child -> children.add(replaced(child, inputs)));
    return tree.copy(tree.getTraitSet(), children);
  }

  private static RexNode replace(RexNode value, List<RexNode> fields) {
    return value.accept(
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef reference) {
            return fields.get(reference.getIndex());
          }
        });
  }

  List<Integer> columnsOf(int input) {
    return IntStream.range(0, owners.size()).filter(i -> owners.get(i) == input).boxed().toList();
  }

  /** The pairs of columns, one of each list, that are equal, one pair for each class of equals. */
  static List<Pair> equal(Map<Integer, Integer> classes, List<Integer> left, List<Integer> right) {
    Map<Integer, Integer> first = new HashMap<>();
    left.forEach(column -> first.putIfAbsent(classes.getOrDefault(column, -1 - column), column));
    Map<Integer, Pair> pairs = new LinkedHashMap<>();
    for (int column : right) {
      Integer known = classes.get(column);
      Integer other = known == null ? null : first.get(known);
      if (other != null && known != null) {
        pairs.putIfAbsent(known, new Pair(other, column));
      }
    }
    return List.copyOf(pairs.values());
  }

  /** The class of each column that is compared for equality with another of its own type. */
  Map<Integer, Integer> classes() {
    Map<Integer, Integer> classes = new HashMap<>();
    for (RexNode condition : conditions) {
      if (condition.getKind() == SqlKind.EQUALS
          && ((RexCall) condition).getOperands().get(0) instanceof RexInputRef one
          && ((RexCall) condition).getOperands().get(1) instanceof RexInputRef other
          && one.getType().getSqlTypeName() == other.getType().getSqlTypeName()
          && one.getType().getPrecision() == other.getType().getPrecision()
          && one.getType().getScale() == other.getType().getScale()) {
        int kept = classes.computeIfAbsent(one.getIndex(), index -> index);
        int given = classes.computeIfAbsent(other.getIndex(), index -> index);
        classes.replaceAll((column, known) -> known == given ? kept : known);
      }
    }
    return classes;
  }

  RexNode equality(Pair pair) {
    return builder()
        .makeCall(
            SqlStdOperatorTable.EQUALS,
            new RexInputRef(pair.left(), types.get(pair.left())),
            new RexInputRef(pair.right(), types.get(pair.right())));
  }

  private RexBuilder builder() {
    return inputs.get(0).getCluster().getRexBuilder();
  }

  /** The conditions on some inputs that two parts of them could not tell by themselves. */
  List<RexNode> conditionsWithin(ImmutableBitSet all, ImmutableBitSet left, ImmutableBitSet right) {
    return conditions.stream()
        .filter(condition -> isBetween(used(condition), all, left, right))
        .toList();
  }

  /** The conditions on one input or none, such as FALSE, which no two parts have between them. */
  List<RexNode> conditionsOfOne() {
    return conditions.stream().filter(condition -> used(condition).cardinality() < 2).toList();
  }

  /** Whether two sets of inputs have a condition between them. */
  boolean connects(ImmutableBitSet left, ImmutableBitSet right) {
    ImmutableBitSet all = left.union(right);
    return conditions.stream().anyMatch(condition -> isBetween(used(condition), all, left, right));
  }

  private static boolean isBetween(
      ImmutableBitSet used, ImmutableBitSet all, ImmutableBitSet left, ImmutableBitSet right) {
    return all.contains(used) && !left.contains(used) && !right.contains(used);
  }

  private ImmutableBitSet used(RexNode condition) {
    return ImmutableBitSet.of(
        RelOptUtil.InputFinder.bits(condition).toList().stream().map(owners::get).toList());
  }

  /** Whether the tree joined just these two sets of inputs before any other came to them. */
  boolean joinedByTheQuery(ImmutableBitSet left, ImmutableBitSet right) {
    return joined.contains(left.union(right));
  }

  /** Expressions over some columns, in the order of these. */
  List<RexNode> over(List<Integer> columns, List<RexNode> values) {
    return ImmutableList.copyOf(
        values.stream()
            .map(
                value ->
                    value.accept(
                        new RexShuttle() {
                          @Override
                          public RexNode visitInputRef(RexInputRef reference) {
                            return new RexInputRef(
                                columns.indexOf(reference.getIndex()), reference.getType());
                          }
                        }))
            .toList());
  }
}
