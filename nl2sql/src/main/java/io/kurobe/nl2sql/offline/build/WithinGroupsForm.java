package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.read.Cue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * "The three best selling products of each category", "the newest order of every customer", "for
 * each ward, its oldest patient": a superlative within groups. Read without the groups it orders
 * and limits; that is then done in each group. One row may be as good as another where one is asked
 * for, and both are shown; of several, as many as were asked for.
 */
final class WithinGroupsForm implements Form {
  private static final Cue[] RANKING = {Cue.TOP, Cue.MOST, Cue.LEAST, Cue.EXTREME, Cue.COMMON};

  @Override
  public Optional<Understood> read(Words words, Function<Words, Understood> plain) {
    int each = words.find(0, Cue.EACH);
    int superlative = words.find(0, RANKING);
    if (each < 0 || superlative < 0 || words.find(each + 1, Cue.EACH) >= 0) {
      return Optional.empty();
    }
    int last = end(words, each);
    boolean leading = each < superlative;
    if (last < 0 || leading && each > 1 || !leading && ends(words, superlative, each)) {
      return Optional.empty();
    }
    if (!ranksRows(words, superlative)) {
      return Optional.empty();
    }
    int drop = leading && words.is(last + 1, Cue.COMMA) ? last + 1 : last;
    Understood read = plain.apply(words.only(i -> i < each || i > drop));
    Draft draft = read.draft();
    List<Expression> by = groups(words, each, last, draft);
    if (draft.limit == null
        || draft.order.isEmpty()
        || by.isEmpty()
        || !draft.groups.isEmpty()
        || draft.combined != null
        || draft.distinct
        || same(by, draft)) {
      return Optional.empty();
    }
    draft.within = new Intent.Within(keys(by), draft.limit == 1);
    List<Expression> shown = new ArrayList<>(draft.outputs);
    draft.outputs.clear();
    by.forEach(draft::output);
    shown.forEach(draft::output);
    return Optional.of(read);
  }

  /** Where what follows "each" ends; -1 if nothing does that groups. */
  private static int end(Words words, int each) {
    int i = words.past(each + 1);
    if (words.is(i, Cue.UNIT)) {
      return i;
    }
    if (words.table(i) == null && words.column(i) == null) {
      return -1;
    }
    while (words.table(i + 1) != null || words.table(i) != null && words.column(i + 1) != null) {
      i++;
    }
    return i;
  }

  private static boolean ends(Words words, int from, int to) {
    int end = words.find(from, Cue.END);
    return end >= 0 && end < to;
  }

  /** Whether rows are ranked, not only the highest of a column asked for. */
  private static boolean ranksRows(Words words, int superlative) {
    int next = words.past(superlative + 1, Cue.COUNT);
    if (words.items().get(Math.min(next, words.size() - 1))
        instanceof io.kurobe.nl2sql.offline.link.Item.Number) {
      return true;
    }
    boolean before = false;
    for (int i = 0; i < superlative; i++) {
      before |= words.table(i) != null;
    }
    SchemaColumn column = words.column(next);
    boolean measures =
        column != null && (column.measure() || column.nature() == SchemaColumn.Nature.TIME);
    return before || !measures;
  }

  private static List<Expression> groups(Words words, int each, int last, Draft draft) {
    List<Expression> by = new ArrayList<>();
    for (int i = each + 1; i <= last; i++) {
      SchemaTable table = words.table(i);
      SchemaColumn column = words.column(i);
      if (column != null) {
        by.clear();
        by.add(new Expression.Column(column));
      } else if (table != null) {
        by.clear();
        Guesses.keysOf(table).forEach(key -> by.add(new Expression.Column(key)));
      } else if (words.is(i, Cue.UNIT)) {
        SchemaColumn time = new Guesses(draft, words.chosen()).timeColumn();
        if (time != null && time.nature() == SchemaColumn.Nature.TIME) {
          by.add(
              new Expression.Bucket(
                  Expression.Unit.valueOf(words.payload(i).toUpperCase(Locale.ROOT)), time));
        } else if (time != null) {
          by.add(new Expression.Column(time));
        }
      }
    }
    return by;
  }

  /** Whether every group would be one row. */
  private static boolean same(List<Expression> by, Draft draft) {
    return draft.entity != null
        && by.stream()
            .allMatch(
                e ->
                    e instanceof Expression.Column c
                        && c.table() == draft.entity
                        && (c.table().label().contains(c.column())
                            || c.table().key().contains(c.column())));
  }

  /** Groups by the key of what is called by name, for names need not be different. */
  static List<Expression> keys(List<Expression> by) {
    List<Expression> keys = new ArrayList<>();
    for (Expression expression : by) {
      boolean label =
          expression instanceof Expression.Column c
              && c.table().label().contains(c.column())
              && !c.table().key().isEmpty();
      if (!label) {
        keys.add(expression);
      } else {
        for (SchemaColumn key : expression.table().key()) {
          if (!keys.contains(new Expression.Column(key))) {
            keys.add(new Expression.Column(key));
          }
        }
      }
    }
    return keys;
  }
}
