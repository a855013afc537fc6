package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Period;
import io.kurobe.nl2sql.offline.read.Periods;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * "Revenue growth by month", "running total of orders per week", "which region grew fastest last
 * year": an aggregate along calendar units, beside the one before or added up to it, or in one
 * period beside another.
 */
final class GrowthForm implements Form {
  @Override
  public Optional<Understood> read(Words words, Function<Words, Understood> plain) {
    int at = words.find(0, Cue.GROWTH, Cue.RUNNING);
    if (at < 0) {
      return Optional.empty();
    }
    boolean running = words.find(0, Cue.RUNNING) >= 0;
    boolean percent =
        IntStream.range(0, words.size())
                .anyMatch(i -> words.is(i, Cue.GROWTH) && words.payload(i).equals("percent"))
            || IntStream.range(0, words.size()).anyMatch(i -> words.is(i, Cue.SHARE));
    String unit = unit(words);
    boolean lists = lists(words);
    Words rest =
        words.only(
            i ->
                !words.is(i, Cue.GROWTH, Cue.RUNNING)
                    && !(lists && words.is(i, Cue.REL))
                    && !often(words, i)
                    && !(words.is(i, Cue.SHARE) && !running)
                    && !words.is(i, WordClass.FASTEST));
    Periods2 periods = running || !unit.isEmpty() || along(rest) ? null : Periods2.in(rest);
    if (periods != null) {
      return Optional.of(
          between(rest, periods, percent, words, plain)
              .orElseGet(() -> plain.apply(rest).ignoring(words.text(at))));
    }
    Words counted = counted(rest);
    if (!unit.isEmpty()) {
      counted = counted.and(words.phrase(Cue.EACH)).and(words.phrase(Cue.UNIT, unit));
    }
    Understood read = plain.apply(counted);
    Draft draft = read.draft();
    List<Expression> along = draft.groups.stream().filter(GrowthForm::timely).toList();
    Optional<Expression> of = read.aggregate();
    if (along.size() != 1 || of.isEmpty() || draft.limit != null || falls(words)) {
      return Optional.of(read.ignoring(words.text(at)));
    }
    List<Expression> others = draft.groups.stream().filter(group -> !timely(group)).toList();
    List<Expression> by = WithinGroupsForm.keys(others);
    var before = new Expression.Previous(of.get(), along.get(0), by);
    read.replace(
        of.get(),
        running
            ? new Expression.Summed(of.get(), along, by)
            : new Expression.Change(of.get(), before, percent));
    if (draft.order.isEmpty()) {
      others.forEach(group -> draft.order.add(new Intent.Order(group, false)));
      draft.order.add(new Intent.Order(along.get(0), false));
    }
    return Optional.of(read);
  }

  /** Whether less is asked about, not more. */
  private static boolean falls(Words words) {
    return IntStream.range(0, words.size())
        .anyMatch(i -> words.is(i, Cue.GROWTH) && words.payload(i).equals("fall"));
  }

  /** Whether those that grew or shrank are asked for, not by how much. */
  private static boolean lists(Words words) {
    int at = words.find(0, Cue.GROWTH);
    boolean verb = words.is(at, WordClass.CHANGED);
    int first = words.past(0, Cue.COMMAND);
    boolean which = words.is(first, Cue.WHICH) && words.named(words.past(first + 1));
    int relative = words.find(first, Cue.REL);
    boolean said = words.table(first) != null && relative >= 0 && relative < at;
    return verb && (which || said);
  }

  /** Whether it is asked for by month and the like. */
  private static boolean along(Words words) {
    return IntStream.range(1, words.size())
        .anyMatch(i -> words.is(i, Cue.UNIT) && words.is(i - 1, Cue.EACH, Cue.BY));
  }

  private static boolean timely(Expression group) {
    return group instanceof Expression.Bucket
        || group instanceof Expression.Column c && Progress.year(c.column());
  }

