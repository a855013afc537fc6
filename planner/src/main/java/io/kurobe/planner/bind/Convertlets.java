package io.kurobe.planner.bind;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
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
    return StandardConvertletTable.INSTANCE.get(call);
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
    RexBuilder builder = context.getRexBuilder();
    RelDataTypeFactory factory = context.getTypeFactory();
    SqlIntervalQualifier qualifier = call.operand(0);
    RexNode from = context.convertExpression(call.operand(1));
    RexNode to = context.convertExpression(call.operand(2));
    SqlTypeName common =
        isInstant(from) || isInstant(to)
            ? SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
            : SqlTypeName.TIMESTAMP;
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    return builder.makeCall(
        type,
        SqlStdOperatorTable.TIMESTAMP_DIFF,
        List.of(
            builder.makeLiteral(qualifier.getUnit().name()),
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
