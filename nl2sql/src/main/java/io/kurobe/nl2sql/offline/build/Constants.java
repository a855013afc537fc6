package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaColumn.Nature;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.NameClass;
import io.kurobe.nl2sql.offline.read.Period;
import io.kurobe.nl2sql.offline.read.Periods;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Does what numbers, quoted texts and periods ask for: most of them restrict a column. */
final class Constants {
  private final Progress p;

  Constants(Progress progress) {
    this.p = progress;
  }

  /** Takes a text that is said to be what a column holds: "'white' as their color"; 0 if not. */
  int as(int i, String text) {
    if (i + 1 >= p.items.size() || !p.is(i + 1, WordClass.EQUATIVE)) {
      return 0;
    }
    int k = i + 2;
    while (p.isCue(k, Cue.PRONOUN, Cue.FILLER)) {
      k++;
    }
    Link link = p.chosen.get(k);
    if (link == null
        || !(link.target() instanceof Target.OfColumn column)
        || column.column().nature() != Nature.TEXT) {
      return 0;
    }
    p.add(new Condition.Compare(column.column(), p.negated ? "<>" : "=", text));
    p.negated = false;
    p.like = null;
    return k;
  }

  int quoted(int i, Item.Quoted quoted) {
    String text = quoted.text();
    int as = as(i, text);
    if (as > 0) {
      return as;
    }
    int within = textAfterIn(i);
    if (within > 0 && p.like == null) {
      // "'senior' in their titles"
      SchemaColumn column = ((Target.OfColumn) p.chosen.get(within).target()).column();
      p.like = "contains";
      pattern(column, text);
      return within;
    }
    SchemaColumn behind = quoted.quoted() || beside(i) ? null : behind(i);
    SchemaColumn column = behind == null ? alternative(i, compared(quoted)) : behind;
    boolean said = column != null && (quoted.quoted() || behind != null || p.or || beside(i));
    if (!said && p.like == null) {
      SchemaColumn agent = agent(i);
      List<SchemaColumn> label = agent == null ? labelled(i, quoted.quoted()) : List.of(agent);
      if (label.size() == 2 && person(label, text)) {
        return i;
      }
      column = label.isEmpty() ? null : label.get(0);
    }
    if (column == null && p.like != null && p.draft.entity != null) {
      column = p.draft.entity.label().stream().findFirst().orElse(null);
    }
    if (column == null || !quoted.quoted() && column.listed()) {
      p.ignored.add(text);
      return i;
    }
    p.unshow();
    if (p.like != null) {
      pattern(column, text);
      return i;
    }
    String operator = p.negated ? "<>" : "=";
    if (p.timeRelation != null && operator.equals("=")) {
      operator =
          switch (p.timeRelation) {
            case "before" -> "<";
            case "since" -> ">=";
            default -> ">";
          };
      p.timeRelation = null;
    } else if (p.comparison != null && operator.equals("=")) {
      operator = p.comparison;
      p.comparison = null;
    }
    p.negated = false;
    p.draft.condition(new Condition.Compare(column, operator, text), p.or);
    p.or = false;
    return behind == null ? i : i + 1;
  }

  /** "San Jose city": the column named right behind a proper name. */
  private @Nullable SchemaColumn behind(int i) {
    Link next = p.chosen.get(i + 1);
    return next != null
            && next.target() instanceof Target.OfColumn column
            && column.column().nature() == Nature.TEXT
            && !column.column().identifier()
        ? column.column()
        : null;
  }

  /** "in Harford or Waterbury": what the text before was compared with. */
  private @Nullable SchemaColumn alternative(int i, @Nullable SchemaColumn column) {
    if (column == null
        && p.or
        && p.isCue(i - 1, Cue.OR)
        && !p.draft.where.isEmpty()
        && p.draft.where.get(p.draft.where.size() - 1).get(0) instanceof Condition.Compare last
        && last.operator().equals("=")) {
      return last.column();
    }
    return column;
  }

