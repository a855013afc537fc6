package io.kurobe.planner.cost;

import io.kurobe.adapters.source.TableStatistics;
import io.kurobe.adapters.source.TableStatistics.ColumnStatistics;
import io.kurobe.planner.bind.GuardedScan;
import io.kurobe.planner.bind.SourceTable;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Estimates relations of one plan from the leaves up, each once. Statistics that lie or are missing
 * make a plan slower, never wrong. One thread uses it.
 */
public final class Estimator {
  /** Rows of a table of which nothing is known: enough to be careful with it. */
  private static final double UNKNOWN_ROWS = 100_000;

  private static final double UNKNOWN_DISTINCT = 0.1;

  private final Function<TableName, Optional<TableStatistics>> statistics;
  private final Map<RelNode, Estimate> known = new IdentityHashMap<>();

  public Estimator(Function<TableName, Optional<TableStatistics>> statistics) {
    this.statistics = statistics;
  }

  /** States what a node is, such as the scan of a relation that was staged. */
  public void state(RelNode node, Estimate estimate) {
    known.put(node, estimate);
  }

  /** How large a relation is. */
  public Estimate of(RelNode node) {
    Estimate estimate = known.get(node);
    if (estimate == null) {
      estimate = estimate(node);
      known.put(node, estimate);
    }
    return estimate;
  }

  private Estimate estimate(RelNode node) {
    if (node instanceof GuardedScan scan && scan.filter().isPresent()) {
      return left(table(scan), node, scan.filter().get());
    }
    if (node instanceof TableScan scan) {
      return table(scan);
    }
    if (node instanceof Filter filter) {
      return left(of(filter.getInput()), node, filter.getCondition());
    }
    if (node instanceof Project project) {
      Estimate input = of(project.getInput());
      return input.withColumns(
          project.getProjects().stream().map(value -> value(input, value)).toList());
    }
    if (node instanceof Join join) {
      return join(join);
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    }
    if (node instanceof Sort sort) {
      Estimate input = of(sort.getInput());
      return sort.fetch instanceof RexLiteral most
          ? input.withRows(Math.min(input.rows(), number(most)))
          : input;
    }
    if (node instanceof Values values) {
      return guess(node, values.getTuples().size(), true);
    }
    List<Estimate> inputs = node.getInputs().stream().map(this::of).toList();
    if (inputs.isEmpty()) {
      return guess(node, UNKNOWN_ROWS, false);
    }
    double rows =
        node instanceof Union
            ? inputs.stream().mapToDouble(Estimate::rows).sum()
            : node instanceof Intersect || node instanceof Minus
                ? inputs.get(0).rows()
                : inputs.stream().mapToDouble(Estimate::rows).max().orElse(UNKNOWN_ROWS);
    boolean sure = inputs.stream().allMatch(Estimate::known);
    return inputs.get(0).columns().size() == node.getRowType().getFieldCount()
        ? new Estimate(rows, sure, inputs.get(0).columns())
        : guess(node, rows, sure);
  }

  private static Estimate left(Estimate input, RelNode node, RexNode condition) {
    double left = new Selectivity(input, node.getCluster().getRexBuilder()).of(condition);
    return input.withRows(input.rows() * left);
  }

  /** The table's name in the catalog, wherever it is read. */
  static Optional<TableName> name(TableScan scan) {
    SourceTable table = scan.getTable().unwrap(SourceTable.class);
    if (table != null) {
      return Optional.of(table.name());
    }
    List<String> name = scan.getTable().getQualifiedName();
    return name.size() == 3
        ? Optional.of(new TableName(name.get(0), name.get(1), name.get(2)))
        : Optional.empty();
  }

  /** A whole table, of which a row filter or a condition may leave less. */
  Estimate table(TableScan scan) {
    Optional<TableStatistics> told = name(scan).flatMap(statistics);
    double rows = told.map(TableStatistics::rowCount).orElse(UNKNOWN_ROWS);
    List<Estimate.Column> columns = new ArrayList<>();
    for (RelDataTypeField field : scan.getRowType().getFieldList()) {
      boolean unique = scan.getTable().isKey(ImmutableBitSet.of(field.getIndex()));
      Optional<ColumnStatistics> column =
          told.map(TableStatistics::columns)
              .flatMap(all -> Optional.ofNullable(all.get(field.getName())));
      double distinct =
          unique
              ? rows
              : column
                  .map(of -> of.distinctValues().orElse(rows * UNKNOWN_DISTINCT))
                  .orElse(rows * UNKNOWN_DISTINCT);
      columns.add(
          new Estimate.Column(
              Math.max(1, Math.min(distinct, Math.max(rows, 1))),
              column.map(of -> of.nullFraction().orElse(0)).orElse(0.0),
              column
                  .map(of -> of.averageBytes().orElse(Widths.of(field.getType())))
                  .orElse(Widths.of(field.getType())),
              column.flatMap(ColumnStatistics::range)));
    }
    return new Estimate(rows, told.isPresent(), columns);
  }

