package io.kurobe.planner.system;

import io.kurobe.adapters.source.ScanRequest.Order;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of a system table's rows by some of its columns, as the engine would sort them. */
final class RowOrder {
  private RowOrder() {}

  /**
   * The order by columns, at least one, the first of which says most.
   *
   * @param names the table's columns, in the order of a row's values
   */
  static Comparator<List<@Nullable Object>> by(List<Order> orders, List<String> names) {
    return orders.stream()
        .map(order -> by(order, names.indexOf(order.column())))
        .reduce(Comparator::thenComparing)
        .orElseThrow();
  }

  private static Comparator<List<@Nullable Object>> by(Order order, int column) {
    Comparator<@Nullable Object> values = values(order);
    return (left, right) -> values.compare(left.get(column), right.get(column));
  }

  private static Comparator<@Nullable Object> values(Order order) {
    Comparator<@Nullable Object> values =
        order.descending() ? (left, right) -> compare(right, left) : RowOrder::compare;
    return order.nullsFirst() ? Comparator.nullsFirst(values) : Comparator.nullsLast(values);
  }

  /** Values of one column; a number may be of any whole type. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // A column's values are of one type otherwise.
  private static int compare(@Nullable Object left, @Nullable Object right) {
    if (left instanceof String text && right instanceof String other) {
      return compareByCodePoints(text, other);
    }
    if (left instanceof Number number && right instanceof Number other) {
      return Long.compare(number.longValue(), other.longValue());
    }
    return ((Comparable) left).compareTo(right);
  }

  /** As UTF-8's bytes compare, where Java puts what is beyond 16 bits before the last of them. */
  private static int compareByCodePoints(String left, String right) {
    int end = Math.min(left.length(), right.length());
    int at = 0;
    while (at < end && left.charAt(at) == right.charAt(at)) {
      at++;
    }
    if (at == end) {
      return Integer.compare(left.length(), right.length());
    }
    char one = left.charAt(at);
    char other = right.charAt(at);
    boolean beyond = Character.isSurrogate(one);
    return beyond == Character.isSurrogate(other) ? Character.compare(one, other) : beyond ? 1 : -1;
  }
}
