package io.kurobe.planner.bind;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/** How calls become expressions: as Calcite does it, but for those it takes apart. */
final class Convertlets {
  static final SqlRexConvertletTable TABLE = Convertlets::convertlet;

  private Convertlets() {}

  private static @Nullable SqlRexConvertlet convertlet(SqlCall call) {
    boolean ofTimes =
        call.getKind() == SqlKind.TIMESTAMP_DIFF || call.getKind() == SqlKind.TIMESTAMP_ADD;
    if (ofTimes && call.operand(0) instanceof SqlIntervalQualifier unit) {
      if (call.getKind() == SqlKind.TIMESTAMP_DIFF) {
        return Convertlets::difference;
      }
      refuseFine(unit);
    }
    if (call.getKind() == SqlKind.OVERLAPS) {
      return Overlaps::convert;
    }
    if (RowComparisons.matches(call)) {
      return RowComparisons::convert;
    }
    if (call.getKind() == SqlKind.EQUALS || call.getKind() == SqlKind.NOT_EQUALS) {
      return Convertlets::equality;
    }
    return dates(call).orElseGet(() -> StandardConvertletTable.INSTANCE.get(call));
  }

  /**
   * CHARs of several lengths are equal but for the blanks at their ends, and instants of whichever
   * kind are: Calcite would cast both to one type, of which the blanks count, and which sources do
   * not have.
   */
  private static RexNode equality(SqlRexContext context, SqlCall call) {
    boolean asTheyAre =
        allAre(context, call, type -> type.getSqlTypeName() == SqlTypeName.CHAR)
            || allAre(context, call, Convertlets::isInstant);
    return asTheyAre
        ? context
            .getRexBuilder()
            .makeCall(
                call.getOperator(),
                call.getOperandList().stream().map(context::convertExpression).toList())
        : StandardConvertletTable.INSTANCE.get(call).convertCall(context, call);
  }

  private static boolean allAre(SqlRexContext context, SqlCall call, Predicate<RelDataType> kind) {
    return call.getOperandList().stream()
        .map(operand -> context.getValidator().getValidatedNodeTypeIfKnown(operand))
        .allMatch(type -> type != null && kind.test(type));
  }

  private static boolean isInstant(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP_TZ
        || type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }

  private static Optional<SqlRexConvertlet> dates(SqlCall call) {
    if (call.getOperator() == DateArithmetic.DAYS_BETWEEN) {
      return Optional.of(
          (context, days) ->
              difference(context, days, TimeUnit.DAY, days.operand(1), days.operand(0)));
    }
    int date = call.getOperator() == DateArithmetic.DAYS_PLUS_DATE ? 1 : 0;
    boolean back = call.getOperator() == DateArithmetic.DATE_MINUS_DAYS;
    return date == 1 || back || call.getOperator() == DateArithmetic.DATE_PLUS_DAYS
        ? Optional.of(
            (context, sum) ->
                DateArithmetic.moved(
                    context.getRexBuilder(),
                    context.convertExpression(sum.operand(date)),
                    context.convertExpression(sum.operand(1 - date)),
                    back))
        : Optional.empty();
  }

  private static void refuseFine(SqlIntervalQualifier unit) {
    if (unit.getUnit() == TimeUnit.MICROSECOND || unit.getUnit() == TimeUnit.NANOSECOND) {
      throw new KurobeException(
              ErrorCode.NOT_SUPPORTED, "what is added to a time is not finer than a millisecond")
          .at(TableNames.position(unit.getParserPosition()));
    }
  }

  /**
   * TIMESTAMPDIFF stays a call of the unit's name and two values of one type. Calcite's arithmetic
   * on intervals of milliseconds loses microseconds, and no source knows it.
   */
  private static RexNode difference(SqlRexContext context, SqlCall call) {
    SqlIntervalQualifier qualifier = call.operand(0);
    return difference(context, call, qualifier.getUnit(), call.operand(1), call.operand(2));
  }

  private static RexNode difference(
      SqlRexContext context, SqlCall call, TimeUnit unit, SqlNode before, SqlNode after) {
    RexBuilder builder = context.getRexBuilder();
    RelDataTypeFactory factory = context.getTypeFactory();
    RexNode from = context.convertExpression(before);
    RexNode to = context.convertExpression(after);
    SqlTypeName common =
        isInstant(from) || isInstant(to)
            ? SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
            : SqlTypeName.TIMESTAMP;
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    return builder.makeCall(
        type,
        SqlStdOperatorTable.TIMESTAMP_DIFF,
        List.of(
            builder.makeLiteral(unit.name()),
            as(common, from, builder, factory),
            as(common, to, builder, factory)));
  }

  private static boolean isInstant(RexNode value) {
    return value.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }

  private static RexNode as(
      SqlTypeName wanted, RexNode value, RexBuilder builder, RelDataTypeFactory factory) {
    return value.getType().getSqlTypeName() == wanted
        ? value
        : builder.makeCast(factory.createSqlType(wanted), value, true);
  }
}