  /** The column that a text is compared with; null if none was named that could hold it. */
  private @Nullable SchemaColumn compared(Item.Quoted quoted) {
    SchemaColumn column = p.subject;
    boolean number = quoted.text().matches("-?\\d+(\\.\\d+)?");
    if (column != null && column.nature() == Nature.NUMBER && !number) {
      return null;
    }
    return column;
  }

  /** Where the text column stands in "'…' in their titles"; 0 if it is not said so. */
  private int textAfterIn(int i) {
    if (!p.isCue(i + 1, Cue.PREP) || !p.is(i + 1, WordClass.LOCATIVE)) {
      return 0;
    }
    int k = i + 2;
    boolean pronoun = false;
    while (p.isCue(k, Cue.PRONOUN, Cue.FILLER)) {
      pronoun |= p.isCue(k, Cue.PRONOUN) || p.is(k, WordClass.DEFINITE);
      k++;
    }
    Link link = p.chosen.get(k);
    return pronoun
            && link != null
            && link.target() instanceof Target.OfColumn column
            && column.column().nature() == Nature.TEXT
        ? k
        : 0;
  }

  /** Whether the column that was read last stands right before a name. */
  private boolean beside(int i) {
    for (int k = i - 1; k >= 0 && k >= i - 3; k--) {
      if (p.chosen.get(k) != null) {
        return true;
      }
      if (!p.isCue(k, Cue.FILLER, Cue.BE, Cue.COMPARE, Cue.LIKE, Cue.PREP, Cue.NOT)) {
        return false;
      }
    }
    return false;
  }

  /** "directed by": the column of directors, or what reviewers are called after "reviewed by". */
  private @Nullable SchemaColumn agent(int i) {
    if (!p.isCue(i - 1, Cue.BY) || i < 2) {
      return null;
    }
    String verb = p.items.get(i - 2).text().toLowerCase(Locale.ROOT);
    boolean participle = p.isCue(i - 2, Cue.FILLER) || p.items.get(i - 2) instanceof Item.Unknown;
    return participle && verb.length() > 3 ? p.guesses.agent(verb) : null;
  }

  /** What the table named before a text is called by, else a table that the question is about. */
  private List<SchemaColumn> labelled(int i, boolean quoted) {
    for (int k = i - 1; k >= 0 && k >= i - 3; k--) {
      Link link = p.chosen.get(k);
      if (link != null && link.target() instanceof Target.OfTable table) {
        return table.table().label();
      }
      if (!p.isCue(k, Cue.FILLER, Cue.BE, Cue.BY)) {
        break;
      }
    }
    return quoted ? p.guesses.unlistedLabel() : List.of();
  }

  /** First and last name, where what is meant is called by two columns. */
  private boolean person(List<SchemaColumn> label, String text) {
    String[] words = text.split("\\s+");
    if (words.length < 2) {
      return false;
    }
    boolean lastFirst = label.get(0).ends(NameClass.LAST_NAME);
    SchemaColumn first = label.get(lastFirst ? 1 : 0);
    SchemaColumn last = label.get(lastFirst ? 0 : 1);
    p.add(new Condition.Compare(first, "=", words[0]));
    p.add(new Condition.Compare(last, "=", text.substring(words[0].length()).strip()));
    return true;
  }

  void pattern(SchemaColumn column, String text) {
    String pattern =
        switch (p.like == null ? "" : p.like) {
          case "starts" -> text + "%";
          case "ends" -> "%" + text;
          default -> "%" + text + "%";
        };
    p.add(new Condition.Matches(column, pattern, p.negated));
    p.negated = false;
    p.like = null;
  }

