package io.kurobe.planner.cost;

import io.kurobe.planner.bind.GuardedScan;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes a plan probably has its sources read: of each table the columns that are used, and
 * all rows but those that a condition passes over which an index or a file's own statistics may
 * serve. A condition that looks into values, such as LIKE, saves no reading. It is shown to nobody,
 * as it knows of rows that who asks may not see. One thread uses it.
 */
public final class ScanCost {
  /** Of a row of which no column is used. */
  private static final double LEAST_BYTES = 1;

  private final Estimator estimator;
  private final Predicate<TableName> counted;

  /**
   * What stands above a node.
   *
   * @param used the columns that are used; empty means all
   * @param conditions hold of each row that is used
   * @param most rows that are used
   */
  private record Above(Optional<ImmutableBitSet> used, List<RexNode> conditions, double most) {
    static final Above ALL = new Above(Optional.empty(), List.of(), Double.POSITIVE_INFINITY);

    static Above using(ImmutableBitSet columns, double most) {
      return new Above(Optional.of(columns), List.of(), most);
    }
  }

  /**
   * Makes it.
   *
   * @param counted whether reading a table costs anything
   */
  public ScanCost(Estimator estimator, Predicate<TableName> counted) {
    this.estimator = estimator;
    this.counted = counted;
  }

  /** The bytes read for a relation. */
  public double of(RelNode node) {
    return of(node, Above.ALL);
  }

  private double of(RelNode node, Above above) {
    if (node instanceof TableScan scan) {
      return Estimator.name(scan).filter(counted).isPresent() ? scanned(scan, above) : 0;
    }
    if (node instanceof Project project) {
      ImmutableBitSet used = RelOptUtil.InputFinder.bits(project.getProjects(), null);
      List<RexNode> conditions = RelOptUtil.pushPastProject(above.conditions(), project);
      return of(project.getInput(), new Above(Optional.of(used), conditions, above.most()));
    }
    if (node instanceof Filter filter) {
      List<RexNode> conditions = new ArrayList<>(above.conditions());
      conditions.add(filter.getCondition());
      ImmutableBitSet used = RelOptUtil.InputFinder.bits(filter.getCondition());
      return of(
          filter.getInput(),
          new Above(above.used().map(used::union), conditions, Double.POSITIVE_INFINITY));
    }
    if (node instanceof Sort sort) {
      return of(sort.getInput(), below(sort, above));
    }
    if (node instanceof Aggregate aggregate) {
      ImmutableBitSet.Builder used = ImmutableBitSet.builder().addAll(aggregate.getGroupSet());
      for (AggregateCall call : aggregate.getAggCallList()) {
        used.addAll(call.getArgList());
        if (call.filterArg >= 0) {
          used.set(call.filterArg);
        }
      }
      return of(aggregate.getInput(), Above.using(used.build(), Double.POSITIVE_INFINITY));
    }
    return node.getInputs().stream().mapToDouble(input -> of(input, Above.ALL)).sum();
  }

  private static Above below(Sort sort, Above above) {
    ImmutableBitSet keys = ImmutableBitSet.of(sort.getCollation().getKeys());
    boolean ends = keys.isEmpty() && sort.fetch instanceof RexLiteral;
    double most = ends ? number(sort.fetch) + number(sort.offset) : Double.POSITIVE_INFINITY;
    return new Above(above.used().map(keys::union), List.of(), Math.min(most, above.most()));
  }

  private static double number(@Nullable RexNode number) {
    return number instanceof RexLiteral literal ? RexLiteral.intValue(literal) : 0;
  }

  private double scanned(TableScan scan, Above above) {
    RexBuilder builder = scan.getCluster().getRexBuilder();
    List<RexNode> conditions = new ArrayList<>(above.conditions());
    double most = above.most();
    if (scan instanceof GuardedScan guarded && guarded.filter().isPresent()) {
      conditions.add(guarded.filter().get());
      most = Double.POSITIVE_INFINITY;
    }
    Estimate table = estimator.table(scan);
    var selectivity = new Selectivity(table, builder);
    double rows = table.rows();
    for (RexNode condition : conditions) {
      for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
        rows *= passesOver(conjunct) ? selectivity.of(conjunct) : 1;
      }
    }
    double width = 0;
    for (int column = 0; column < table.columns().size(); column++) {
      if (above.used().isEmpty() || above.used().get().get(column)) {
        width += table.columns().get(column).bytes();
      }
    }
    return Math.min(rows, most) * Math.max(width, LEAST_BYTES);
  }

  private static boolean passesOver(RexNode condition) {
    if (!(condition instanceof RexCall call)) {
      return false;
    }
    return switch (call.getKind()) {
      case EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL, SEARCH ->
          isColumn(call, 0) && isConstant(call, 1) || isColumn(call, 1) && isConstant(call, 0);
      case IS_NULL -> isColumn(call, 0);
      default -> false;
    };
  }

  private static boolean isColumn(RexCall call, int operand) {
    return call.getOperands().get(operand) instanceof RexInputRef;
  }

  private static boolean isConstant(RexCall call, int operand) {
    return RexUtil.isConstant(call.getOperands().get(operand));
  }
}
