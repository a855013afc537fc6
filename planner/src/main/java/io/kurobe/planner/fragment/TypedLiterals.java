package io.kurobe.planner.fragment;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Writes the type of each NULL that a function is given, of each REAL, and of each date that is cut
 * to a unit. A tree knows it and its text does not; a database then finds no function, or more than
 * one, or another number, or makes a timestamp of a date.
 */
final class TypedLiterals extends RexShuttle {
  private static final Set<SqlKind> OF_ANY_TYPE =
      EnumSet.of(
          SqlKind.LAG, SqlKind.LEAD, SqlKind.FIRST_VALUE, SqlKind.LAST_VALUE, SqlKind.NTH_VALUE);

  private final RexBuilder builder;

  private TypedLiterals(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode in(RelNode tree) {
    var literals = new TypedLiterals(tree.getCluster().getRexBuilder());
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(literals);
          }
        });
  }

  /** A REAL is written as one: a number with an exponent is a DOUBLE. */
  @Override
  public RexNode visitLiteral(RexLiteral literal) {
    if (literal.getType().getSqlTypeName() != SqlTypeName.REAL || literal.isNull()) {
      return literal;
    }
    RelDataType wide = builder.getTypeFactory().createSqlType(SqlTypeName.DOUBLE);
    return builder.makeAbstractCast(
        SqlParserPos.ZERO,
        literal.getType(),
        builder.makeLiteral(literal.getValueAs(Double.class), wide, false),
        false);
  }

  /** A window function of any type, such as LAG, takes neither text nor NULL without a type. */
  @Override
  public RexNode visitOver(RexOver original) {
    RexNode visited = super.visitOver(original);
    if (!(visited instanceof RexOver over) || !OF_ANY_TYPE.contains(over.getOperator().getKind())) {
      return visited;
    }
    List<RexNode> operands =
        over.getOperands().stream().map(operand -> typed(over, operand)).toList();
    return operands.equals(over.getOperands())
        ? over
        : builder.makeOver(
            over.getType(),
            over.getAggOperator(),
            operands,
            over.getWindow().partitionKeys,
            over.getWindow().orderKeys,
            over.getWindow().getLowerBound(),
            over.getWindow().getUpperBound(),
            over.getWindow().getExclude(),
            over.getWindow().isRows(),
            true,
            false,
            over.isDistinct(),
            over.ignoreNulls());
  }

  private RexNode typed(RexOver over, RexNode operand) {
    if (!(operand instanceof RexLiteral literal)) {
      return operand;
    }
    if (SqlTypeUtil.inCharFamily(literal.getType())) {
      return builder.makeAbstractCast(SqlParserPos.ZERO, text(literal.getType()), literal, false);
    }
    if (!literal.isNull()) {
      return literal;
    }
    boolean untyped = literal.getType().getSqlTypeName() == SqlTypeName.NULL;
    RelDataType type = untyped ? over.getType() : literal.getType();
    return builder.makeAbstractCast(SqlParserPos.ZERO, type, literal, false);
  }

  @Override
  public RexNode visitCall(RexCall original) {
    RexNode visited = super.visitCall(original);
    if (!(visited instanceof RexCall call) || call.getKind() == SqlKind.CAST) {
      return visited;
    }
    List<RexNode> operands =
        call.getOperands().stream().map(operand -> typed(call, operand)).toList();
    RexNode typed =
        operands.equals(call.getOperands()) ? call : call.clone(call.getType(), operands);
    return isCutDate(call)
        ? builder.makeAbstractCast(SqlParserPos.ZERO, call.getType(), typed, false)
        : typed;
  }

  private static boolean isCutDate(RexCall call) {
    boolean cut = call.getKind() == SqlKind.FLOOR || call.getKind() == SqlKind.CEIL;
    return cut
        && call.getOperands().size() == 2
        && call.getType().getSqlTypeName() == SqlTypeName.DATE;
  }

  private RexNode typed(RexCall call, RexNode operand) {
    if (!(operand instanceof RexLiteral literal) || !literal.isNull()) {
      return operand;
    }
    // What is concatenated with a NULL of no type has the type of the whole.
    boolean untyped = literal.getType().getSqlTypeName() == SqlTypeName.NULL;
    RelDataType type =
        untyped && call.getOperator() == SqlStdOperatorTable.CONCAT
            ? call.getType()
            : literal.getType().getSqlTypeName() == SqlTypeName.CHAR && !holdsPadded(call)
                ? text(literal.getType())
                : literal.getType();
    return type.getSqlTypeName() == SqlTypeName.NULL || type.getSqlTypeName() == SqlTypeName.SYMBOL
        ? operand
        : builder.makeAbstractCast(SqlParserPos.ZERO, type, literal, false);
  }

  /** Constants are of type CHAR here and plain text there, where a CHAR loses its blanks. */
  private RelDataType text(RelDataType ofConstant) {
    return builder
        .getTypeFactory()
        .createTypeWithNullability(
            builder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), ofConstant.isNullable());
  }

  /** Whether text that is padded there, of a column or a cast, is in an expression. */
  static boolean holdsPadded(RexNode value) {
    boolean isPadded =
        value.getType().getSqlTypeName() == SqlTypeName.CHAR
            && (value instanceof RexInputRef || value.isA(SqlKind.CAST));
    return isPadded
        || value instanceof RexCall call
            && call.getOperands().stream().anyMatch(TypedLiterals::holdsPadded);
  }
}
