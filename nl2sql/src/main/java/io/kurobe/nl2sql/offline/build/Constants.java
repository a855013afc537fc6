package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaColumn.Nature;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Period;
import io.kurobe.nl2sql.offline.read.Periods;
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

  void quoted(Item.Quoted quoted) {
    SchemaColumn column = p.subject;
    if (column == null && p.draft.entity != null) {
      List<SchemaColumn> label = p.draft.entity.label();
      column = label.isEmpty() ? null : label.get(0);
    }
    if (column == null) {
      p.ignored.add(quoted.text());
      return;
    }
    p.unshow();
    if (p.like != null) {
      pattern(column, quoted.text());
      return;
    }
    String operator = p.negated ? "<>" : "=";
    p.negated = false;
    p.draft.condition(new Condition.Compare(column, operator, quoted.text()), p.or);
    p.or = false;
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
      boolean times = p.isCue(i + 1, Cue.TIMES) || p.items.get(i).text().matches("(?i)once|twice");
      SchemaColumn column = measured(i);
      if (column == null) {
        column = p.subject;
      }
      if (column == null && times && p.draft.entity != null) {
        p.having(new Expression.Count(p.lastMentioned()), text);
        return i;
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
    if (i + 1 < p.items.size()
        && p.items.get(i + 1) instanceof Item.Phrase phrase
        && phrase.cue() == Cue.COMPARE
        && phrase.entry().payload(0).endsWith("=")
        && phrase.text().toLowerCase(Locale.ROOT).startsWith("or")) {
      p.comparison = phrase.entry().payload(0);
      items(i + 1);
      return number(i, value) == i ? i + 1 : i + 2;
    }
    Link counted = p.subject == null && p.have ? p.following(i) : null;
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
        && (p.timeRelation != null || p.subject == null || p.subject.nature() == Nature.TIME)) {
      time(Periods.wholeYear(value.intValue()));
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
    if (p.items.get(i).text().matches("(?i)one")) {
      return i;
    }
    p.ignored.add(p.items.get(i).text());
    return i;
  }

  /** What the unit behind a number says is compared: "20 years old", "100 euros". */
  private @Nullable SchemaColumn measured(int i) {
    if (i + 1 < p.items.size()
        && p.items.get(i + 1) instanceof Item.Phrase unit
        && unit.cue() == Cue.MONEY
        && (p.subject == null || unit.entry().payload(0).equals("age"))) {
      return p.guesses.attribute(Guesses.attributes(unit.entry().payload(), 0));
    }
    return null;
  }

  void items(int ignoredPosition) {
    // the phrase behind the number has been taken with it
    p.consumed = ignoredPosition;
  }

  void time(Period period) {
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
            : p.guesses.timeColumn();
    if (column == null) {
      p.ignored.add(period.phrase());
      return;
    }
    if (column == p.subject) {
      p.unshow();
    }
    Integer year = period.year();
    if (column.nature() == Nature.TIME) {
      p.add(new Condition.During(column, meant));
    } else if (year != null) {
      String operator =
          p.timeRelation == null
              ? (p.negated ? "<>" : "=")
              : p.timeRelation.equals("before") ? "<" : p.timeRelation.equals("since") ? ">=" : ">";
      p.add(new Condition.Compare(column, operator, Integer.toString(year)));
      p.negated = false;
    } else {
      p.ignored.add(period.phrase());
    }
    p.timeRelation = null;
    p.comparison = null;
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
