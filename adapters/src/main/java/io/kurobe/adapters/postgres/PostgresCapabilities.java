package io.kurobe.adapters.postgres;

import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.Capabilities.Operation;
import io.kurobe.adapters.source.CollateOperator;
import io.kurobe.adapters.source.FunctionRule;
import io.kurobe.adapters.source.FunctionRules;
import io.kurobe.adapters.source.FunctionTable;
import io.kurobe.adapters.source.FunctionUse;
import io.kurobe.adapters.source.TextOrder;
import io.kurobe.adapters.source.Types;
import io.kurobe.adapters.source.Verdict;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What PostgreSQL does with our meaning (docs/semantics.md), and why not, where it nearly does. */
final class PostgresCapabilities {
  private static final Set<String> UNITS_OF_EQUAL_LENGTH =
      Set.of("SECOND", "MINUTE", "HOUR", "DAY", "WEEK");

  private static final FunctionRule EXACT =
      FunctionRule.where(use -> use.all(Types::isExact), "of a DOUBLE or REAL is not there");

  private static final FunctionRule FRACTION =
      FunctionRule.where(
          use -> use.all(type -> Types.isDecimal(type) || Types.isDouble(type)),
          "of an integer is a DOUBLE there");

  private static final FunctionRule DECIMAL =
      FunctionRule.where(
          use -> Types.isDecimal(use.operands().get(0).type()),
          "rounds a DOUBLE half to even there, and makes one of an integer");

  private static final FunctionRule DIVISION =
      FunctionRule.where(
          use -> !Types.isDecimal(use.type()), "of decimals has another scale there");

  private static final FunctionRule ORDERED =
      FunctionRule.where(
          use ->
              use.all(
                  type ->
                      Types.isExact(type) || Types.isText(type) || Types.isDateOrTimestamp(type)),
          "of such types may differ there");

  private static final FunctionRule DIFFERENCE =
      FunctionRule.where(
          use ->
              UNITS_OF_EQUAL_LENGTH.contains(String.valueOf(use.operands().get(0).value()))
                  && !use.any(Types::isInstant),
          "has no such unit there");

  private static final FunctionRule NOT_EMPTY =
      FunctionRule.where(
          use -> use.operands().get(1).value() instanceof String searched && !searched.isEmpty(),
          "of what may be an empty text differs there");

  /** NTILE, LAG and LEAD: the count there is an INTEGER, and a default must be of the type. */
  private static final FunctionRule COUNTED =
      FunctionRule.where(use -> use.operands().size() <= 2, "with a default may differ there")
          .and(
              use ->
                  FunctionRules.wholeNumber(
                          use.name().equals("NTILE") ? 0 : 1, 0, "counts by a constant there")
                      .check(use));

  private static final FunctionRule COUNT = FunctionRules.PLAIN_AGGREGATE;
  private static final FunctionRule SUM = COUNT.and(FunctionRules.SUM);

  static final Capabilities CAPABILITIES =
      new Capabilities(
          EnumSet.complementOf(EnumSet.of(Operation.UNEQUAL_FULL_JOIN, Operation.VALUES)),
          functions(),
          new TextOrder.Collated(new CollateOperator("\"C\""), new CollateOperator("\"default\"")));

  private PostgresCapabilities() {}

  private static Map<String, FunctionRule> functions() {
    return FunctionTable.ofLogic()
        .same("+ - * || CHAR_LENGTH CHARACTER_LENGTH SUBSTRING POSITION TRIM EXTRACT")
        .with(DIVISION, "/")
        .with(EXACT, "MOD %")
        .with(FunctionRules.CAST, "CAST")
        .with(FunctionRules.LIKE, "LIKE")
        .named("NOT LIKE", FunctionRules.LIKE)
        .same("ABS")
        .with(FunctionRules.FLOOR, "FLOOR")
        .with(FRACTION.and(PostgresCapabilities::ofOneOperand), "CEIL CEILING")
        .with(
            DECIMAL.and(FunctionRules.wholeNumber(1, 0, "is given digits that may differ")),
            "ROUND")
        .with(DECIMAL, "SIGN")
        .with(ORDERED, "GREATEST LEAST")
        .with(DIFFERENCE, "TIMESTAMPDIFF")
        .with(NOT_EMPTY, "REPLACE")
        .with(FunctionRules.wholeNumber(1, 0, "counts by a constant there"), "LEFT RIGHT")
        .with(FunctionRules.UNPADDED_TEXT, "SHA256")
        .with(COUNT, "COUNT")
        .with(SUM, "SUM $SUM0 AVG")
        .with(COUNT.and(FunctionRules.EXTREME), "MIN MAX")
        .same("GROUPING ROW_NUMBER RANK DENSE_RANK PERCENT_RANK CUME_DIST")
        .with(COUNTED, "NTILE LAG LEAD")
        .same("FIRST_VALUE LAST_VALUE")
        .with(FunctionRule.never("folds case by the database's locale"), "UPPER LOWER ILIKE")
        .named("NOT ILIKE", FunctionRule.never("folds case by the database's locale"))
        .with(
            FunctionRule.never("has other last digits there"),
            "POWER SQRT EXP LN LOG10 STDDEV STDDEV_POP STDDEV_SAMP VARIANCE VAR_POP VAR_SAMP")
        .rules();
  }

  private static Verdict ofOneOperand(FunctionUse use) {
    return FunctionRule.where(one -> one.operands().size() == 1, "to a unit is not there")
        .check(use);
  }
}