  int number(int i, BigDecimal value) {
    String text = Progress.plain(value);
    boolean spelled = !p.items.get(i).text().matches("[\\d.,-]+");
    if (spelled && p.comparison == null && !p.have && p.following(i) == null) {
      return i;
    }
    if (p.comparison != null) {
      // "more than 3 orders", "at least 2 credits"
      Link next = p.following(i);
      if (next != null
          && next.target() instanceof Target.OfTable table
          && table.table() != p.draft.entity) {
        p.having(new Expression.Count(table.table()), text);
        return p.skipTo(i, next);
      }
      if (next != null
          && next.target() instanceof Target.OfTable
          && p.subjectShown
          && Combinations.shared(p.draft)) {
        // "headquarters shared by more than two companies"
        p.subject = null;
      }
      if (next != null && next.target() instanceof Target.OfTable table && p.subject == null) {
        p.having(new Expression.Count(table.table()), text);
        return p.skipTo(i, next);
      }
      if (next != null && next.target() instanceof Target.OfColumn column && p.subject == null) {
        if (column.column().measure()) {
          String operator = p.comparison;
          p.comparison = null;
          p.compare(column.column(), operator, text);
        } else {
          p.having(new Expression.CountDistinct(column.column()), text);
        }
        return p.skipTo(i, next);
      }
      if (p.counting) {
        p.counting = false;
      }
      boolean times = p.isCue(i + 1, Cue.TIMES) || p.is(i, WordClass.TIMES_OVER);
      SchemaColumn column = measured(i);
      if (column == null) {
        column = p.subject;
      }
      if (column == null && times && p.draft.entity != null) {
        p.having(new Expression.Count(p.lastMentioned()), text);
        return i;
      }
      if (column == null && value.intValue() < 120 && over(i)) {
        column = p.guesses.attribute(p.lexicon().words(NameClass.AGE));
      }
      if (column == null) {
        column = p.guesses.defaultMeasure();
      }
      if (column == null) {
        p.pendingNumber = text;
        return i;
      }
      String operator = p.comparison;
      p.comparison = null;
      // "5 or more" says how after the number
      p.compare(column, operator, text);
      return i;
    }
    if (p.comparison == null
        && p.subject != null
        && p.subject.measure()
        && p.isCue(i + 1, Cue.PREP)
        && p.is(i + 1, WordClass.DIRECTIVE)
        && i + 2 < p.items.size()
        && p.items.get(i + 2) instanceof Item.Number high
        && high.value().compareTo(value) > 0) {
      p.unshow();
      p.add(new Condition.Between(p.subject, text, Progress.plain(high.value())));
      return i + 2;
    }
    if (i + 1 < p.items.size()
        && p.items.get(i + 1) instanceof Item.Phrase phrase
        && phrase.cue() == Cue.COMPARE
        && phrase.entry().payload(0).endsWith("=")
        && p.begins(i + 1, WordClass.ALTERNATIVE)
        && !(Progress.isYear(value) && (p.subject == null || p.subject.nature() == Nature.TIME))) {
      p.comparison = phrase.entry().payload(0);
      items(i + 1);
      return number(i, value) == i ? i + 1 : i + 2;
    }
    Link after = p.chosen.get(i + 1);
    boolean listed =
        after != null
            && after.target() instanceof Target.OfColumn of
            && of.column().measure()
            && p.isCue(i - 1, Cue.AND, Cue.COMMA)
            && !(i + 2 < p.items.size() && p.items.get(i + 2) instanceof Item.Number)
            && !p.isCue(i + 2, Cue.COMPARE, Cue.BE, Cue.BETWEEN);
    Link counted = listed ? after : p.subject == null && p.have ? p.following(i) : null;
    if (counted != null
        && counted.target() instanceof Target.OfColumn column
        && column.column().measure()) {
      p.compare(column.column(), "=", text);
      return p.skipTo(i, counted);
    }
    if (counted != null
        && counted.target() instanceof Target.OfTable table
        && table.table() != p.draft.entity) {
      p.comparison = "=";
      p.having(new Expression.Count(table.table()), text);
      return p.skipTo(i, counted);
    }
    if (Progress.isYear(value)
        && (p.timeRelation != null
            || p.subject == null
            || p.subject.nature() == Nature.TIME
            || inYear(i))) {
      boolean on = p.isCue(i + 1, Cue.COMPARE) && p.begins(i + 1, WordClass.ALTERNATIVE);
      if (on && p.items.get(i + 1) instanceof Item.Phrase phrase) {
        boolean later = phrase.entry().payload(0).equals(">=");
        p.timeRelation = later ? "since" : "before";
        // "2000 or earlier" is before 2001
        time(i, Periods.wholeYear(value.intValue() + (later ? 0 : 1)));
        return i + 1;
      }
      time(i, Periods.wholeYear(value.intValue()));
      return i;
    }
    if (p.superlative == null
        && i + 1 < p.items.size()
        && p.isCue(i + 1, Cue.MOST, Cue.LEAST, Cue.EXTREME, Cue.COMMON)) {
      p.top = Progress.bounded(value);
      return i;
    }
    Link many = p.zone == Progress.Zone.SHOW ? p.following(i) : null;
    if (many != null && many.target() instanceof Target.OfTable && superlativeAfter(i)) {
      p.top = Progress.bounded(value);
      return i;
    }
    if (p.timeRelation != null && p.subject != null) {
      p.compare(p.subject, p.timeRelation.equals("before") ? "<" : ">", text);
      p.timeRelation = null;
      return i;
    }
    SchemaColumn measured = measured(i);
    if (measured != null) {
      p.compare(measured, "=", text);
      return i;
    }
    if (p.subject != null) {
      p.compare(p.subject, "=", text);
      return i;
    }
    SchemaColumn key = numbered(i);
    if (key != null) {
      p.add(new Condition.Compare(key, p.negated ? "<>" : "=", text));
      p.negated = false;
      return i;
    }
    if (p.is(i, WordClass.ONE)) {
      return i;
    }
    p.ignored.add(p.items.get(i).text());
    return i;
  }

