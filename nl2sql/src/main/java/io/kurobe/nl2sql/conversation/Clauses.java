package io.kurobe.nl2sql.conversation;

import static io.kurobe.nl2sql.conversation.Clause.isCue;
import static io.kurobe.nl2sql.conversation.Clause.isName;
import static io.kurobe.nl2sql.conversation.Clause.isValue;

import io.kurobe.nl2sql.conversation.Clause.Kind;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts the spans of a question into clauses, so that every span is in exactly one. */
final class Clauses {
  private static final Cue[] BEFORE_VALUE = {
    Cue.PREP, Cue.HAVE, Cue.REL, Cue.BE, Cue.NOT, Cue.FILLER, Cue.BOTH
  };

  private final List<Item> items;
  private final List<Clause> clauses = new ArrayList<>();
  private List<Item> open = new ArrayList<>();
  private boolean headClosed;

  private Clauses(List<Item> items) {
    this.items = items;
  }

  static List<Clause> of(List<Item> items) {
    var cutting = new Clauses(items);
    for (int i = 0; i < items.size(); ) {
      i = cutting.step(i);
    }
    cutting.close();
    return List.copyOf(cutting.clauses);
  }

  /** Takes one item or several; gives the index of the next. */
  private int step(int i) {
    Item item = items.get(i);
    if (isCue(item, Cue.END)) {
      return i + 1;
    }
    if (isCue(item, Cue.ORDER)
        || isCue(item, Cue.DIRECTION) && !isCue(at(i + 1), Cue.ORDER, Cue.BY)) {
      return take(Kind.ORDER, i, endOfOrder(i + 1));
    }
    if (isCue(item, Cue.EACH) && startsGroup(i + 1)) {
      return take(Kind.GROUP, i, endOfGroup(i + 1));
    }
    if (isCue(item, Cue.BY)) {
      if (hasRank() || isCue(next(i + 1), Cue.COUNT, Cue.SUM, Cue.AVG, Cue.HOWMUCH, Cue.MAX)) {
        return take(Kind.RANK, i, endOfOrder(i + 1));
      }
      if (startsGroup(i + 1)) {
        return take(Kind.GROUP, i, endOfGroup(i + 1));
      }
    }
    if (item instanceof Item.Time || isYearOfTime(i)) {
      return withBefore(
          Kind.TIME, i, endOfTime(i + 1), Cue.PREP, Cue.BEFORE, Cue.AFTER, Cue.BETWEEN, Cue.FILLER);
    }
    if (isValue(item)) {
      int end = endOfValues(i + 1);
      return withBefore(isNegated() ? Kind.EXCLUSION : Kind.FILTER, i, end, BEFORE_VALUE);
    }
    if (isCue(item, Cue.COMPARE, Cue.OLDERTHAN, Cue.BETWEEN) && number(i + 1) > 0) {
      return withBefore(Kind.NUMBER, i, endOfNumbers(number(i + 1)), BEFORE_VALUE);
    }
    open.add(item);
    return i + 1;
  }

  /** "in 2024", or a year that nothing else wants. */
  private boolean isYearOfTime(int i) {
    if (!Clause.isYear(items.get(i))) {
      return false;
    }
    int k = i - 1;
    while (k >= 0 && isCue(items.get(k), Cue.FILLER)) {
      k--;
    }
    return k < 0
        || isCue(items.get(k), Cue.PREP, Cue.BEFORE, Cue.AFTER, Cue.AND, Cue.OR, Cue.NOT)
        || items.get(k) instanceof Item.Time;
  }

  private boolean hasRank() {
    return !headClosed
        && open.stream().anyMatch(item -> isCue(item, Cue.TOP, Cue.MOST, Cue.LEAST, Cue.EXTREME));
  }

  private Item at(int i) {
    return i < items.size() ? items.get(i) : new Item.Unknown("", true);
  }

  private Item next(int i) {
    int k = i;
    while (isCue(at(k), Cue.FILLER)) {
      k++;
    }
    return at(k);
  }

  private boolean startsGroup(int i) {
    Item item = next(i);
    return isName(item) || isCue(item, Cue.UNIT);
  }

  private int endOfGroup(int i) {
    int k = i;
    boolean named = false;
    while (k < items.size()) {
      Item item = items.get(k);
      boolean more =
          isCue(item, Cue.AND, Cue.COMMA) && named && startsGroup(k + 1)
              || isCue(item, Cue.FILLER, Cue.DISTINCT, Cue.EACH) && startsGroup(k + 1)
              || isCue(item, Cue.BY) && startsGroup(k + 1);
      if (isName(item) || isCue(item, Cue.UNIT)) {
        named = true;
      } else if (!more) {
        break;
      }
      k++;
    }
    return k;
  }

