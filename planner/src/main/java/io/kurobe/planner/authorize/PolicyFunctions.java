package io.kurobe.planner.authorize;

import io.kurobe.planner.session.Principal;
import java.util.Locale;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.util.SqlOperatorTables;

/**
 * What a row filter or a mask may ask of whoever reads: {@code has_role('name')}, {@code
 * claim('name')}, and CURRENT_USER. The answers are put in as constants before anything is planned.
 */
final class PolicyFunctions extends RexShuttle {
  private static final SqlFunction HAS_ROLE =
      SqlBasicFunction.create("HAS_ROLE", ReturnTypes.BOOLEAN_NOT_NULL, OperandTypes.CHARACTER)
          .withFunctionType(SqlFunctionCategory.SYSTEM);

  private static final SqlFunction CLAIM =
      SqlBasicFunction.create("CLAIM", ReturnTypes.VARCHAR_FORCE_NULLABLE, OperandTypes.CHARACTER)
          .withFunctionType(SqlFunctionCategory.SYSTEM);

  static final SqlOperatorTable TABLE = SqlOperatorTables.of(HAS_ROLE, CLAIM);

  private final RexBuilder builder;
  private final Principal principal;

  /** Answers for one principal. */
  PolicyFunctions(RexBuilder builder, Principal principal) {
    this.builder = builder;
    this.principal = principal;
  }

  /** Whether a call asks something of whoever reads by a name. */
  static boolean asksByName(RexCall call) {
    return call.getOperator() == HAS_ROLE || call.getOperator() == CLAIM;
  }

  /** The name it asks by; fails if it is no constant. */
  private static String name(RexCall call) {
    return ((RexLiteral) call.getOperands().get(0)).getValueAs(String.class);
  }

  @Override
  public RexNode visitCall(RexCall call) {
    if (call.getOperator() == HAS_ROLE) {
      return builder.makeLiteral(principal.roles().contains(name(call)));
    }
    if (call.getOperator() == CLAIM) {
      String value = principal.claims().get(name(call));
      return value == null ? builder.makeNullLiteral(call.getType()) : builder.makeLiteral(value);
    }
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
      case "USER", "CURRENT_USER", "SESSION_USER", "SYSTEM_USER" ->
          builder.makeLiteral(principal.name());
      default -> super.visitCall(call);
    };
  }
}
