package io.kurobe.adapters.trino;

import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.Capabilities.Operation;
import io.kurobe.adapters.source.FunctionRule;
import io.kurobe.adapters.source.FunctionRules;
import io.kurobe.adapters.source.FunctionTable;
import io.kurobe.adapters.source.TextOrder;
import java.util.EnumSet;
import java.util.Map;

/**
 * What Trino does with our meaning, and why not, where it nearly does; it orders text by code
 * points, which is the order of its bytes.
 */
final class TrinoCapabilities {
  private static final FunctionRule COUNT = FunctionRules.PLAIN_AGGREGATE;

  static final Capabilities CAPABILITIES =
      new Capabilities(
          EnumSet.complementOf(
              EnumSet.of(
                  Operation.LONG_LIST_OF_INTEGERS,
                  Operation.UNEQUAL_FULL_JOIN,
                  Operation.VALUES,
                  Operation.FENCE,
                  Operation.FLOATING_SORT,
                  Operation.COMPOSED_SORT)),
          functions(),
          TextOrder.NATURAL);

  private TrinoCapabilities() {}

  private static Map<String, FunctionRule> functions() {
    return FunctionTable.ofLogic()
        .with(TrinoRules.BELOW_CONSTANT.and(TrinoRules.WHOLE), "= <> < <=")
        .with(TrinoRules.EXACT_ONLY.and(TrinoRules.WHOLE), "> >= BETWEEN IN NULLIF")
        .with(TrinoRules.SEARCH, "SEARCH")
        .same("+ - * ABS")
        .with(TrinoRules.UNPADDED, "|| POSITION TRIM")
        .with(FunctionRule.never("does not tell a division by zero there"), "MOD %")
        .with(FunctionRules.CAST, "CAST")
        .with(FunctionRules.LIKE, "LIKE")
        .named("NOT LIKE", FunctionRules.LIKE)
        .with(FunctionRules.FLOOR, "FLOOR")
        .with(FunctionRules.UNPADDED_TEXT, "SHA256")
        .with(COUNT, "COUNT")
        .with(COUNT.and(FunctionRules.SUM).and(TrinoRules.SUM), "SUM $SUM0")
        .with(COUNT.and(FunctionRules.EXTREME).and(TrinoRules.EXTREME), "MIN MAX")
        .same("ROW_NUMBER RANK DENSE_RANK")
        .with(FunctionRule.never("rounds decimals to the scale of its operands there"), "/ AVG")
        .with(FunctionRule.never("before the first character differs there"), "SUBSTRING")
        .with(TrinoRules.EXTRACT, "EXTRACT")
        .with(FunctionRule.never("counts the blanks of CHAR there"), "CHAR_LENGTH CHARACTER_LENGTH")
        .with(FunctionRule.never("folds case by another Unicode version there"), "UPPER LOWER")
        .with(
            FunctionRule.never("has other last digits there"),
            "POWER SQRT EXP LN LOG10 STDDEV STDDEV_POP STDDEV_SAMP VARIANCE VAR_POP VAR_SAMP")
        .rules();
  }
}
