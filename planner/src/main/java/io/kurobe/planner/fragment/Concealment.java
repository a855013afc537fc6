package io.kurobe.planner.fragment;

import io.kurobe.planner.authorize.Concealed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Leaves out of a statement that is shown what its reader may not know. It is never run. */
record Concealment(Concealed concealed) {
  private static final String OF_OTHERS = "(not shown: it reads with the rights of others)";

  private static final SqlFunction ROW_FILTER =
      new SqlFunction(
          "ROW_FILTER",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.BOOLEAN,
          null,
          OperandTypes.NILADIC,
          SqlFunctionCategory.SYSTEM) {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int left, int right) {
          writer.print("(row filter)");
          writer.setNeedWhitespace(true);
        }
      };

  /** A statement made of a tree, or of one that can be shown. */
  String shown(RelNode tree, Function<RelNode, String> statement) {
    if (concealed.all()) {
      return OF_OTHERS;
    }
    return statement.apply(concealed.filters() ? tree.accept(new WithoutFilters()) : tree);
  }

  /** A statement with a question mark for each constant that is a mask's. */
  SqlNode shown(SqlNode statement) {
    if (concealed.constants().isEmpty()) {
      return statement;
    }
    SqlNode shown =
        statement.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlLiteral literal) {
                return isConcealed(literal)
                    ? new SqlDynamicParam(0, literal.getParserPosition())
                    : literal;
              }
            });
    return shown == null ? statement : shown;
  }

  private boolean isConcealed(SqlLiteral literal) {
    return switch (literal.getTypeName()) {
      case CHAR -> concealed.constants().contains(literal.getValueAs(String.class));
      case DECIMAL, DOUBLE, BIGINT, INTEGER ->
          concealed.constants().stream()
              .anyMatch(
                  constant ->
                      constant instanceof BigDecimal number
                          && number.compareTo(literal.getValueAs(BigDecimal.class)) == 0);
      default -> false;
    };
  }

  private static final class WithoutFilters extends RelHomogeneousShuttle {
    @Override
    public RelNode visit(RelNode other) {
      RelNode visited = super.visit(other);
      if (!(visited instanceof GuardFilter guard)) {
        return visited;
      }
      var builder = guard.getCluster().getRexBuilder();
      List<RexNode> shown = new ArrayList<>();
      shown.add(builder.makeCall(ROW_FILTER));
      shown.addAll(guard.conditions());
      return LogicalFilter.create(
          guard.getInput(), RexUtil.composeConjunction(builder, shown, false));
    }
  }
}