  /** "over 18", said of people: of their age. */
  private boolean over(int i) {
    return p.isCue(i - 1, Cue.COMPARE) && p.is(i - 1, WordClass.ABOVE_OR_BELOW);
  }

  /** "department 80": the one of that number. */
  private @Nullable SchemaColumn numbered(int i) {
    Link before = p.chosen.get(i - 1);
    boolean digits = p.items.get(i).text().matches("\\d+");
    return digits
            && before != null
            && before.target() instanceof Target.OfTable table
            && !p.is(i - 1, WordClass.PLURAL)
            && table.table().key().size() == 1
            && table.table().key().get(0).nature() != Nature.TIME
        ? table.table().key().get(0)
        : null;
  }

  /** "in 2008", "in year 2008", beside a column that holds no years. */
  private boolean inYear(int i) {
    int k = p.isCue(i - 1, Cue.UNIT) ? i - 2 : i - 1;
    return p.isCue(k, Cue.PREP)
        && p.is(k, WordClass.LOCATIVE)
        && p.subject != null
        && !Progress.year(p.subject)
        && p.guesses.timeColumn() != null;
  }

  /** What the unit behind a number says is compared: "20 years old", "100 euros". */
  @Nullable SchemaColumn measured(int i) {
    if (i + 1 < p.items.size()
        && p.items.get(i + 1) instanceof Item.Phrase unit
        && unit.cue() == Cue.MONEY
        && (p.subject == null
            || p.lexicon().words(NameClass.AGE).contains(unit.entry().payload(0)))) {
      return p.guesses.attribute(Guesses.attributes(unit.entry().payload(), 0));
    }
    return null;
  }

  void items(int ignoredPosition) {
    // the phrase behind the number has been taken with it
    p.consumed = ignoredPosition;
  }

