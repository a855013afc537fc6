package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.read.Cue;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What rows do not have: "orders with no coupon", "teachers without a mentor". */
final class Absences {
  private final Progress p;

  Absences(Progress progress) {
    this.p = progress;
  }

  /** Takes a column of which rows have no value; false if it is not said so. */
  boolean ofColumn(int i, SchemaColumn column) {
    SchemaTable entity = p.draft.entity;
    boolean said =
        p.negated
            && p.never
            && p.isCue(p.isCue(i - 1, Cue.FILLER) ? i - 2 : i - 1, Cue.NOT)
            && (p.entitySeen || !p.draft.outputs.isEmpty());
    if (!said
        || entity != column.table()
        || !column.metadata().nullable()
        || column.nature() == SchemaColumn.Nature.BOOLEAN
        || column.table().key().contains(column)
        || p.functionsPending()
        || p.comparison != null
        || !ends(i + 1)) {
      return false;
    }
    p.add(new Condition.Missing(column, false));
    p.negated = false;
    p.subject = null;
    return true;
  }

  /**
   * "Parcels that were not delivered": those without the time of it; with it, if "not" is not said.
   */
  boolean ofVerb(int i) {
    SchemaTable entity = p.draft.entity;
    String word = p.items.get(i).text().toLowerCase(Locale.ROOT);
    if (entity == null || !word.matches(".{3,}(ed|en|ft|ld)") || timely()) {
      return false;
    }
    List<SchemaColumn> times =
        entity.columns().stream()
            .filter(column -> column.nature() == SchemaColumn.Nature.TIME)
            .filter(column -> column.metadata().nullable())
            .filter(column -> column.words().stream().anyMatch(w -> Guesses.sameRoot(word, w)))
            .toList();
    if (times.size() > 1) {
      times =
          times.stream()
              .filter(column -> column.name().toLowerCase(Locale.ROOT).startsWith(word))
              .toList();
    }
    if (times.size() != 1) {
      return false;
    }
    p.add(new Condition.Missing(times.get(0), !p.negated));
    p.negated = false;
    return true;
  }

  /** Whether it is asked when something was, or for what was at some time. */
  private boolean timely() {
    return p.items.stream().anyMatch(Item.Time.class::isInstance)
        || p.items.stream()
            .anyMatch(item -> item instanceof Item.Number n && Progress.isYear(n.value()))
        || IntStream.range(0, p.items.size())
            .anyMatch(
                k ->
                    p.isCue(
                        k,
                        Cue.WHEN,
                        Cue.BEFORE,
                        Cue.AFTER,
                        Cue.UNIT,
                        Cue.EXTREME,
                        Cue.TOP,
                        Cue.ORDER,
                        Cue.BETWEEN,
                        Cue.HOWMUCH,
                        Cue.COMPARE));
  }

  private boolean ends(int i) {
    return i >= p.items.size()
        || p.isCue(i, Cue.END, Cue.COMMA, Cue.AND, Cue.OR)
        || p.isCue(i, Cue.PREP) && p.chosen.get(i + 1) == null;
  }
}
