package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.NameClass;
import io.kurobe.nl2sql.offline.read.WordClass;

/**
 * What many rows share, asked for by itself: "which grades are taught in room 4", "show all
 * majors". Each is meant once; "the majors of the students" are those of each of them.
 */
final class Kinds {
  private Kinds() {}

  /** Shows each value once where a question asks which there are. */
  static void once(Progress p) {
    Draft draft = p.draft;
    if (draft.distinct
        || draft.outputs.size() != 1
        || !(draft.outputs.get(0) instanceof Expression.Column shown)
        || !draft.groups.isEmpty()
        || !draft.order.isEmpty()
        || draft.limit != null
        || draft.combined != null
        || !shared(shown.column())) {
      return;
    }
    for (int i = 0; i < p.items.size(); i++) {
      Link link = p.chosen.get(i);
      if (link != null) {
        draft.distinct =
            link.target() instanceof Target.OfColumn first
                && first.column() == shown.column()
                && (which(p, i) || all(p, i));
        return;
      }
    }
  }

  /** Whether several rows may well have the same. */
  private static boolean shared(SchemaColumn column) {
    return !column.ends(NameClass.FREE_TEXT)
        && !column.table().label().contains(column)
        && !column.table().key().contains(column);
  }

  private static boolean which(Progress p, int i) {
    return p.isCue(i - 1, Cue.WHICH) || p.isCue(i - 1, Cue.COMMAND) && p.is(i - 1, WordClass.WHICH);
  }

  /** "Show all majors": several, of nothing that is named. */
  private static boolean all(Progress p, int i) {
    int before = i - 1;
    while (p.isCue(before, Cue.FILLER, Cue.COMMAND, Cue.WHO, Cue.BE)) {
      before--;
    }
    boolean several = p.is(i, WordClass.PLURAL);
    return before < 0 && several && !owned(p, i);
  }

  /** Whether it is said whose they are. */
  private static boolean owned(Progress p, int i) {
    for (int k = i + 1; k < p.items.size(); k++) {
      Item item = p.items.get(k);
      if (p.isCue(k, Cue.PREP, Cue.EACH, Cue.BY, Cue.AND, Cue.COMMA)) {
        return true;
      }
      if (p.isCue(k, Cue.REL, Cue.HAVE, Cue.END)) {
        return false;
      }
      if (item instanceof Item.Named) {
        return false;
      }
    }
    return false;
  }
}
