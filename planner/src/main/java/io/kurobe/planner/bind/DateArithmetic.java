package io.kurobe.planner.bind;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * PostgreSQL's arithmetic of dates: a date and a number of days, and the days between two dates.
 * The standard has intervals alone.
 */
final class DateArithmetic {
  static final SqlOperator DATE_PLUS_DAYS = operator("DATE_PLUS_DAYS", ReturnTypes.ARG0_NULLABLE);
  static final SqlOperator DAYS_PLUS_DATE = operator("DAYS_PLUS_DATE", ReturnTypes.ARG1_NULLABLE);
  static final SqlOperator DATE_MINUS_DAYS = operator("DATE_MINUS_DAYS", ReturnTypes.ARG0_NULLABLE);
  static final SqlOperator DAYS_BETWEEN = operator("DAYS_BETWEEN", ReturnTypes.INTEGER_NULLABLE);

  private static final BigDecimal DAY_IN_MILLISECONDS = new BigDecimal(86_400_000);

  private DateArithmetic() {}

  private static SqlOperator operator(String name, SqlReturnTypeInference type) {
    return new Chosen(name, type);
  }

  /** An operator that is chosen by its operands, and that no name finds. */
  private static final class Chosen extends SqlSpecialOperator {
    Chosen(String name, SqlReturnTypeInference type) {
      super(name, SqlKind.OTHER_FUNCTION, MDX_PRECEDENCE, true, type, null, OperandTypes.ANY_ANY);
    }

    @Override
    public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
      SqlUtil.unparseFunctionSyntax(this, writer, call, false);
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
      call.getOperandList().forEach(operand -> validator.deriveType(scope, operand));
      return validateOperands(validator, scope, call);
    }
  }

  /** The operator that a sum or difference of two types is; none if the standard has it. */
  static Optional<SqlOperator> of(SqlBasicCall call, RelDataType left, RelDataType right) {
    boolean minus = call.getKind() == SqlKind.MINUS;
    if (isDate(left) && SqlTypeUtil.isIntType(right)) {
      return Optional.of(minus ? DATE_MINUS_DAYS : DATE_PLUS_DAYS);
    }
    if (!minus && isDate(right) && SqlTypeUtil.isIntType(left)) {
      return Optional.of(DAYS_PLUS_DATE);
    }
    if (minus && isDate(left) && isDate(right)) {
      return Optional.of(DAYS_BETWEEN);
    }
    if (minus && isTime(left) && isTime(right)) {
      throw new KurobeException(ErrorCode.NOT_SUPPORTED, "a time less another is not supported")
          .at(TableNames.position(call.getParserPosition()))
          .withHint("TIMESTAMPDIFF(SECOND, a, b) counts the whole seconds from a to b");
    }
    return Optional.empty();
  }

  private static boolean isDate(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DATE;
  }

  private static boolean isTime(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> true;
      default -> false;
    };
  }

  /** A date and a number of days, which are taken away or added. */
  static RexNode moved(RexBuilder builder, RexNode date, RexNode days, boolean back) {
    var day = new SqlIntervalQualifier(TimeUnit.DAY, null, SqlParserPos.ZERO);
    RexNode span =
        builder.makeCall(
            SqlStdOperatorTable.MULTIPLY,
            builder.makeIntervalLiteral(DAY_IN_MILLISECONDS, day),
            back ? builder.makeCall(SqlStdOperatorTable.UNARY_MINUS, days) : days);
    return builder.makeCall(SqlStdOperatorTable.DATETIME_PLUS, date, span);
  }
}
