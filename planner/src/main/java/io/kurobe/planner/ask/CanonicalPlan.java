package io.kurobe.planner.ask;

import io.kurobe.planner.bind.BoundQuery;
import io.kurobe.planner.optimize.Optimizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * A query as text that is the same for many ways of writing it. A block of scans, inner joins and
 * conditions becomes a set of tables and a set of conditions over their columns, so that neither
 * the order of joins, nor where a condition stands, nor a name that was given matters; whatever
 * stands on top of a block, such as an aggregate, is a table of the next. Two queries of one text
 * give the same rows, apart from their order; of two texts nothing follows.
 */
final class CanonicalPlan {
  /** A block: what it reads, on which conditions, and its columns in terms of what it reads. */
  private record Block(List<String> tables, TreeSet<String> conditions, List<String> columns) {
    String source() {
      List<String> sorted = new ArrayList<>(tables);
      Collections.sort(sorted);
      return sorted + " where " + conditions;
    }
  }

  private final Map<String, Integer> occurrences = new HashMap<>();

  private CanonicalPlan() {}

  static String of(BoundQuery bound) {
    RelNode tree = bound.tree();
    RelNode normal;
    try {
      var optimizer = new Optimizer();
      normal = optimizer.trim(optimizer.normalize(tree));
    } catch (RuntimeException | AssertionError e) {
      // What cannot be normalized is told apart from everything written otherwise.
      normal = tree;
    }
    RelNode top = normal;
    if (top instanceof Sort sort && sort.fetch == null && sort.offset == null) {
      top = sort.getInput();
    }
    var plan = new CanonicalPlan();
    Block block = plan.block(top);
    List<String> columns =
        new ArrayList<>(
            block.columns().subList(0, Math.min(bound.columns().size(), block.columns().size())));
    Collections.sort(columns);
    return columns + " from " + block.source();
  }

  private Block block(RelNode node) {
    if (node instanceof TableScan scan) {
      return table(
          String.join(".", scan.getTable().getQualifiedName()), scan.getRowType().getFieldNames());
    }
    if (node instanceof Filter filter) {
      Block input = block(filter.getInput());
      return with(input, filter.getCondition());
    }
    if (node instanceof Project project) {
      Block input = block(project.getInput());
      List<String> columns =
          project.getProjects().stream()
              .map(value -> CanonicalExpression.of(value, input.columns()))
              .toList();
      return new Block(input.tables(), input.conditions(), columns);
    }
    if (node instanceof Join join) {
      return join(join);
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    }
    if (node instanceof Sort sort) {
      return sorted(sort);
    }
    if (node instanceof SetOp set) {
      List<String> inputs = new ArrayList<>();
      for (RelNode input : set.getInputs()) {
        Block block = block(input);
        inputs.add(block.columns() + " from " + block.source());
      }
      if (set.kind != SqlKind.EXCEPT) {
        Collections.sort(inputs);
      }
      return over(set.kind + (set.all ? " all " : " ") + inputs, node);
    }
    List<String> inputs = new ArrayList<>();
    node.getInputs().forEach(input -> inputs.add(block(input).toString()));
    return over(
        node.getRelTypeName()
            + (inputs.isEmpty()
                ? RelOptUtil.toString(node)
                : inputs + RelOptUtil.dumpType(node.getRowType())),
        node);
  }

  private Block table(String name, List<String> columns) {
    int count = occurrences.merge(name, 1, Integer::sum);
    String known = count == 1 ? name : name + "#" + count;
    List<String> named = columns.stream().map(column -> known + "." + column).toList();
    return new Block(List.of(known), new TreeSet<>(), named);
  }

