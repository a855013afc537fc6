package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.build.Expression.Function;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.read.Cue;

/** What phrases say of how much there is, without naming the column. */
final class Quantities {
  private final Progress p;

  Quantities(Progress progress) {
    this.p = progress;
  }

  /** "Who spent the most": by what the rows that lead to them add up to. */
  void spending(Item.Phrase phrase) {
    SchemaColumn amount = p.guesses.earned();
    if (amount == null) {
      p.ignored.add(phrase.text());
      return;
    }
    p.superlative = phrase.entry().payload(0).equals("desc");
    p.order(Progress.aggregate(Function.SUM, amount));
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
    if (column == null || !column.measure()) {
      p.ignored.add(phrase.text());
      return;
    }
    String operator = phrase.entry().payload(0);
    p.add(
        new Condition.Compare(
            column, p.negated ? Progress.opposite(operator) : operator, phrase.entry().payload(1)));
    p.negated = false;
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
        || !p.nextColumn(i)) {
      return false;
    }
    p.superlative = null;
    p.functions.add(most ? Function.MIN : Function.MAX);
    p.functions.add(most ? Function.MAX : Function.MIN);
    return true;
  }
}
