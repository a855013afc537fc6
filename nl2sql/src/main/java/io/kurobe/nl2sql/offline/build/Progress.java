package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.build.Expression.Function;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaColumn.Nature;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Lexicon;
import io.kurobe.nl2sql.offline.read.NameClass;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far the reading of a question has come: what was noted, and what waits for its name. */
final class Progress {
  /** Where the reader is. */
  enum Zone {
    SHOW,
    RESTRICT,
    GROUP,
    ORDER
  }

  private final Words words;
  final List<Item> items;
  final Map<Integer, Link> chosen;
  final Draft draft = new Draft();
  final Guesses guesses;

  /** Words that nothing came of. */
  final List<String> ignored = new ArrayList<>();

  /** How many of them seldom matter. */
  int faint;

  Zone zone = Zone.SHOW;

  // What waits for the name that it applies to.
  final List<Function> functions = new ArrayList<>();
  @Nullable Function havingFunction;
  boolean counting;
  boolean distinct;
  boolean negated;
  boolean or;
  boolean both;

  /** Whether "and" or "both" was said between conditions. */
  boolean together;

  /** Of what values were named side by side: "male and female students". */
  @Nullable SchemaColumn split;

  boolean each;
  @Nullable Boolean superlative;
  @Nullable Integer top;
  List<String> attributes = List.of();
  @Nullable String comparison;
  @Nullable String pendingNumber;
  @Nullable String like;
  @Nullable String timeRelation;
  boolean commonPending;
  boolean commonMost;
  String wanted = "";

  /** Whether what is asked for is what does something with the table named, or what it does. */
  boolean objectAsked;

  /** Whether "never" or "without any" was said. */
  boolean never;

  /** How many outputs there were before a further sentence said what to show. */
  int shownBefore;

  /** From which condition on "but not" takes rows away; -1 if it was not said. */
  int exceptFrom = -1;

  /** Whether those are conditions of rows that there are none of. */
  boolean without;

  // What was just read.
  @Nullable SchemaTable lastTable;
  @Nullable SchemaColumn subject;
  boolean subjectShown;
  boolean have;
  boolean who;
  boolean entitySeen;
  boolean everything;
  boolean howMuch;
  int consumed = -1;

  // The order that was asked for.
  boolean descending;
  boolean directed;
  boolean labelOrder;

  final Set<SchemaTable> groupedByTable = new HashSet<>();

  Progress(Words words) {
    this.words = words;
    this.items = words.items();
    this.chosen = words.chosen();
    this.guesses = new Guesses(draft, chosen);
  }

  /** What words of the question's language do. */
  Lexicon lexicon() {
    return words.lexicon();
  }

  /** The words at a position in lower case; "" where there are none. */
  String text(int i) {
    return words.text(i);
  }

  /** Whether the words at a position are of one of some classes. */
  boolean is(int i, WordClass... any) {
    return words.is(i, any);
  }

  boolean begins(int i, WordClass with) {
    return words.begins(i, with);
  }

  boolean ends(int i, WordClass with) {
    return words.ends(i, with);
  }

  boolean has(int i, WordClass word) {
    return words.has(i, word);
  }

  void show() {
    zone = Zone.SHOW;
    subject = null;
    have = false;
    negated = false;
  }

  boolean functionsPending() {
    return !functions.isEmpty() || counting;
  }

  boolean next(int i, Class<?> target) {
    Link link = chosen.get(i + 1);
    return link != null && target.isInstance(link.target());
  }

  static int bounded(BigDecimal value) {
    return Math.max(1, Math.min(value.intValue(), 1_000_000));
  }

  boolean nextColumn(int i) {
    Link link = chosen.get(i + 1);
    return link != null
        && link.target() instanceof Target.OfColumn column
        && (column.column().measure() || column.column().nature() == Nature.TIME);
  }

  static Expression aggregate(Function function, SchemaColumn column) {
    return new Expression.Aggregate(function, column);
  }

  /** Whether a column where outputs stand is followed by what it is compared with. */
  boolean restricts(int i) {
    for (int k = i + 1; k < items.size() && k <= i + 3; k++) {
      Item item = items.get(k);
      if (item instanceof Item.Quoted || item instanceof Item.Number) {
        return k == i + 1 || onlyCues(i, k, Cue.BE, Cue.COMPARE, Cue.NOT, Cue.LIKE);
      }
      if (item instanceof Item.Named) {
        Link link = chosen.get(k);
        return link != null
            && link.target() instanceof Target.OfValue value
            && chosen.get(i) != null
            && chosen.get(i).target() instanceof Target.OfColumn column
            && column.column() == value.column()
            && !draft.outputs.isEmpty();
      }
      if (!(item instanceof Item.Phrase phrase)
          || !EnumSet.of(Cue.BE, Cue.COMPARE, Cue.NOT, Cue.LIKE, Cue.FILLER, Cue.PREP)
              .contains(phrase.cue())) {
        return false;
      }
    }
    return false;
  }

