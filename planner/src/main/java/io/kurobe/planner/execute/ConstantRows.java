package io.kurobe.planner.execute;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.fragment.FragmentPlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a plan that has them in it: no row, or one of plain literals, as in {@code SELECT 1}
 * by which pools and tools look whether somebody is there. What would have to be computed or
 * brought to another type is the engine's, which knows how.
 */
public final class ConstantRows {
  private ConstantRows() {}

  /**
   * The rows, with values as {@link LocalRows} takes them; empty if something is to be done.
   *
   * @param plan with every parameter in place
   * @param columns the first columns of the plan's rows
   */
  public static Optional<List<List<@Nullable Object>>> of(
      FragmentPlan plan, List<SqlType.Field> columns) {
    if (!(plan instanceof FragmentPlan.AtEngine at)
        || !at.staged().isEmpty()
        || !at.attached().isEmpty()
        || !at.computed().isEmpty()) {
      return Optional.empty();
    }
    return literals(at.tree()).flatMap(rows -> values(rows, columns));
  }

  private static Optional<List<? extends List<? extends RexNode>>> literals(RelNode tree) {
    if (tree instanceof Values values && values.getTuples().size() <= 1) {
      return Optional.of(values.getTuples());
    }
    if (tree instanceof Project project
        && project.getInput() instanceof Values values
        && values.getTuples().size() <= 1) {
      return Optional.of(values.getTuples().isEmpty() ? List.of() : List.of(project.getProjects()));
    }
    return Optional.empty();
  }

  private static Optional<List<List<@Nullable Object>>> values(
      List<? extends List<? extends RexNode>> rows, List<SqlType.Field> columns) {
    List<List<@Nullable Object>> all = new ArrayList<>();
    for (List<? extends RexNode> row : rows) {
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        if (!(row.get(i) instanceof RexLiteral literal)
            || !isOf(literal.getType(), columns.get(i).type())
            || literal.isNull()) {
          return Optional.empty();
        }
        values.add(value(literal));
      }
      all.add(values);
    }
    return all.isEmpty() && !columns.stream().allMatch(ConstantRows::isLocal)
        ? Optional.empty()
        : Optional.of(all);
  }

  private static boolean isLocal(SqlType.Field column) {
    return switch (column.type().kind()) {
      case BOOLEAN, SMALLINT, INTEGER, BIGINT, DOUBLE, VARCHAR -> true;
      default -> false;
    };
  }

  /** Whether a literal's value is one of a column's type as it stands. */
  private static boolean isOf(RelDataType literal, SqlType column) {
    SqlTypeName type = literal.getSqlTypeName();
    return switch (column.kind()) {
      case BOOLEAN -> type == SqlTypeName.BOOLEAN;
      case SMALLINT -> type == SqlTypeName.SMALLINT;
      case INTEGER -> type == SqlTypeName.INTEGER;
      case BIGINT -> type == SqlTypeName.BIGINT;
      case VARCHAR -> type == SqlTypeName.CHAR || type == SqlTypeName.VARCHAR;
      default -> false;
    };
  }

  private static @Nullable Object value(RexLiteral literal) {
    return switch (literal.getType().getSqlTypeName()) {
      case BOOLEAN -> literal.getValueAs(Boolean.class);
      case SMALLINT, INTEGER, BIGINT -> literal.getValueAs(BigDecimal.class);
      default -> literal.getValueAs(String.class);
    };
  }
}
