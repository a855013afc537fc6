package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * "Regions whose average order value is above the overall average", "customers with more orders
 * than average": a group's aggregate compared with that of all rows, or with what groups have on
 * average. Read with a number in its place.
 */
final class OverallForm implements Form {
  private static final String PLACE = "424242";

  @Override
  public Optional<Understood> read(Words words, Function<Words, Understood> plain) {
    int compare = words.find(0, Cue.COMPARE);
    int average = words.find(compare + 1, Cue.AVG);
    if (average < 0) {
      return Optional.empty();
    }
    int than = than(words, average);
    if (than > 0) {
      Words more = compared(words.slice(0, than - 1), words.is(than - 1, WordClass.MORE));
      return replaced(plain.apply(more.and(words.slice(than, than + 1))));
    }
    if (compare < 0 || words.find(compare + 1, Cue.EACH, Cue.PRONOUN) >= 0) {
      return Optional.empty();
    }
    int own = words.find(0, Cue.AVG, Cue.SUM, Cue.COUNT);
    if (own < 0 || own > compare || !only(words, compare + 1, average)) {
      return Optional.empty();
    }
    return replaced(plain.apply(words.slice(0, compare + 1).and(words.item(number()))));
  }

  /** Where the name in "more orders than average" is; 0 if it is not said so. */
  private static int than(Words words, int average) {
    int i = average - 1;
    while (words.is(i, Cue.FILLER) && !words.is(i, WordClass.COMPARED_WITH)) {
      i--;
    }
    return words.is(i, WordClass.COMPARED_WITH)
            && words.table(i - 1) != null
            && words.is(i - 2, WordClass.MORE, WordClass.LESS)
        ? i - 1
        : 0;
  }

  private static boolean only(Words words, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean whole = words.is(i, WordClass.WHOLE);
      if (!whole && !words.is(i, Cue.FILLER)) {
        return false;
      }
    }
    return true;
  }

  private static Words compared(Words before, boolean more) {
    String operator = more ? ">" : "<";
    var phrase =
        new Item.Phrase(
            before.lexicon().said(Cue.COMPARE, operator),
            new Lexicon.Entry(Cue.COMPARE, List.of(operator)));
    return before.and(before.item(phrase)).and(before.item(number()));
  }

  private static Item number() {
    return new Item.Number(PLACE, new BigDecimal(PLACE));
  }

  private static Optional<Understood> replaced(Understood read) {
    Draft draft = read.draft();
    for (int k = 0; k < draft.having.size(); k++) {
      Intent.Having having = draft.having.get(k);
      if (!having.value().equals(PLACE)) {
        continue;
      }
      Expression all = overall(having.aggregate(), draft.entity);
      if (all != null) {
        draft.having.set(
            k, new Intent.Having(having.aggregate(), having.operator(), "", Optional.of(all)));
        return Optional.of(read);
      }
    }
    return Optional.empty();
  }

  private static @org.jspecify.annotations.Nullable Expression overall(
      Expression aggregate, @org.jspecify.annotations.Nullable SchemaTable entity) {
    if (aggregate instanceof Expression.Aggregate of && of.function() != Expression.Function.SUM) {
      return aggregate;
    }
    if (entity == null) {
      return null;
    }
    List<SchemaColumn> key =
        JoinTree.cheapest(Set.of(aggregate.table()), entity)
            .filter(path -> path.size() == 1 && path.get(0).toOne())
            .map(path -> path.get(0))
            .map(Join::fromColumns)
            .orElse(List.of());
    return key.isEmpty() ? null : new Expression.Typical(aggregate, key);
  }
}