  /** "the Good status": a column's name behind its value says nothing new. */
  boolean afterItsValue(int i, SchemaColumn column) {
    Link before = chosen.get(i - 1);
    return before != null
        && before.target() instanceof Target.OfValue value
        && (value.column() == column || value.column().words().equals(column.words()));
  }

  /** "the History department", where a column of another table holds the department. */
  boolean afterItsValue(int i, SchemaTable table) {
    Link before = chosen.get(i - 1);
    return before != null
        && table != draft.entity
        && before.target() instanceof Target.OfValue value
        && value.column().table() != table
        && value.column().words().containsAll(table.words());
  }

  boolean onlyCues(int from, int to, Cue... cues) {
    for (int k = from + 1; k < to; k++) {
      if (!isCue(k, cues)) {
        return false;
      }
    }
    return true;
  }

  boolean lastIsOn(SchemaColumn column) {
    if (draft.where.isEmpty()) {
      return false;
    }
    Condition last = draft.where.get(draft.where.size() - 1).get(0);
    return last instanceof Condition.Compare c && c.column() == column && c.operator().equals("=")
        || last instanceof Condition.OneOf o && o.column() == column;
  }

  @Nullable Link following(int i) {
    for (int k = i + 1; k < items.size() && k <= i + 3; k++) {
      if (k == consumed) {
        continue;
      }
      if (items.get(k) instanceof Item.Named) {
        return chosen.get(k);
      }
      if (!isCue(k, Cue.FILLER, Cue.DISTINCT, Cue.COUNT, Cue.SUM, Cue.PRONOUN)) {
        return null;
      }
    }
    return null;
  }

  int skipTo(int i, Link link) {
    for (int k = i + 1; k < items.size(); k++) {
      if (chosen.get(k) == link) {
        return k;
      }
    }
    return i;
  }

  void having(Expression aggregate, String number) {
    draft.having.add(new Intent.Having(aggregate, comparison == null ? "=" : comparison, number));
    comparison = null;
    counting = false;
    negated = false;
  }

  SchemaTable lastMentioned() {
    SchemaTable last = draft.entity;
    for (SchemaTable table : draft.mentioned) {
      last = table;
    }
    return Objects.requireNonNull(last);
  }

  void compare(SchemaColumn column, String operator, String text) {
    if (havingFunction != null) {
      draft.having.add(new Intent.Having(aggregate(havingFunction, column), operator, text));
      havingFunction = null;
      return;
    }
    unshow();
    if (column.nature() == Nature.TEXT && !operator.equals("=") && !operator.equals("<>")) {
      ignored.add(operator + " " + text);
      return;
    }
    add(new Condition.Compare(column, negated ? opposite(operator) : operator, text));
    negated = false;
  }

  static String opposite(String operator) {
    return switch (operator) {
      case "=" -> "<>";
      case "<>" -> "=";
      case ">" -> "<=";
      case "<" -> ">=";
      case ">=" -> "<";
      default -> ">";
    };
  }

  static boolean year(SchemaColumn column) {
    return column.has(NameClass.YEAR) || column.has(NameClass.FOUNDED);
  }

  void add(Condition condition) {
    draft.condition(condition, or);
    or = false;
  }

  /** A column that turned out to restrict is not shown. */
  void unshow() {
    if (subjectShown && subject != null && (draft.outputs.size() > 1 || entitySeen)) {
      draft.outputs.remove(new Expression.Column(subject));
    }
    subjectShown = false;
  }

  void rank(SchemaColumn column) {
    boolean down = Boolean.TRUE.equals(superlative) != (!attributes.isEmpty() && flips(column));
    counting = false;
    Expression by =
        functions.isEmpty() ? new Expression.Column(column) : aggregate(functions.get(0), column);
    functions.clear();
    order(by, down);
  }

  boolean flips(SchemaColumn column) {
    return attributes.stream()
        .anyMatch(
            attribute ->
                attribute.endsWith("-")
                    && column.words().stream()
                        .anyMatch(attribute.substring(0, attribute.length() - 1)::equals));
  }

  void order(Expression by) {
    order(by, Boolean.TRUE.equals(superlative));
  }

  void order(Expression by, boolean down) {
    draft.order.add(new Intent.Order(by, down));
    draft.limit = top == null ? 1 : top;
    top = null;
    superlative = null;
    counting = false;
    subject = null;
  }

  /** Whether a name comes after "of" and its like: it says whose the one before is. */
  boolean owner(int i) {
    return isCue(i - 1, Cue.PREP) || isCue(i - 1, Cue.FILLER) && isCue(i - 2, Cue.PREP);
  }

  boolean isCue(int i, Cue... cues) {
    if (i < 0 || i >= items.size() || !(items.get(i) instanceof Item.Phrase phrase)) {
      return false;
    }
    return Arrays.asList(cues).contains(phrase.cue());
  }

  static boolean isYear(BigDecimal value) {
    return value.scale() <= 0 && value.intValue() >= 1800 && value.intValue() <= 2100;
  }

  static String plain(BigDecimal value) {
    return value.toPlainString();
  }
}