  private static Estimate guess(RelNode node, double rows, boolean known) {
    return new Estimate(
        rows,
        known,
        node.getRowType().getFieldList().stream()
            .map(
                field ->
                    new Estimate.Column(
                        Math.max(1, rows * UNKNOWN_DISTINCT),
                        0,
                        Widths.of(field.getType()),
                        Optional.empty()))
            .toList());
  }

  private static Estimate.Column value(Estimate input, RexNode value) {
    if (value instanceof RexInputRef reference) {
      return input.columns().get(reference.getIndex());
    }
    if (value instanceof RexLiteral) {
      return new Estimate.Column(1, 0, Widths.of(value.getType()), Optional.empty());
    }
    double distinct =
        value instanceof RexCall call
            ? call.getOperands().stream()
                .mapToDouble(operand -> value(input, operand).distinct())
                .reduce(1, (one, other) -> Math.min(one * other, Math.max(input.rows(), 1)))
            : input.rows();
    return new Estimate.Column(
        Math.max(distinct, 1), 0, Widths.of(value.getType()), Optional.empty());
  }

  private Estimate join(Join join) {
    Estimate left = of(join.getLeft());
    Estimate right = of(join.getRight());
    JoinInfo keys = join.analyzeCondition();
    double matched = left.rows() * right.rows() * keys(keys, left, right);
    if (!keys.isEqui()) {
      matched *=
          new Selectivity(both(left, right, matched), join.getCluster().getRexBuilder())
              .of(keys.getRemaining(join.getCluster().getRexBuilder()));
    }
    return switch (join.getJoinType()) {
      case SEMI -> left.withRows(Math.min(left.rows(), left.rows() * kept(keys, left, right)));
      case ANTI -> left.withRows(left.rows() * Math.max(0.1, 1 - kept(keys, left, right)));
      case INNER -> both(left, right, matched);
      case LEFT -> both(left, right, Math.max(matched, left.rows()));
      case RIGHT -> both(left, right, Math.max(matched, right.rows()));
      default -> guessedWidth(join, Math.max(matched, left.rows() + right.rows()), left, right);
    };
  }

  private static Estimate guessedWidth(Join join, double rows, Estimate left, Estimate right) {
    Estimate both = both(left, right, rows);
    return both.columns().size() == join.getRowType().getFieldCount()
        ? both
        : guess(join, rows, both.known());
  }

  /**
   * Keys of several columns depend on each other: each further one counts less, and there are no
   * more of them than rows.
   */
  private static double keys(JoinInfo keys, Estimate left, Estimate right) {
    List<Double> each = new ArrayList<>();
    double onLeft = 1;
    double onRight = 1;
    for (int i = 0; i < keys.leftKeys.size(); i++) {
      Estimate.Column one = left.columns().get(keys.leftKeys.get(i));
      Estimate.Column other = right.columns().get(keys.rightKeys.get(i));
      each.add(
          (1 - one.nullFraction())
              * (1 - other.nullFraction())
              / Math.max(one.distinct(), other.distinct()));
      onLeft *= one.distinct();
      onRight *= other.distinct();
    }
    double most = Math.max(Math.min(onLeft, left.rows()), Math.min(onRight, right.rows()));
    each.sort(null);
    double product = 1;
    double weight = 1;
    for (double selectivity : each) {
      product *= Math.pow(selectivity, weight);
      weight /= 2;
    }
    return each.size() > 1 ? Math.max(product, 1 / Math.max(most, 1)) : product;
  }

  private static double kept(JoinInfo keys, Estimate left, Estimate right) {
    double kept = keys.leftKeys.isEmpty() ? 0.5 : 1;
    for (int i = 0; i < keys.leftKeys.size(); i++) {
      Estimate.Column one = left.columns().get(keys.leftKeys.get(i));
      Estimate.Column other = right.columns().get(keys.rightKeys.get(i));
      kept = Math.min(kept, Math.min(1, other.distinct() / one.distinct()));
    }
    return right.rows() < 1 ? right.rows() : kept;
  }

  private static Estimate both(Estimate left, Estimate right, double rows) {
    List<Estimate.Column> columns = new ArrayList<>(left.columns());
    columns.addAll(right.columns());
    return new Estimate(rows, left.known() && right.known(), columns).withRows(rows);
  }

  private Estimate aggregate(Aggregate aggregate) {
    Estimate input = of(aggregate.getInput());
    double groups = 1;
    List<Estimate.Column> columns = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      Estimate.Column column = input.columns().get(key);
      groups = Math.min(groups * column.distinct(), Math.max(input.rows(), 1));
      columns.add(column);
    }
    double rows = groups * aggregate.getGroupSets().size();
    for (RelDataTypeField field :
        aggregate
            .getRowType()
            .getFieldList()
            .subList(columns.size(), aggregate.getRowType().getFieldCount())) {
      columns.add(
          new Estimate.Column(Math.max(rows, 1), 0, Widths.of(field.getType()), Optional.empty()));
    }
    return new Estimate(rows, input.known(), columns);
  }

  private static double number(RexLiteral literal) {
    java.math.BigDecimal value =
        literal.getKind() == SqlKind.LITERAL
            ? literal.getValueAs(java.math.BigDecimal.class)
            : null;
    return value == null ? Double.MAX_VALUE : value.doubleValue();
  }
}
