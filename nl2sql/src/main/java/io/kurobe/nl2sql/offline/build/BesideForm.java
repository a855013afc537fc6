package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * "Compare revenue of 2024 and 2025", "the difference between visits in May and in June", "are
 * there more guests from Oslo or from Rome": one number for two periods or two values. Years and
 * the like, and values, are rows; other periods, and groups beside them, are columns.
 */
final class BesideForm implements Form {
  private enum Asked {
    BOTH,
    DIFFERENCE,
    /** Both, the greater first. */
    MORE,
    FEWER,
    /** By how much the first is more than the second. */
    SURPLUS,
    DEFICIT;

    boolean ranks() {
      return this == MORE || this == FEWER;
    }

    boolean subtracts() {
      return this == DIFFERENCE || this == SURPLUS || this == DEFICIT;
    }
  }

  @Override
  public Optional<Understood> read(Words words, Function<Words, Understood> plain) {
    int said = words.find(0, Cue.BESIDE);
    int more = said < 0 ? more(words) : -1;
    int at = said < 0 ? more : said;
    if (at < 0) {
      return Optional.empty();
    }
    Asked asked = asked(words, said, more);
    Pair pair = Pair.in(words);
    Optional<Understood> read =
        pair == null
            ? asked == Asked.DIFFERENCE ? ofTwo(words, said, plain) : Optional.empty()
            : pair.ofPeriods()
                ? ofPeriods(words, at, pair, asked, plain)
                : ofValues(words, at, pair, asked, plain);
    return said < 0 ? read : Optional.of(read.orElseGet(() -> plain.apply(words)));
  }

  private static Asked asked(Words words, int said, int more) {
    if (more < 0) {
      return words.payload(said).equals("difference") ? Asked.DIFFERENCE : Asked.BOTH;
    }
    boolean fewer = words.is(more, WordClass.LESS);
    if (words.is(more - 1, Cue.COUNT, Cue.HOWMUCH)) {
      return fewer ? Asked.DEFICIT : Asked.SURPLUS;
    }
    return fewer ? Asked.FEWER : Asked.MORE;
  }

  /** Where "more" is in "are there more in Oslo or in Rome"; -1 if it is not said so. */
  private static int more(Words words) {
    boolean many = words.is(0, Cue.COUNT, Cue.HOWMUCH);
    boolean asks =
        many
            || words.is(0, Cue.WHICH, Cue.WHO)
            || words.begins(0, WordClass.AUXILIARY)
            || words.is(0, WordClass.WHAT_IS);
    Pair pair = asks ? Pair.in(words) : null;
    if (pair == null) {
      return -1;
    }
    boolean or = false;
    for (int i = pair.first() + 1; i < pair.second(); i++) {
      boolean than = words.is(i, WordClass.COMPARED_WITH) && !words.is(0, Cue.WHICH, Cue.WHO);
      or |= words.is(i, Cue.OR) && !many || than;
    }
    for (int i = 1; or && i < (many ? 2 : pair.first()); i++) {
      if (words.is(i, WordClass.MORE, WordClass.LESS) && !words.is(i, Cue.COMPARE)) {
        return i;
      }
    }
    return -1;
  }

  private static Optional<Understood> ofPeriods(
      Words words, int at, Pair pair, Asked asked, Function<Words, Understood> plain) {
    boolean which = words.is(0, Cue.WHICH);
    boolean unitAsked = which && words.is(words.past(1), Cue.UNIT);
    if (asked.ranks() && which && words.table(words.past(1)) != null) {
      return Optional.empty();
    }
    // Read with one period, which is then taken for both: so its verb says which time is meant.
    Words dated = pair.withFirst(words);
    Words rest =
        dated.only(
            i ->
                i != at
                    && !(unitAsked && i == words.past(1))
                    && (pair.saysFirst(words, i) || !pair.joins(words, i))
                    && !again(words, pair, i));
    Understood read = plain.apply(GrowthForm.counted(asked.ranks() ? bare(rest) : rest));
    Draft draft = read.draft();
    Expression of = read.aggregate().orElse(null);
    SchemaColumn time = of == null ? null : pair.takeFirst(draft.where);
    if (of == null || time == null || !draft.order.isEmpty() || draft.limit != null) {
      return Optional.empty();
    }
    Condition one = GrowthForm.during(time, pair.periods().get(0));
    Condition other = GrowthForm.during(time, pair.periods().get(1));
    if (asked.subtracts()) {
      boolean firstLess = asked == Asked.DIFFERENCE ? !pair.turned() : asked == Asked.DEFICIT;
      Expression now = filtered(of, firstLess ? other : one);
      Expression before = filtered(of, firstLess ? one : other);
      read.replace(of, new Expression.Change(now, before, false));
      return Optional.of(read);
    }
    boolean timely = time.nature() == SchemaColumn.Nature.TIME;
    Expression.Unit unit = timely ? pair.unit() : null;
    boolean rows = draft.groups.isEmpty() && draft.outputs.size() == 1;
    if (rows && (unit != null || !timely)) {
      Expression by =
          unit == null ? new Expression.Column(time) : new Expression.Bucket(unit, time);
      draft.where.add(List.of(one, other));
      draft.groups.add(by);
      draft.outputs.add(0, by);
      draft.order.add(
          asked.ranks() ? new Intent.Order(of, asked == Asked.MORE) : new Intent.Order(by, false));
      if (unitAsked) {
        draft.outputs.remove(of);
        draft.limit = 1;
      }
      return Optional.of(read);
    }
    if (asked.ranks() && !rows) {
      return Optional.empty();
    }
    int place = draft.outputs.indexOf(of);
    draft.outputs.set(place, filtered(of, one));
    draft.outputs.add(place + 1, filtered(of, other));
    return Optional.of(read);
  }

