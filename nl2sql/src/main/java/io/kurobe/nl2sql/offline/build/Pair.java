package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Period;
import io.kurobe.nl2sql.offline.read.Periods;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two things that a question puts beside each other: two periods, or two stored values of a column.
 *
 * @param at their positions
 * @param periods both, if they are periods
 * @param column what the values are of, if they are values
 */
record Pair(List<Integer> at, List<Period> periods, @Nullable SchemaColumn column) {
  private static final String DAY = "DATE '\\d{4}-\\d{2}-\\d{2}'";

  Pair {
    at = List.copyOf(at);
    periods = List.copyOf(periods);
  }

  /** The only pair of a question; null if it has none, or more than two to choose from. */
  static @Nullable Pair in(Words words) {
    List<Integer> times = new ArrayList<>();
    List<Period> periods = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      Item item = words.items().get(i);
      if (item instanceof Item.Time time) {
        times.add(i);
        periods.add(time.period());
      } else if (item instanceof Item.Number number && Progress.isYear(number.value())) {
        times.add(i);
        periods.add(Periods.wholeYear(number.value().intValue()));
      } else if (value(words, i) != null) {
        values.add(i);
      }
    }
    if (times.size() == 2 && !beside(words, values)) {
      return new Pair(times, periods, null);
    }
    for (int k = 0; k + 1 < values.size(); k++) {
      SchemaColumn column = column(words, values.get(k));
      if (column == column(words, values.get(k + 1))
          && (values.size() == 2 || k + 2 == values.size())
          && times.size() < 2) {
        return new Pair(List.of(values.get(k), values.get(k + 1)), List.of(), column);
      }
    }
    return null;
  }

  private static boolean beside(Words words, List<Integer> values) {
    return values.size() == 2 && column(words, values.get(0)) == column(words, values.get(1));
  }

  static Target.@Nullable OfValue value(Words words, int i) {
    Link link = words.chosen().get(i);
    return link != null && link.target() instanceof Target.OfValue value ? value : null;
  }

  private static @Nullable SchemaColumn column(Words words, int i) {
    Target.OfValue value = value(words, i);
    return value == null ? null : value.column();
  }

  int first() {
    return at.get(0);
  }

  int second() {
    return at.get(1);
  }

  boolean ofPeriods() {
    return column == null;
  }

  /** Whether a word only says how the two go on from each other, or where one of them is. */
  boolean joins(Words words, int i) {
    boolean between = i > first() && i < second();
    boolean before = at.contains(i + 1) || at.contains(i + 2) && words.is(i + 1, Cue.FILLER);
    return at.contains(i)
        || between && (words.is(i, Cue.AND, Cue.OR) || words.is(i, WordClass.PAIRING))
        || before && words.is(i, Cue.PREP, Cue.BETWEEN);
  }

  /** Whether a word says the first period and how it restricts. */
  boolean saysFirst(Words words, int i) {
    return i == first() || i < first() && joins(words, i) && words.is(i, Cue.PREP);
  }

  /** The words with the first period, though it may be said as a number, as one. */
  Words withFirst(Words words) {
    var time = new Item.Time(words.items().get(first()).text(), periods.get(0));
    return words
        .slice(0, first())
        .and(words.item(time))
        .and(words.slice(first() + 1, words.size()));
  }

  /** Takes the condition that the first period came to away; its column, or null if none did. */
  @Nullable SchemaColumn takeFirst(List<List<Condition>> where) {
    for (List<Condition> group : where) {
      SchemaColumn column = group.size() == 1 ? ofFirst(group.get(0)) : null;
      if (column != null) {
        where.remove(group);
        return column;
      }
    }
    return null;
  }

  private @Nullable SchemaColumn ofFirst(Condition condition) {
    if (condition instanceof Condition.During during && during.period().equals(periods.get(0))) {
      return during.column();
    }
    Integer year = periods.get(0).year();
    return year != null
            && condition instanceof Condition.Compare compare
            && compare.column().nature() != SchemaColumn.Nature.TIME
            && compare.operator().equals("=")
            && compare.value().equals(year.toString())
        ? compare.column()
        : null;
  }

  /** Whether the second period comes before the first. */
  boolean turned() {
    Integer first = periods.get(0).year();
    Integer second = periods.get(1).year();
    if (first != null && second != null) {
      return second < first;
    }
    Period before = periods.get(0).previous();
    return before != null && before.from() != null && before.from().equals(periods.get(1).from());
  }

  /** The calendar unit of which both periods are one; null if they are of none, or relative. */
  Expression.@Nullable Unit unit() {
    Expression.Unit first = unit(periods.get(0));
    return first == unit(periods.get(1)) ? first : null;
  }

  private static Expression.@Nullable Unit unit(Period period) {
    if (period.from() == null
        || period.to() == null
        || !period.from().matches(DAY)
        || !period.to().matches(DAY)) {
      return null;
    }
    LocalDate from = LocalDate.parse(period.from().substring(6, 16));
    LocalDate to = LocalDate.parse(period.to().substring(6, 16));
    if (from.plusYears(1).equals(to) && from.getDayOfYear() == 1) {
      return Expression.Unit.YEAR;
    }
    if (from.plusMonths(3).equals(to) && from.getDayOfMonth() == 1) {
      return Expression.Unit.QUARTER;
    }
    return from.plusMonths(1).equals(to) && from.getDayOfMonth() == 1
        ? Expression.Unit.MONTH
        : null;
  }
}
