package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What rows do not have: "orders with no coupon", "teachers without a mentor". */
final class Absences {
  private final Progress p;

  Absences(Progress progress) {
    this.p = progress;
  }

  /** Takes a column of which rows have no value; gives the last item that says it, or -1. */
  int ofColumn(int i, SchemaColumn column) {
    int last = named(i, column);
    return says(i, column, last) ? last : -1;
  }

  /** "A home branch": the key, and the table that it refers to. */
  private int named(int i, SchemaColumn column) {
    return p.chosen.get(i + 1) != null
            && p.chosen.get(i + 1).target() instanceof Target.OfTable table
            && column.table().joins().stream()
                .anyMatch(
                    join ->
                        join.to() == table.table() && join.fromColumns().equals(List.of(column)))
        ? i + 1
        : i;
  }

  private boolean says(int i, SchemaColumn column, int last) {
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
        || !ends(last + 1)) {
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
    String word = p.text(i);
    if (entity == null || !p.is(i, WordClass.DONE)) {
      return false;
    }
    SchemaTable elsewhere = p.negated && p.entitySeen ? elsewhere(entity, word) : null;
    if (elsewhere != null) {
      p.draft.where.add(List.of(new Condition.Exists(elsewhere, true, List.of())));
      p.negated = false;
      return true;
    }
    if (timely()) {
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

  /** "Orders that were never shipped": what has the time of it, for each of them. */
  private @Nullable SchemaTable elsewhere(SchemaTable entity, String word) {
    if (dates(entity, word)) {
      return null;
    }
    List<SchemaTable> tables =
        entity.joins().stream()
            .filter(join -> !join.toOne())
            .map(Join::to)
            .filter(table -> dates(table, word))
            .filter(table -> p.chosen.values().stream().noneMatch(l -> l.target().table() == table))
            .distinct()
            .toList();
    return tables.size() == 1 ? tables.get(0) : null;
  }

  private static boolean dates(SchemaTable table, String word) {
    return table.columns().stream()
        .anyMatch(
            column ->
                column.nature() == SchemaColumn.Nature.TIME
                    && column.words().stream().anyMatch(w -> Guesses.sameRoot(word, w)));
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
