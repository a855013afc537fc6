package io.kurobe.adapters.source;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * One use of an operator, function or aggregate in a plan: what a {@link FunctionRule} looks at.
 *
 * @param name the operator's name by Calcite, in upper case
 * @param type what it gives
 * @param operands what it is given
 * @param forms what was said beside the operands
 */
public record FunctionUse(String name, RelDataType type, List<Operand> operands, Set<Form> forms) {

  /** What may be said of an aggregate beside its arguments. */
  public enum Form {
    DISTINCT,
    FILTER,
    /** An order within the group. */
    ORDERED,
    /** Over a window. */
    OVER
  }

  /**
   * What an operator is given.
   *
   * @param literal whether it is a constant
   * @param value the constant: text as a String, numbers as BigDecimal or Double, units by name;
   *     null if it is NULL or no constant
   */
  public record Operand(RelDataType type, boolean literal, @Nullable Object value) {
    public Operand {
      requireNonNull(type, "type is null");
    }
  }

  public FunctionUse {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    operands = List.copyOf(operands);
    forms = Set.copyOf(forms);
  }

  /** Whether an operand is of a kind of types. */
  public boolean any(Predicate<RelDataType> types) {
    return operands.stream().anyMatch(operand -> types.test(operand.type()));
  }

  /** Whether all operands are of a kind of types. */
  public boolean all(Predicate<RelDataType> types) {
    return operands.stream().allMatch(operand -> types.test(operand.type()));
  }
}
