package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.List;
import java.util.Set;

/**
 * Reads the spans of a question from left to right and notes what each asks for. What a name does
 * depends on where it stands: what is shown comes first, what restricts comes after "who", "with",
 * "in" and their like, what follows "per" is grouped by, what follows "sorted by" orders. A phrase
 * that needs a name (an aggregate, a superlative, a comparison) waits for the next one. So it is no
 * grammar: a question that a grammar would reject for one odd word is still read, and what nothing
 * came of is counted against it when candidates are ranked.
 */
public final class Interpreter {
  /**
   * What was understood, and the words that nothing came of.
   *
   * @param faint how many of those seldom matter
   * @param reading the reading of names, with tables in the roles that the question gives them
   */
  public record Interpretation(
      Intent intent, List<String> ignored, int faint, Resolver.Reading reading) {
    public Interpretation {
      ignored = List.copyOf(ignored);
    }
  }

  private final Progress p;
  private final Constants constants;
  private final Names names;
  private final Phrases phrases;

  private Interpreter(Words words) {
    p = new Progress(words);
    constants = new Constants(p);
    names = new Names(p, constants);
    phrases = new Phrases(p, constants, names);
  }

  /**
   * What the spans ask for under one reading.
   *
   * @param keys what is known to lead from one table to another
   */
  public static Interpretation interpret(
      List<Item> items, Resolver.Reading reading, Set<SchemaColumn> keys, Lexicon lexicon) {
    Words words = Roles.assign(new Words(items, reading.chosen(), lexicon));
    Understood understood = Forms.read(FirstAndLast.read(words), keys);
    return new Interpretation(
        understood.draft().finish(),
        understood.ignored(),
        understood.faint(),
        new Resolver.Reading(words.chosen(), reading.score() + better(reading, words)));
  }

  /** By how much the names in roles fit better than those without. */
  private static double better(Resolver.Reading reading, Words words) {
    return reading.chosen().entrySet().stream()
            .mapToDouble(e -> words.chosen().get(e.getKey()).score() - e.getValue().score())
            .sum()
        / Math.max(1, reading.chosen().size());
  }

  /** What spans of no special form ask for. */
  static Understood understand(Words words, Set<SchemaColumn> keys) {
    var interpreter = new Interpreter(words);
    interpreter.p.draft.named.addAll(keys);
    interpreter.findEntity();
    for (int i = 0; i < words.size(); i++) {
      i = interpreter.step(i);
    }
    new Completion(interpreter.p).complete();
    return new Understood(interpreter.p.draft, interpreter.p.ignored, interpreter.p.faint);
  }

  /** The question is about the first table it names; else about that of its first column. */
  private void findEntity() {
    SchemaTable first = null;
    for (int i = 0; i < p.items.size(); i++) {
      Link link = p.chosen.get(i);
      if (link == null) {
        continue;
      }
      if (Compounds.qualifies(p, i)) {
        continue;
      }
      if (first == null && whoIs(i) && link.target() instanceof Target.OfValue value) {
        p.draft.entity = itself(value.table());
        return;
      }
      if (link.target() instanceof Target.OfTable table && (first == null || link.score() >= 0.7)) {
        p.draft.entity = itself(table.table());
        return;
      }
      if (first == null) {
        first = itself(link.target().table());
      }
    }
    p.draft.entity = first;
  }

  /** "Who is the treasurer of the club?": one of those of whom it is stored, not a club. */
  private boolean whoIs(int i) {
    return p.is(0, WordClass.WHO)
        && p.isCue(i + 1, Cue.PREP)
        && p.onlyCues(0, i, Cue.BE, Cue.FILLER);
  }

  /** The table that another one of its own is named beside: employees, not their managers. */
  private static SchemaTable itself(SchemaTable table) {
    Join role = table.reached();
    return role != null && role.from().name().equals(table.name()) ? role.from() : table;
  }

  /** Takes an item; gives the position of the last one that went with it. */
  private int step(int i) {
    Item item = p.items.get(i);
    if (new Comparisons(p).ofVerbs(i)) {
      return i;
    }
    if (item instanceof Item.Phrase phrase) {
      return phrases.phrase(i, phrase);
    }
    if (item instanceof Item.Named) {
      Link link = p.chosen.get(i);
      return link == null ? i : named(i, link.target());
    }
    if (item instanceof Item.Number number) {
      return constants.number(i, number.value());
    }
    if (item instanceof Item.Quoted quoted) {
      return constants.quoted(i, quoted);
    }
    if (item instanceof Item.Time time) {
      constants.time(i, time.period());
    } else if (afterItsKind(i) || whole(i) || new Absences(p).ofVerb(i)) {
      return i;
    } else if (p.zone != Progress.Zone.RESTRICT || !names.verb(item.text())) {
      p.ignored.add(item.text());
      p.faint += item instanceof Item.Unknown unknown && unknown.faint() ? 1 : 0;
    }
    return i;
  }

  /** "In the orders table", "in this shop": all there is. */
  private boolean whole(int i) {
    Link before = p.chosen.get(i - 1);
    boolean table =
        before != null && before.target() instanceof Target.OfTable && p.is(i, WordClass.TABLE);
    boolean here =
        p.isCue(i - 2, Cue.PREP)
            && p.isCue(i - 1, Cue.FILLER)
            && p.is(i - 1, WordClass.HERE)
            && (i + 1 == p.items.size() || p.isCue(i + 1, Cue.END));
    return table || here;
  }

  /** "The due date": of a column of dates it says nothing more. */
  private boolean afterItsKind(int i) {
    Link before = p.chosen.get(i - 1);
    return before != null
        && p.is(i, WordClass.POINT_IN_TIME)
        && (before.target() instanceof Target.OfColumn column
                && column.column().nature() == SchemaColumn.Nature.TIME
            || before.target() instanceof Target.OfValue && p.guesses.dated(p.text(i - 1)) != null);
  }

  private int named(int i, Target target) {
    if (target instanceof Target.OfTable table) {
      return names.table(i, table.table());
    }
    if (target instanceof Target.OfColumn column) {
      p.draft.named.add(column.column());
      return names.column(i, column.column());
    }
    if (target instanceof Target.OfLabel label) {
      return names.label(i, label.table());
    }
    return names.value(i, (Target.OfValue) target);
  }
}
