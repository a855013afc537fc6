package io.kurobe.planner.sqllogic;

/** What a script does next. */
sealed interface Entry {
  String sql();

  /** A statement that makes or changes tables; {@code fails} says that it has to be refused. */
  record Statement(String sql, boolean fails) implements Entry {}

  /**
   * A query and its answer.
   *
   * @param line where it stands in its script
   * @param types a letter for each column: T text, I an integer, R a number of three decimals
   */
  record Query(String sql, int line, String types, Order order, Answer answer) implements Entry {}

  /** In which order values are compared. */
  enum Order {
    NOSORT,
    ROWSORT,
    VALUESORT
  }
}