  private int endOfOrder(int i) {
    int k = i;
    while (k < items.size()
        && (isName(items.get(k))
            || isCue(
                items.get(k),
                Cue.DIRECTION,
                Cue.BY,
                Cue.COUNT,
                Cue.SUM,
                Cue.AVG,
                Cue.MAX,
                Cue.MIN,
                Cue.HOWMUCH,
                Cue.FILLER,
                Cue.UNIT,
                Cue.MOST,
                Cue.LEAST)
            || isCue(items.get(k), Cue.AND, Cue.COMMA, Cue.PREP) && isName(next(k + 1)))) {
      k++;
    }
    return k;
  }

  private int endOfTime(int i) {
    int k = i;
    while (at(k) instanceof Item.Time
        || Clause.isYear(at(k)) && k > i
        || isCue(at(k), Cue.AND, Cue.OR, Cue.COMMA, Cue.PREP)
            && (at(k + 1) instanceof Item.Time || Clause.isYear(at(k + 1)))) {
      k++;
    }
    return k;
  }

  private int endOfValues(int i) {
    int k = i;
    while (isValue(at(k))
        || isCue(at(k), Cue.AND, Cue.OR, Cue.COMMA) && isValue(next(k + 1))
        || isCue(at(k), Cue.FILLER, Cue.OR, Cue.AND) && isValue(at(k + 1)) && k > i) {
      k++;
    }
    return k;
  }

  /** The index of a number that comes after cues alone; -1 if there is none. */
  private int number(int i) {
    int k = i;
    while (isCue(at(k), Cue.FILLER, Cue.COMPARE)) {
      k++;
    }
    return at(k) instanceof Item.Number ? k : -1;
  }

  private int endOfNumbers(int i) {
    int k = i;
    while (at(k) instanceof Item.Number
        || isCue(at(k), Cue.MONEY)
        || isCue(at(k), Cue.AND) && at(k + 1) instanceof Item.Number) {
      k++;
    }
    boolean counted =
        isName(at(k))
            && at(k) instanceof Item.Named named
            && (named.target() instanceof Target.OfTable
                || named.target() instanceof Target.OfColumn);
    return counted ? k + 1 : k;
  }

  private boolean isNegated() {
    for (int k = open.size() - 1; k >= 0; k--) {
      Item item = open.get(k);
      if (isCue(item, Cue.NOT)) {
        return true;
      }
      if (!isCue(item, BEFORE_VALUE)) {
        return false;
      }
    }
    return false;
  }

  private int take(Kind kind, int from, int to) {
    close();
    clauses.add(new Clause(kind, items.subList(from, to)));
    return to;
  }

  /** A clause, with those cues and names of its own column that stand right before it. */
  private int withBefore(Kind kind, int from, int to, Cue... before) {
    int k = open.size();
    while (k > 0 && (isCue(open.get(k - 1), before) || isColumnOf(open, k - 1, from))) {
      k--;
    }
    List<Item> taken = new ArrayList<>(open.subList(k, open.size()));
    while (!taken.isEmpty() && isCue(taken.get(0), Cue.FILLER)) {
      taken.remove(0);
      k++;
    }
    open = new ArrayList<>(open.subList(0, k));
    close();
    taken.addAll(items.subList(from, to));
    clauses.add(new Clause(kind, taken));
    return to;
  }

  /** Whether a name is that of the column which the value after it is of, and says so. */
  private boolean isColumnOf(List<Item> before, int index, int value) {
    int k = index - 1;
    while (k > 0 && isCue(before.get(k), Cue.FILLER)) {
      k--;
    }
    if (k < 0 || !isName(before.get(index)) || !isCue(before.get(k), Cue.HAVE, Cue.REL, Cue.PREP)) {
      return false;
    }
    Item.Named name = (Item.Named) before.get(index);
    var columns = new Clause(Kind.FILTER, List.of(items.get(value))).valueColumns();
    return name.links().stream()
        .anyMatch(
            link ->
                link.target() instanceof Target.OfColumn column
                        && columns.contains(new Clause.ColumnName(column.column()))
                    || link.target() instanceof Target.OfTable table
                        && columns.stream()
                            .anyMatch(each -> each.table().equals(table.table().name())));
  }

  private void close() {
    if (!open.isEmpty()) {
      Kind kind = headClosed || !tellsSomething(open) ? Kind.REST : Kind.HEAD;
      headClosed |= kind == Kind.HEAD;
      clauses.add(new Clause(kind, open));
      open = new ArrayList<>();
    }
  }

  private static boolean tellsSomething(List<Item> items) {
    return items.stream()
        .anyMatch(
            item ->
                isName(item)
                    || item instanceof Item.Unknown
                    || item instanceof Item.Number
                    || isCue(
                        item,
                        Cue.COUNT,
                        Cue.HOWMUCH,
                        Cue.SUM,
                        Cue.AVG,
                        Cue.MAX,
                        Cue.MIN,
                        Cue.TOP,
                        Cue.MOST,
                        Cue.LEAST,
                        Cue.COMMON,
                        Cue.EXTREME,
                        Cue.EVERYTHING));
  }

  /** The clause of a kind, if there is one. */
  static Optional<Clause> find(List<Clause> clauses, Kind kind) {
    return clauses.stream().filter(clause -> clause.kind() == kind).findFirst();
  }
}
