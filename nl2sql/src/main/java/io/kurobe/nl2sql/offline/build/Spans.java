package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spans of time as conditions. "Ordered in both 2023 and 2024" asks for an order in each, "orders
 * in January and in February" for those of either; "in 2023 but not 2024" for none in the other.
 */
final class Spans {
  private final Progress p;

  Spans(Progress progress) {
    this.p = progress;
  }

  /** The time of the last condition about one, which what follows "and in" is about as well. */
  static @Nullable SchemaColumn last(Draft draft) {
    Condition last = draft.where.isEmpty() ? null : draft.where.get(draft.where.size() - 1).get(0);
    if (last instanceof Condition.Exists exists && exists.inner().size() == 1) {
      last = exists.inner().get(0);
    }
    return last instanceof Condition.During during ? during.column() : null;
  }

  void during(int i, SchemaColumn column, Period period) {
    SchemaTable table = column.table();
    var condition = new Condition.During(column, period);
    boolean many = p.guesses.toMany(table);
    boolean rows = !p.draft.aggregates() && !p.functionsPending() && many;
    if (p.negated) {
      p.negated = false;
      if (rows) {
        apart();
        p.draft.where.add(List.of(new Condition.Exists(table, true, List.of(condition))));
        return;
      }
      p.draft.where.add(
          List.of(
              new Condition.During(column, period.before()),
              new Condition.During(column, period.after())));
      return;
    }
    boolean goesOn = p.isCue(i - 1, Cue.AND, Cue.OR, Cue.COMMA) || p.isCue(i - 2, Cue.AND, Cue.OR);
    // "After May and before July" is one span of both ends.
    boolean beside = goesOn && lastIsOn(column) && p.timeRelation == null;
    boolean either = p.or || p.isCue(i - 1, Cue.OR) || p.isCue(i - 2, Cue.OR);
    if (beside && rows && !either) {
      apart();
      p.draft.where.add(List.of(new Condition.Exists(table, false, List.of(condition))));
      return;
    }
    p.or = false;
    p.draft.condition(condition, beside || either);
  }

  private boolean lastIsOn(SchemaColumn column) {
    return last(p.draft) == column;
  }

  /** The last condition is about a row of its own. */
  private void apart() {
    int last = p.draft.where.size() - 1;
    if (last >= 0
        && p.draft.where.get(last).size() == 1
        && p.draft.where.get(last).get(0) instanceof Condition.During during) {
      p.draft.where.set(
          last, List.of(new Condition.Exists(during.table(), false, List.of(during))));
    }
  }
}
