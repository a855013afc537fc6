package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaColumn.Nature;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Two columns of a row compared: "shipped after the required date", "more than their manager". */
final class Comparisons {
  private final Progress p;

  Comparisons(Progress progress) {
    this.p = progress;
  }

  /** Takes a column that another one is compared with; false if it is none. */
  boolean ofColumns(int i, SchemaColumn column) {
    boolean pending = p.comparison != null || p.timeRelation != null;
    if (!pending
        || p.pendingNumber != null
        || !p.functions.isEmpty()
        || p.counting
        || p.each
        || p.zone == Progress.Zone.ORDER
        || p.havingFunction != null
        || valueFollows(i, column)) {
      return false;
    }
    SchemaColumn left = p.subject;
    if (p.comparison == null && (left == null || left.nature() != Nature.TIME)) {
      left = verb(i, column);
    }
    if (left == null || left == column || !comparable(left, column)) {
      return false;
    }
    add(left, p.comparison == null ? relation(p) : p.comparison, column);
    return true;
  }

  private static String relation(Progress p) {
    return "before".equals(p.timeRelation) ? "<" : "since".equals(p.timeRelation) ? ">=" : ">";
  }

  /** "That ended before they started": two times that verbs say. */
  boolean ofVerbs(int i) {
    if (p.timeRelation == null
        || p.comparison != null
        || !p.isCue(i, Cue.FILLER, Cue.AFTER) && !(p.items.get(i) instanceof Item.Unknown)
        || i + 1 < p.items.size() && !p.isCue(i + 1, Cue.END, Cue.COMMA)) {
      return false;
    }
    String word = p.items.get(i).text().toLowerCase(Locale.ROOT);
    SchemaColumn right = word.length() > 3 ? p.guesses.dated(word) : null;
    SchemaColumn left = right == null ? null : verb(i, right);
    if (left == null || left == right || !comparable(left, right)) {
      return false;
    }
    add(left, relation(p), right);
    return true;
  }

  /** "Delivered after …": the time that a verb says, though it may be a stored value as well. */
  private @Nullable SchemaColumn verb(int i, SchemaColumn compared) {
    for (int k = i - 1; k >= 0 && k >= i - 6; k--) {
      String word = p.items.get(k).text().toLowerCase(Locale.ROOT);
      Link link = p.chosen.get(k);
      boolean value = link != null && link.target() instanceof Target.OfValue;
      boolean said =
          p.isCue(k, Cue.FILLER, Cue.GROWTH) || p.items.get(k) instanceof Item.Unknown || value;
      SchemaColumn column = said && word.length() > 3 ? p.guesses.dated(word, compared) : null;
      if (column != null) {
        if (value) {
          Target.OfValue of = (Target.OfValue) link.target();
          p.draft.where.remove(List.of(new Condition.Compare(of.column(), "=", of.value())));
        } else if (p.ignored.remove(p.items.get(k).text())) {
          p.faint = Math.max(0, p.faint - 1);
        }
        return column;
      }
      if (link != null) {
        return null;
      }
    }
    return null;
  }

  /** "Earn more than their manager": the same column of whom a key refers to. */
  static boolean withRole(Progress p, int i, SchemaTable table) {
    boolean timely =
        p.timeRelation != null && p.subject != null && p.subject.nature() == Nature.TIME;
    if (table.reached() == null
        || p.comparison == null && !timely
        || p.subject == null
        || p.subject.table() != table.reached().from()
        || !p.functions.isEmpty()
        || p.chosen.get(i + 1) != null
            && p.chosen.get(i + 1).target() instanceof Target.OfColumn beside
            && beside.column().table() == table) {
      return false;
    }
    SchemaColumn left = p.subject;
    String operator = p.comparison == null ? relation(p) : p.comparison;
    new Comparisons(p).add(left, operator, SameForm.twin(left, table));
    return true;
  }

  private void add(SchemaColumn left, String operator, SchemaColumn right) {
    p.unshow();
    p.add(new Condition.Columns(left, p.negated ? Progress.opposite(operator) : operator, right));
    p.negated = false;
    p.comparison = null;
    p.timeRelation = null;
  }

  private boolean valueFollows(int i, SchemaColumn column) {
    int next = i + 1;
    while (p.isCue(next, Cue.BE, Cue.FILLER, Cue.PREP)) {
      next++;
    }
    if (next >= p.items.size()) {
      return false;
    }
    Item item = p.items.get(next);
    return item instanceof Item.Number
        || item instanceof Item.Quoted
        || item instanceof Item.Time
        || p.chosen.get(next) != null
            && p.chosen.get(next).target() instanceof Target.OfValue value
            && value.column() == column;
  }

  private static boolean comparable(SchemaColumn left, SchemaColumn right) {
    return left.nature() == right.nature()
        && List.of(Nature.NUMBER, Nature.TIME, Nature.TEXT).contains(left.nature())
        && (left.nature() != Nature.NUMBER || left.measure() && right.measure())
        && (Compounds.leadsToOne(left.table(), right.table())
            || Compounds.leadsToOne(right.table(), left.table()));
  }
}
