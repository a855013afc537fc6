package io.kurobe.adapters.source;

import java.util.function.Predicate;

/**
 * Under which operands a source means by a function what is meant here. A reason continues a
 * sentence whose subject is the function: {@code "rounds DOUBLE half to even there"}.
 */
@FunctionalInterface
public interface FunctionRule {
  /** Always the same. */
  FunctionRule SAME = use -> Verdict.PUSHED;

  /** Whether this use may be pushed. */
  Verdict check(FunctionUse use);

  /** The same wherever a guard holds. */
  static FunctionRule where(Predicate<FunctionUse> guard, String otherwise) {
    return use -> guard.test(use) ? Verdict.PUSHED : Verdict.refused(otherwise);
  }

  /** Never the same. */
  static FunctionRule never(String reason) {
    return use -> Verdict.refused(reason);
  }

  /** The same where both rules say so. */
  default FunctionRule and(FunctionRule other) {
    return use -> check(use).and(other.check(use));
  }
}