  /** A block whose only table is the text of what is below. */
  private Block over(String text, RelNode node) {
    String name = "(" + text + ")";
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < node.getRowType().getFieldCount(); i++) {
      columns.add(name.hashCode() + "." + i);
    }
    return new Block(List.of(name), new TreeSet<>(), columns);
  }

  private static Block with(Block block, RexNode condition) {
    TreeSet<String> conditions = new TreeSet<>(block.conditions());
    for (RexNode each : RelOptUtil.conjunctions(condition)) {
      conditions.add(CanonicalExpression.of(each, block.columns()));
    }
    return new Block(block.tables(), conditions, block.columns());
  }

  private Block join(Join join) {
    Block left = block(join.getLeft());
    Block right = block(join.getRight());
    List<String> both = new ArrayList<>(left.columns());
    both.addAll(right.columns());
    if (join.getJoinType() == JoinRelType.INNER) {
      List<String> tables = new ArrayList<>(left.tables());
      tables.addAll(right.tables());
      TreeSet<String> conditions = new TreeSet<>(left.conditions());
      conditions.addAll(right.conditions());
      return with(new Block(tables, conditions, both), join.getCondition());
    }
    TreeSet<String> on = new TreeSet<>();
    for (RexNode each : RelOptUtil.conjunctions(join.getCondition())) {
      on.add(CanonicalExpression.of(each, both));
    }
    String text = join.getJoinType() + " " + right.source() + " on " + on;
    return switch (join.getJoinType()) {
      case SEMI, ANTI -> {
        TreeSet<String> conditions = new TreeSet<>(left.conditions());
        conditions.add(text);
        yield new Block(left.tables(), conditions, left.columns());
      }
      default -> {
        String whole = left.source() + " " + text;
        yield new Block(List.of("(" + whole + ")"), new TreeSet<>(), both);
      }
    };
  }

  private Block aggregate(Aggregate aggregate) {
    Block input = block(aggregate.getInput());
    List<String> keys =
        aggregate.getGroupSet().asList().stream().map(input.columns()::get).toList();
    List<String> sorted = new ArrayList<>(keys);
    Collections.sort(sorted);
    String source =
        "(group "
            + sorted
            + (aggregate.getGroupSets().size() > 1 ? aggregate.getGroupSets() : "")
            + " of "
            + input.source()
            + ")";
    List<String> columns = new ArrayList<>();
    String prefix = Integer.toHexString(source.hashCode()) + ":";
    keys.forEach(key -> columns.add(prefix + key));
    for (AggregateCall call : aggregate.getAggCallList()) {
      columns.add(prefix + call(aggregate, call, input));
    }
    return new Block(List.of(source), new TreeSet<>(), columns);
  }

  private static String call(Aggregate aggregate, AggregateCall call, Block input) {
    boolean counts = call.getAggregation().getKind() == SqlKind.COUNT && !call.isDistinct();
    List<String> arguments = new ArrayList<>();
    for (int argument : call.getArgList()) {
      boolean always =
          !aggregate.getInput().getRowType().getFieldList().get(argument).getType().isNullable();
      if (!(counts && always)) {
        arguments.add(input.columns().get(argument));
      }
    }
    return call.getAggregation().getName()
        + (call.isDistinct() ? " distinct " : "")
        + arguments
        + (call.hasFilter() ? " filter " + input.columns().get(call.filterArg) : "")
        + (call.getCollation().getFieldCollations().isEmpty() ? "" : call.getCollation());
  }

  private Block sorted(Sort sort) {
    Block input = block(sort.getInput());
    if (sort.fetch == null && sort.offset == null) {
      return input;
    }
    List<String> keys =
        sort.getCollation().getFieldCollations().stream()
            .map(key -> input.columns().get(key.getFieldIndex()) + " " + key.shortString())
            .toList();
    String text =
        "(first "
            + sort.fetch
            + " after "
            + sort.offset
            + " by "
            + keys
            + " of "
            + input.source()
            + ")";
    String prefix = Integer.toHexString(text.hashCode()) + ":";
    return new Block(
        List.of(text),
        new TreeSet<>(),
        input.columns().stream().map(column -> prefix + column).toList());
  }
}