  /** "Month over month" and its like say along what; "" if nothing does. */
  private static String unit(Words words) {
    for (int i = 0; i < words.size(); i++) {
      if (often(words, i) && (!words.payload(i).equals("year") || !dated(words))) {
        return words.payload(i);
      }
    }
    return IntStream.range(0, words.size())
        .filter(i -> words.is(i, Cue.GROWTH, Cue.RUNNING))
        .mapToObj(
            i ->
                words.items().get(i) instanceof Item.Phrase phrase ? phrase.entry().payload(1) : "")
        .filter(unit -> !unit.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** "Monthly revenue growth". */
  private static boolean often(Words words, int i) {
    return words.is(i, Cue.UNIT) && words.is(i, WordClass.FREQUENCY);
  }

  private static boolean dated(Words words) {
    return words.items().stream()
        .anyMatch(
            item ->
                item instanceof Item.Time
                    || item instanceof Item.Number n && Progress.isYear(n.value()));
  }

  /** The question for a sum or a number, which is said before what is measured. */
  static Words counted(Words words) {
    if (words.find(0, Cue.COUNT, Cue.SUM, Cue.AVG, Cue.MEDIAN, Cue.HOWMUCH) >= 0) {
      return words;
    }
    for (int i = 0; i < words.size(); i++) {
      SchemaColumn column = words.column(i);
      boolean grouped = words.is(i - 1, Cue.EACH, Cue.BY);
      if (column != null && column.measure() && !grouped) {
        return words.insert(i, Cue.SUM);
      }
    }
    for (int i = 0; i < words.size(); i++) {
      if (words.table(i) != null && !words.is(i - 1, Cue.EACH, Cue.BY, Cue.WHICH)) {
        return words.insert(i, Cue.COUNT);
      }
    }
    return words;
  }

  /** Two periods, and the positions that say them. */
  private record Periods2(Period before, Period now, List<Integer> said) {
    static @Nullable Periods2 in(Words words) {
      List<Integer> at = new ArrayList<>();
      List<Period> periods = new ArrayList<>();
      for (int i = 0; i < words.size(); i++) {
        Item item = words.items().get(i);
        if (item instanceof Item.Time time) {
          periods.add(time.period());
          at.add(i);
        } else if (item instanceof Item.Number number && Progress.isYear(number.value())) {
          periods.add(Periods.wholeYear(number.value().intValue()));
          at.add(i);
        }
      }
      if (periods.isEmpty() || periods.size() > 2) {
        return null;
      }
      List<Integer> said = new ArrayList<>(at);
      at.forEach(i -> said.add(i - 1));
      said.removeIf(i -> !at.contains(i) && !words.is(i, Cue.PREP, Cue.AND, Cue.BETWEEN));
      if (periods.size() == 2) {
        return new Periods2(periods.get(0), periods.get(1), said);
      }
      Period before = periods.get(0).previous();
      return before == null ? null : new Periods2(before, periods.get(0), said);
    }
  }

  private static Optional<Understood> between(
      Words rest,
      Periods2 periods,
      boolean percent,
      Words words,
      Function<Words, Understood> plain) {
    Words measured = counted(rest.only(i -> !periods.said().contains(i)));
    int superlative = measured.find(0, Cue.MOST, Cue.LEAST, Cue.TOP);
    boolean fastest =
        IntStream.range(0, words.size()).anyMatch(i -> words.is(i, WordClass.FASTEST));
    boolean ranks = superlative >= 0 || fastest;
    Words bare = superlative < 0 ? measured : measured.without(superlative);
    Understood read = plain.apply(bare);
    Draft draft = read.draft();
    var guesses = new Guesses(draft, bare.chosen());
    Expression of = read.aggregate().orElse(null);
    boolean lists = !ranks && lists(words);
    if (of == null && (ranks || lists) && draft.entity != null) {
      SchemaColumn amount = guesses.earned();
      of = amount == null ? null : Progress.aggregate(Expression.Function.SUM, amount);
    }
    if (of == null || draft.limit != null || !draft.order.isEmpty()) {
      return Optional.empty();
    }
    SchemaColumn time = Guesses.timeOf(of.table());
    if (time == null) {
      return Optional.empty();
    }
    Expression now = during(of, time, periods.now());
    Expression before = during(of, time, periods.before());
    boolean falls = falls(words);
    Expression change = new Expression.Change(now, before, percent || fastest);
    if (falls && percent && !lists) {
      return Optional.empty();
    }
    if (!ranks && !lists) {
      read.replace(of, falls ? new Expression.Change(before, now, false) : change);
      return Optional.of(read);
    }
    draft.outputs.remove(of);
    if (draft.outputs.isEmpty()) {
      Guesses.keysOf(draft.entity).forEach(key -> draft.output(new Expression.Column(key)));
    }
    draft.mentioned.remove(of.table());
    draft.groups.clear();
    if (lists) {
      Expression difference = new Expression.Change(now, before, false);
      draft.having.add(new Intent.Having(difference, falls ? "<" : ">", "0"));
      return Optional.of(read);
    }
    boolean most = superlative < 0 || !measured.is(superlative, Cue.LEAST);
    draft.order.add(new Intent.Order(change, most != falls));
    draft.limit = 1;
    return Optional.of(read);
  }

  private static Expression during(Expression of, SchemaColumn time, Period period) {
    return new Expression.Filtered(of, List.of(List.of(during(time, period))));
  }

  /** That a time, or a number of a year, is of a period. */
  static Condition during(SchemaColumn time, Period period) {
    return time.nature() == SchemaColumn.Nature.TIME
        ? new Condition.During(time, period)
        : new Condition.Compare(time, "=", String.valueOf(period.year()));
  }
}
