package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.build.Expression.Function;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import java.util.List;
import java.util.Optional;

/** What phrases say of how much there is, without naming the column. */
final class Quantities {
  private final Progress p;

  Quantities(Progress progress) {
    this.p = progress;
  }

  /** "Who spent the most": by what the rows that lead to them add up to. */
  int spending(int i, Item.Phrase phrase) {
    SchemaColumn amount = p.guesses.earned();
    boolean compares = !phrase.entry().payload(0).matches("asc|desc");
    Item next = i + 1 < p.items.size() ? p.items.get(i + 1) : null;
    if (amount == null || compares && !(next instanceof Item.Number)) {
      p.ignored.add(phrase.text());
      return i;
    }
    if (compares) {
      // "Who spent more than 500 euros": all together
      p.comparison = phrase.entry().payload(0);
      p.having(
          Progress.aggregate(Function.SUM, amount), Progress.plain(((Item.Number) next).value()));
      if (amount.table() != p.draft.entity) {
        p.draft.mentioned.add(amount.table());
      }
      p.zone = Progress.Zone.RESTRICT;
      p.subject = null;
      return i + 1;
    }
    p.superlative = phrase.entry().payload(0).equals("desc");
    p.order(Progress.aggregate(Function.SUM, amount));
    return i;
  }

  /** "Out of stock": of a number that is called so. */
  void state(Item.Phrase phrase) {
    SchemaColumn column = p.guesses.attribute(Guesses.attributes(phrase.entry().payload(), 2));
    if (phrase.entry().payload(0).equals("none")
        && column != null
        && column.nature() == SchemaColumn.Nature.TIME
        && column.table() == p.draft.entity) {
      // "Still open": what has no time of its end
      p.add(new Condition.Missing(column, p.negated));
      p.negated = false;
      return;
    }
    String operator = phrase.entry().payload(0);
    if (column == null || !column.measure()) {
      if (!rows(Guesses.attributes(phrase.entry().payload(), 2), operator.equals(">"))) {
        p.ignored.add(phrase.text());
      }
      return;
    }
    p.add(
        new Condition.Compare(
            column, p.negated ? Progress.opposite(operator) : operator, phrase.entry().payload(1)));
    p.negated = false;
  }

  /** "In stock", where a table of that name says what there is; false if there is none. */
  private boolean rows(List<String> words, boolean some) {
    Optional<SchemaTable> table =
        p.chosen.values().stream()
            .flatMap(link -> link.target().table().joins().stream())
            .filter(join -> !join.toOne())
            .map(Join::to)
            .filter(to -> words.stream().anyMatch(word -> to.words().contains(word)))
            .findFirst();
    if (table.isEmpty()) {
      return false;
    }
    boolean absent =
        p.draft.where.stream()
            .anyMatch(group -> group.get(0) instanceof Condition.Exists exists && exists.negated());
    if (p.negated == some) {
      p.draft.where.add(List.of(new Condition.Exists(table.get(), true, List.of())));
    } else if (!absent) {
      p.draft.mentioned.add(table.get());
    }
    p.negated = false;
    return true;
  }

  /** "The highest and the lowest price": both; false if the other was not said before. */
  boolean bothEnds(int i, boolean most) {
    int before = p.isCue(i - 1, Cue.FILLER) ? i - 2 : i - 1;
    if (p.superlative == null
        || p.superlative == most
        || !p.attributes.isEmpty()
        || !p.isCue(before, Cue.AND, Cue.OR)
        || !p.isCue(before - 1, Cue.MOST, Cue.LEAST)
        || p.zone != Progress.Zone.SHOW
        || !p.next(i, Target.OfColumn.class)) {
      return false;
    }
    p.superlative = null;
    p.functions.add(most ? Function.MIN : Function.MAX);
    p.functions.add(most ? Function.MAX : Function.MIN);
    return true;
  }
}