  /** A number, a year or a time that a verb before it is about: "opened after 2000". */
  private @Nullable SchemaColumn verb(int i, boolean beside) {
    for (int k = i - 1; k >= 0 && k >= i - 4; k--) {
      String word = p.items.get(k).text().toLowerCase(Locale.ROOT);
      boolean verb = p.isCue(k, Cue.FILLER) || p.items.get(k) instanceof Item.Unknown;
      if (verb && word.length() > 3) {
        SchemaColumn column = beside ? p.guesses.datedBeside(word) : p.guesses.dated(word);
        if (column != null) {
          if (p.ignored.remove(p.items.get(k).text())) {
            p.faint = Math.max(0, p.faint - 1);
          }
          return column;
        }
      } else if (!p.isCue(
          k, Cue.FILLER, Cue.PREP, Cue.BEFORE, Cue.AFTER, Cue.BETWEEN, Cue.COMPARE)) {
        return null;
      }
    }
    return null;
  }

  void time(int i, Period period) {
    Period meant =
        p.timeRelation == null
            ? period
            : switch (p.timeRelation) {
              case "before" -> period.before();
              case "since" -> period.since();
              default -> period.after();
            };
    SchemaColumn column =
        p.subject != null && (p.subject.nature() == Nature.TIME || Progress.year(p.subject))
            ? p.subject
            : verb(i, false);
    if (column == null) {
      column = absent();
    }
    if (column == null) {
      column = p.guesses.timeColumn();
    }
    if (column == null) {
      column = verb(i, true);
    }
    if (column == null && p.isCue(i - 1, Cue.AND, Cue.NOT, Cue.OR, Cue.PREP)) {
      column = Spans.last(p.draft);
    }
    if (column == null) {
      p.ignored.add(period.phrase());
      return;
    }
    if (column == p.subject) {
      p.unshow();
    }
    Integer year = period.year();
    if (column.nature() == Nature.TIME) {
      new Spans(p).during(i, column, meant);
    } else if (year != null) {
      String operator =
          p.timeRelation == null
              ? (p.negated ? "<>" : "=")
              : p.timeRelation.equals("before") ? "<" : p.timeRelation.equals("since") ? ">=" : ">";
      p.add(new Condition.Compare(column, operator, Integer.toString(year)));
      p.negated = false;
    } else if (meant.years() != null) {
      p.add(new Condition.Between(column, meant.years()[0], meant.years()[1]));
    } else {
      p.ignored.add(period.phrase());
    }
    p.timeRelation = null;
    p.comparison = null;
  }

  /** "Who have not ordered anything in 2025": the time of what there is none of. */
  private @Nullable SchemaColumn absent() {
    int last = p.draft.where.size() - 1;
    boolean absent =
        last >= 0
            && !p.draft.aggregates()
            && p.draft.where.get(last).get(0) instanceof Condition.Exists exists
            && exists.negated()
            && exists.inner().isEmpty();
    if (!absent) {
      return null;
    }
    SchemaTable table = p.draft.where.get(last).get(0).table();
    List<SchemaColumn> times =
        table.columns().stream().filter(c -> c.nature() == Nature.TIME).toList();
    return times.stream()
        .filter(time -> table.words().stream().anyMatch(time.words()::contains))
        .findFirst()
        .orElse(times.isEmpty() ? null : times.get(0));
  }

  /** "older than the average", "above the average price". */
  void against(SchemaColumn column) {
    String operator = p.comparison == null ? ">" : p.comparison;
    SchemaColumn left = p.subject == null ? column : p.subject;
    p.unshow();
    p.add(new Condition.AgainstAll(left, operator, p.functions.get(0), column));
    p.functions.clear();
    p.comparison = null;
  }

  boolean superlativeAfter(int i) {
    for (int k = i + 1; k < p.items.size(); k++) {
      if (p.isCue(k, Cue.MOST, Cue.LEAST, Cue.EXTREME, Cue.COMMON)) {
        return true;
      }
    }
    return false;
  }
}
