package io.kurobe.planner.optimize;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Writes intervals of weeks in days and of quarters in months. Calcite keeps their value in days
 * and months but writes the unit they were given in, and so adds seven weeks for one.
 */
final class IntervalUnits extends RexShuttle {
  private final RexBuilder builder;

  private IntervalUnits(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode normalize(RelNode tree) {
    var units = new IntervalUnits(tree.getCluster().getRexBuilder());
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other).accept(units);
          }
        });
  }

  @Override
  public RexNode visitLiteral(RexLiteral literal) {
    SqlIntervalQualifier qualifier = literal.getType().getIntervalQualifier();
    if (qualifier == null || literal.isNull()) {
      return literal;
    }
    BigDecimal value = requireNonNull(literal.getValueAs(BigDecimal.class));
    return switch (qualifier.getStartUnit()) {
      case WEEK -> in(TimeUnit.DAY, value);
      case QUARTER -> in(TimeUnit.MONTH, value);
      default -> literal;
    };
  }

  private RexNode in(TimeUnit unit, BigDecimal value) {
    return builder.makeIntervalLiteral(
        value, new SqlIntervalQualifier(unit, null, SqlParserPos.ZERO));
  }
}