  /** "Is revenue higher in …": what is asked of is named, and the verb says no more. */
  private static Words bare(Words words) {
    return words.only(i -> !(i == 0 && words.is(0, Cue.BE, Cue.WHICH)) && !words.is(i, Cue.COMMA));
  }

  /** "Revenue in 2024 and revenue in 2025": said once more. */
  private static boolean again(Words words, Pair pair, int i) {
    Link link = words.chosen().get(i);
    boolean repeated =
        link != null
            && i > pair.first()
            && !pair.at().contains(i)
            && words.chosen().entrySet().stream()
                .anyMatch(
                    e -> e.getKey() < pair.first() && e.getValue().target().equals(link.target()));
    boolean counts =
        i > pair.first() && i < pair.second() && words.is(i, Cue.COUNT, Cue.SUM, Cue.AVG);
    return repeated || counts && words.find(0, Cue.COUNT, Cue.SUM, Cue.AVG) < pair.first();
  }

  private static Expression filtered(Expression of, Condition only) {
    return new Expression.Filtered(of, List.of(List.of(only)));
  }

  private static Optional<Understood> ofValues(
      Words words, int at, Pair pair, Asked asked, Function<Words, Understood> plain) {
    SchemaColumn column = java.util.Objects.requireNonNull(pair.column());
    if (asked.subtracts()) {
      return difference(words, at, pair, asked, plain);
    }
    boolean ranks = asked.ranks();
    boolean which = words.is(0, Cue.WHICH, Cue.WHO);
    int own = which ? words.past(1) : -1;
    boolean names = own > 0 && (words.table(own) == column.table() || words.column(own) == column);
    if (which && !names) {
      return Optional.empty();
    }
    Words rest =
        words.only(
            i ->
                i != at
                    && !(names && i <= own)
                    && !(i > pair.first() && i < pair.second() && pair.joins(words, i))
                    && !again(words, pair, i));
    Words asks = GrowthForm.counted(ranks ? bare(rest) : rest);
    int last = asks.size() - 1;
    while (last >= 0 && Pair.value(asks, last) == null) {
      last--;
    }
    Words joined = asks.insert(last, Cue.OR);
    Understood read = plain.apply(joined.and(asks.phrase(Cue.EACH)).and(named(asks, column)));
    Draft draft = read.draft();
    Expression of = read.aggregate().orElse(null);
    boolean both =
        draft.where.stream()
            .anyMatch(
                group ->
                    group.get(0) instanceof Condition.OneOf one
                        && one.column() == column
                        && one.values().size() == 2);
    if (of == null || !both || !draft.order.isEmpty() || draft.limit != null) {
      return Optional.empty();
    }
    if (ranks) {
      draft.order.add(new Intent.Order(of, asked == Asked.MORE));
    }
    if (which) {
      draft.outputs.remove(of);
      draft.limit = 1;
    }
    return Optional.of(read);
  }

  private static Words named(Words words, SchemaColumn column) {
    boolean label = column.table().label().equals(List.of(column));
    Target target = label ? new Target.OfTable(column.table()) : new Target.OfColumn(column);
    return words.item(column.name(), new Link(target, 1.0));
  }

  private static Optional<Understood> difference(
      Words words, int at, Pair pair, Asked asked, Function<Words, Understood> plain) {
    Words rest = words.only(i -> i != at && !pair.joins(words, i) && !again(words, pair, i));
    Understood read = plain.apply(GrowthForm.counted(rest));
    Expression of = read.aggregate().orElse(null);
    if (of == null || !read.draft().order.isEmpty() || read.draft().limit != null) {
      return Optional.empty();
    }
    List<Expression> sides = new ArrayList<>();
    for (int i : pair.at()) {
      Target.OfValue value = java.util.Objects.requireNonNull(Pair.value(words, i));
      var equal = new Condition.Compare(value.column(), "=", value.value());
      if (!SharesForm.plainOf(of.table(), List.of(List.of(equal)))) {
        return Optional.empty();
      }
      sides.add(filtered(of, equal));
    }
    int first = asked == Asked.DEFICIT ? 1 : 0;
    read.replace(of, new Expression.Change(sides.get(first), sides.get(1 - first), false));
    return Optional.of(read);
  }

  /** "The difference between the highest and the lowest price". */
  private static Optional<Understood> ofTwo(
      Words words, int said, Function<Words, Understood> plain) {
    Understood read = plain.apply(words.without(said));
    List<Expression> outputs = read.draft().outputs;
    List<Expression> two = outputs.stream().filter(Expression::aggregate).toList();
    if (two.size() != 2 || two.get(0).table() != two.get(1).table()) {
      return Optional.empty();
    }
    outputs.remove(two.get(1));
    read.replace(two.get(0), new Expression.Change(two.get(0), two.get(1), false));
    return Optional.of(read);
  }
}
