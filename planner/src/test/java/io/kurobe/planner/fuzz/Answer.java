package io.kurobe.planner.fuzz;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/** What a query answered: rows of normalized values, or the SQLSTATE of an error. */
sealed interface Answer {
  /** Rows; text without trailing blanks is text of a CHAR column. */
  record Rows(List<String> types, List<List<@Nullable Object>> rows) implements Answer {}

  /**
   * An error.
   *
   * @param foreign whether it is no error of ours, but one that escaped
   */
  record Failed(String sqlState, String message, boolean foreign) implements Answer {}

  /** The answer of more rows than are compared. */
  Answer TOO_LARGE = new Failed("54000", "the answer is too large to be compared", false);

  /** No answer, as it took longer than can be waited for; it says nothing of any placement. */
  Answer UNFINISHED = new Failed("57014", "the query takes too long to be compared", false);

  /** Whether it is an error that no query may give: one that escaped, or an internal one. */
  default boolean isBroken() {
    return this instanceof Failed failed && (failed.foreign() || failed.sqlState().equals("XX000"));
  }

  /** Whether two answers are the same, as far as the query they answer tells. */
  static boolean same(Answer left, Answer right, Query query) {
    if (left instanceof Failed one && right instanceof Failed other) {
      return one.sqlState().equals(other.sqlState());
    }
    if (!(left instanceof Rows one) || !(right instanceof Rows other)) {
      return false;
    }
    var closeness = new Closeness(query.approximate(), query.tolerance(), query.slack());
    if ((query.typed() && !one.types().equals(other.types()))
        || one.rows().size() != other.rows().size()) {
      return false;
    }
    if (query.ordered()) {
      return sameInOrder(one.rows(), other.rows(), closeness);
    }
    List<List<@Nullable Object>> sorted = sorted(one.rows());
    List<List<@Nullable Object>> otherSorted = sorted(other.rows());
    return sameInOrder(sorted, otherSorted, closeness)
        || sameInAnyOrder(sorted, otherSorted, closeness);
  }

  private static List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> rows) {
    List<List<@Nullable Object>> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing(List::toString));
    return sorted;
  }

  private static boolean sameInOrder(
      List<List<@Nullable Object>> left, List<List<@Nullable Object>> right, Closeness closeness) {
    for (int row = 0; row < left.size(); row++) {
      if (!sameRow(left.get(row), right.get(row), closeness)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameInAnyOrder(
      List<List<@Nullable Object>> left, List<List<@Nullable Object>> right, Closeness closeness) {
    List<List<@Nullable Object>> rest = new LinkedList<>(right);
    for (List<@Nullable Object> row : left) {
      boolean found = false;
      ListIterator<List<@Nullable Object>> each = rest.listIterator();
      while (!found && each.hasNext()) {
        if (sameRow(row, each.next(), closeness)) {
          each.remove();
          found = true;
        }
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameRow(
      List<@Nullable Object> left, List<@Nullable Object> right, Closeness closeness) {
    for (int column = 0; column < left.size(); column++) {
      if (!sameValue(left.get(column), right.get(column), closeness)) {
        return false;
      }
    }
    return left.size() == right.size();
  }

  private static boolean sameValue(
      @Nullable Object left, @Nullable Object right, Closeness closeness) {
    if (left == null || right == null) {
      return left == right;
    }
    if (left instanceof Double one && right instanceof Double other) {
      // Equal also covers infinities; 0.0 is -0.0.
      return one.equals(other) || one.doubleValue() == other || closeness.near(one, other);
    }
    if (left instanceof BigDecimal one && right instanceof BigDecimal other) {
      return one.compareTo(other) == 0
          || (closeness.decimals() && closeness.near(one.doubleValue(), other.doubleValue()));
    }
    if (left instanceof Number one && right instanceof Number other) {
      // Only where types do not count are they of two.
      return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
    }
    return left.equals(right);
  }

  /**
   * How close numbers must be.
   *
   * @param decimals whether that is enough for DECIMAL as well
   * @param tolerance in proportion to the greater
   * @param slack that is allowed whatever they are
   */
  record Closeness(boolean decimals, double tolerance, double slack) {
    boolean near(double left, double right) {
      double allowed = tolerance * Math.max(Math.abs(left), Math.abs(right));
      return Math.abs(left - right) <= Math.max(allowed, slack);
    }
  }
}
