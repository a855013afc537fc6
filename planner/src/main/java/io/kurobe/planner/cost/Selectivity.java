package io.kurobe.planner.cost;

import io.kurobe.adapters.source.TableStatistics.Range;
import io.kurobe.adapters.source.ValueAxis;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.Sarg;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * What part of a relation's rows a condition leaves, 0 to 1. Values are taken to be spread evenly
 * over their range, and conditions to know nothing of each other, as in Selinger et al., "Access
 * Path Selection in a Relational Database Management System" (1979).
 */
final class Selectivity {
  private static final double UNKNOWN = 0.33;
  private static final double LIKE = 0.1;

  private final Estimate input;
  private final RexBuilder builder;

  Selectivity(Estimate input, RexBuilder builder) {
    this.input = input;
    this.builder = builder;
  }

  double of(RexNode condition) {
    double product = 1;
    for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
      product *= single(conjunct);
    }
    return product;
  }

  private double single(RexNode condition) {
    if (condition.isAlwaysTrue()) {
      return 1;
    }
    if (condition.isAlwaysFalse()) {
      return 0;
    }
    if (!(condition instanceof RexCall call)) {
      return UNKNOWN;
    }
    List<RexNode> operands = call.getOperands();
    return switch (call.getKind()) {
      case OR -> {
        double none = 1;
        for (RexNode operand : operands) {
          none *= 1 - of(operand);
        }
        yield 1 - none;
      }
      case AND -> of(call);
      case NOT -> 1 - of(operands.get(0));
      case IS_NULL -> column(operands.get(0)).map(Estimate.Column::nullFraction).orElse(0.05);
      case IS_NOT_NULL ->
          1 - column(operands.get(0)).map(Estimate.Column::nullFraction).orElse(0.05);
      case LIKE -> LIKE;
      case EQUALS, IS_NOT_DISTINCT_FROM -> equality(operands.get(0), operands.get(1));
      case NOT_EQUALS, IS_DISTINCT_FROM -> 1 - equality(operands.get(0), operands.get(1));
      case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> range(call);
      case SEARCH -> search(call);
      default -> UNKNOWN;
    };
  }

  private double equality(RexNode left, RexNode right) {
    double most =
        Math.max(
            column(left).map(Estimate.Column::distinct).orElse(1.0),
            column(right).map(Estimate.Column::distinct).orElse(1.0));
    return most > 1 ? 1 / most : 0.1;
  }

  private double range(RexCall call) {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    boolean turned = column(left).isEmpty();
    Optional<Range> known = column(turned ? right : left).flatMap(Estimate.Column::range);
    OptionalDouble value = position(turned ? left : right);
    if (known.isEmpty() || value.isEmpty()) {
      return UNKNOWN;
    }
    double width = known.get().high() - known.get().low();
    double below =
        width <= 0
            ? (value.getAsDouble() >= known.get().low() ? 1 : 0)
            : Math.min(1, Math.max(0, (value.getAsDouble() - known.get().low()) / width));
    SqlKind kind = turned ? call.getKind().reverse() : call.getKind();
    boolean less = kind == SqlKind.LESS_THAN || kind == SqlKind.LESS_THAN_OR_EQUAL;
    return less ? below : 1 - below;
  }

  /** Ranges of one column overlap, and so know of each other: each is looked at by itself. */
  private double search(RexCall call) {
    Sarg<?> sarg = ((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class);
    Optional<Estimate.Column> column = column(call.getOperands().get(0));
    if (sarg == null || column.isEmpty()) {
      return UNKNOWN;
    }
    if (sarg.isPoints()) {
      return Math.min(1, sarg.pointCount / column.get().distinct());
    }
    if (sarg.isComplementedPoints()) {
      return Math.max(0, 1 - 1 / column.get().distinct());
    }
    RexNode expanded = RexUtil.expandSearch(builder, null, call);
    if (expanded.getKind() == SqlKind.AND) {
      double sum = 1 - ((RexCall) expanded).getOperands().size();
      for (RexNode bound : ((RexCall) expanded).getOperands()) {
        sum += single(bound);
      }
      return Math.max(sum, 1 / column.get().distinct());
    }
    return expanded.getKind() == SqlKind.SEARCH ? UNKNOWN : single(expanded);
  }

  private Optional<Estimate.Column> column(RexNode expression) {
    RexNode inner = expression;
    while (inner.getKind() == SqlKind.CAST) {
      inner = ((RexCall) inner).getOperands().get(0);
    }
    return inner instanceof RexInputRef reference && reference.getIndex() < input.columns().size()
        ? Optional.of(input.columns().get(reference.getIndex()))
        : Optional.empty();
  }

  private static OptionalDouble position(RexNode expression) {
    RexNode inner = expression;
    while (inner.getKind() == SqlKind.CAST) {
      inner = ((RexCall) inner).getOperands().get(0);
    }
    return inner instanceof RexLiteral literal && !literal.isNull()
        ? ValueAxis.position(text(literal))
        : OptionalDouble.empty();
  }

  private static @Nullable String text(RexLiteral literal) {
    return switch (literal.getTypeName()) {
      case DECIMAL, DOUBLE, REAL, FLOAT -> {
        BigDecimal value = literal.getValueAs(BigDecimal.class);
        yield value == null ? null : Double.toString(value.doubleValue());
      }
      case DATE -> String.valueOf(literal.getValueAs(DateString.class));
      case TIME -> String.valueOf(literal.getValueAs(TimeString.class));
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          String.valueOf(literal.getValueAs(TimestampString.class));
      default -> null;
    };
  }
}
