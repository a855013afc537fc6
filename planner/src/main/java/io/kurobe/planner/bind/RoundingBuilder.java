package io.kurobe.planner.bind;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Builds expressions as Calcite does, but leaves the cast of a literal time to fewer digits to what
 * runs the plan: Calcite cuts what Kurobe rounds.
 */
final class RoundingBuilder extends RexBuilder {
  RoundingBuilder(RelDataTypeFactory typeFactory) {
    super(typeFactory);
  }

  @Override
  public RexNode makeCast(
      SqlParserPos pos,
      RelDataType type,
      RexNode value,
      boolean matchNullability,
      boolean safe,
      RexLiteral format) {
    return value instanceof RexLiteral && isCut(value.getType(), type)
        ? makeAbstractCast(pos, type, value, safe, format)
        : super.makeCast(pos, type, value, matchNullability, safe, format);
  }

  /**
   * A CHAR is searched in a list of texts by its own equality: as a value of the list's type, the
   * blanks at its end would count.
   */
  @Override
  public RexNode makeIn(RexNode searched, List<? extends RexNode> values) {
    boolean isPadded =
        isChar(searched)
            && !(searched instanceof RexLiteral)
            && values.stream().allMatch(RoundingBuilder::isChar);
    return isPadded
        ? RexUtil.composeDisjunction(
            this,
            values.stream()
                .map(value -> makeCall(SqlStdOperatorTable.EQUALS, searched, value))
                .toList())
        : super.makeIn(searched, values);
  }

  private static boolean isChar(RexNode value) {
    return value.getType().getSqlTypeName() == SqlTypeName.CHAR;
  }

  private static boolean isCut(RelDataType from, RelDataType to) {
    return SqlTypeUtil.isDatetime(from)
        && SqlTypeUtil.isDatetime(to)
        && from.getSqlTypeName() != SqlTypeName.DATE
        && to.getSqlTypeName() != SqlTypeName.DATE
        && to.getPrecision() < from.getPrecision();
  }
}
