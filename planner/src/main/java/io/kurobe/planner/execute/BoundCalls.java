package io.kurobe.planner.execute;

import io.kurobe.adapters.type.Interval;
import io.kurobe.planner.fragment.ArrayComparison;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a call with a parameter of several values becomes once they are known: a comparison with ANY
 * or ALL of an array is one with a list, which every source has, and a time plus an interval of
 * months and days gets the months first, as in PostgreSQL.
 */
final class BoundCalls {
  private static final SqlIntervalQualifier MONTH =
      new SqlIntervalQualifier(TimeUnit.MONTH, null, SqlParserPos.ZERO);

  private final RexBuilder builder;

  BoundCalls(RexBuilder builder) {
    this.builder = builder;
  }

  /** Whether a call moves a time by a parameter. */
  static boolean isMoved(RexCall call) {
    RelDataType moved = call.getOperands().get(0).getType();
    return (call.getKind() == SqlKind.PLUS || call.getKind() == SqlKind.MINUS)
        && call.getOperands().size() == 2
        && SqlTypeUtil.isDatetime(moved)
        && moved.getSqlTypeName() != SqlTypeName.TIME
        && call.getOperands().get(1) instanceof RexDynamicParam interval
        && SqlTypeUtil.isInterval(interval.getType())
        && !interval.getType().getIntervalQualifier().isYearMonth();
  }

  /**
   * A comparison of a value with each element of an array.
   *
   * @param elements those of the array; null for NULL, which makes the comparison NULL
   */
  RexNode compared(RexCall call, RexNode value, @Nullable List<?> elements) {
    if (elements == null) {
      return builder.makeNullLiteral(call.getType());
    }
    RelDataTypeFactory factory = builder.getTypeFactory();
    RelDataType element =
        factory.createTypeWithNullability(ArrayComparison.elementType(call), false);
    List<RexNode> literals = new ArrayList<>();
    for (Object each : elements) {
      if (each != null) {
        literals.add(Literals.of(builder, each, element));
      }
    }
    boolean all = call.getKind() == SqlKind.ALL;
    SqlOperator operator = ArrayComparison.operator(call);
    List<RexNode> parts = new ArrayList<>();
    if (operator.getKind() == (all ? SqlKind.NOT_EQUALS : SqlKind.EQUALS) && !literals.isEmpty()) {
      RexNode in = builder.makeIn(value, literals);
      parts.add(all ? builder.makeCall(SqlStdOperatorTable.NOT, in) : in);
    } else {
      literals.forEach(literal -> parts.add(builder.makeCall(operator, value, literal)));
    }
    if (literals.size() < elements.size()) {
      RelDataType truth = factory.createSqlType(SqlTypeName.BOOLEAN);
      parts.add(builder.makeNullLiteral(factory.createTypeWithNullability(truth, true)));
    }
    RexNode whole =
        all
            ? RexUtil.composeConjunction(builder, parts)
            : RexUtil.composeDisjunction(builder, parts);
    return builder.ensureType(call.getType(), whole, true);
  }

  /**
   * A sum or difference of a time and an interval; what is nothing of it is left out. Of a date a
   * number is days.
   */
  RexNode moved(RexCall call, RexNode time, Object value, RelDataType type) {
    Interval interval =
        value instanceof Number days && time.getType().getSqlTypeName() == SqlTypeName.DATE
            ? new Interval(0, Duration.ofDays(new BigDecimal(days.toString()).longValueExact()))
            : (Interval) value;
    RexNode moved = time;
    if (interval.months() != 0) {
      RexNode months = builder.makeIntervalLiteral(BigDecimal.valueOf(interval.months()), MONTH);
      moved = builder.makeCall(call.getType(), call.getOperator(), List.of(moved, months));
    }
    if (!interval.time().isZero() || interval.months() == 0) {
      RexNode rest = Literals.of(builder, new Interval(0, interval.time()), type);
      moved = builder.makeCall(call.getType(), call.getOperator(), List.of(moved, rest));
    }
    return moved;
  }
}
