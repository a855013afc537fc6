package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** "The names of all customers and employees": what rows of two tables are called, in one list. */
final class UnionForm implements Form {
  @Override
  public Optional<Understood> read(Words words, Function<Words, Understood> plain) {
    int and = words.find(1, Cue.AND, Cue.OR);
    if (and < 0 || words.find(and + 1, Cue.AND, Cue.OR) >= 0) {
      return Optional.empty();
    }
    int first = and - 1;
    int second = words.past(and + 1, Cue.PRONOUN, Cue.PREP);
    SchemaTable one = words.table(first);
    SchemaTable other = words.table(second);
    boolean ends = second + 1 >= words.size() || words.is(second + 1, Cue.END);
    if (one == null
        || other == null
        || one == other
        || !ends
        || one.label().isEmpty()
        || one.label().size() != other.label().size()
        || !together(words, first)
        || !words.is(first, WordClass.PLURAL_ENDING)) {
      return Optional.empty();
    }
    for (int i = 0; i < first; i++) {
      Link link = words.chosen().get(i);
      boolean label =
          link != null
              && (link.target() instanceof Target.OfLabel
                  || link.target() instanceof Target.OfColumn column
                      && (one.label().contains(column.column())
                          || other.label().contains(column.column())));
      if (link != null && !label
          || !words.is(i, Cue.COMMAND, Cue.PREP, Cue.FILLER, Cue.BOTH, Cue.DISTINCT) && !label) {
        return Optional.empty();
      }
    }
    Draft own = plain.apply(words.slice(first, first + 1)).draft();
    Understood with = plain.apply(words.slice(second, second + 1));
    own.combined = new Intent.Combined(Intent.Combination.UNION, with.draft().finish());
    return Optional.of(new Understood(own, List.of(), 0));
  }

  /** Whether both are said to be meant, each by itself. */
  private static boolean together(Words words, int first) {
    for (int i = 0; i < first; i++) {
      if (words.is(i, Cue.BOTH) || words.is(i, WordClass.ALL)) {
        return true;
      }
    }
    return false;
  }
}
