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
import io.kurobe.nl2sql.offline.read.Periods;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does what phrases of general language ask for. */
final class Phrases {
  private final Progress p;
  private final Constants constants;
  private final Names names;

  Phrases(Progress progress, Constants constants, Names names) {
    this.p = progress;
    this.names = names;
    this.constants = constants;
  }

  /** Takes a phrase; gives the position of the last item that went with it. */
  int phrase(int i, Item.Phrase phrase) {
    switch (phrase.cue()) {
      case COMMAND -> {
        if (p.negated && p.isCue(i - 1, Cue.NOT)) {
          // "who did not give any lesson": no command
          return i;
        }
        p.objectAsked |= i == 0 && p.is(i, WordClass.WHAT_DOES);
        if (p.zone != Progress.Zone.GROUP && p.zone != Progress.Zone.ORDER
            || i > 0 && p.isCue(i - 1, Cue.COMMA, Cue.END)) {
          p.show();
        }
      }
      case WHICH, WHO -> {
        p.who = true;
        p.objectAsked |= i == 0 && phrase.cue() == Cue.WHO && objectFollows();
        p.show();
      }
      case WHEN -> {
        p.show();
        p.wanted = "when";
      }
      case WHEREABOUTS -> {
        p.show();
        p.wanted = "where";
      }
      case REL -> {
        p.zone = Progress.Zone.RESTRICT;
        p.subject = null;
      }
      case HAVE -> {
        p.have = true;
        if (p.zone != Progress.Zone.GROUP && p.zone != Progress.Zone.ORDER
            || p.zone == Progress.Zone.GROUP && !p.draft.groups.isEmpty()) {
          p.zone = Progress.Zone.RESTRICT;
        }
        if (p.subjectShown) {
          p.subject = null;
        }
      }
      case PREP -> {
        if (phrase.entry().payload(0).equals("in")
            && p.zone == Progress.Zone.SHOW
            && !p.draft.outputs.isEmpty()) {
          p.zone = Progress.Zone.RESTRICT;
        }
      }
      case BY -> by(i);
      case PRONOUN -> {
        if (p.zone == Progress.Zone.RESTRICT
            && p.superlative == null
            && p.comparison == null
            && i > 0
            && (p.isCue(i - 1, Cue.AND, Cue.HAVE, Cue.ALSO, Cue.COMMA, Cue.COMMAND))) {
          p.show();
        }
      }
      case ALSO -> {
        p.together |= p.zone == Progress.Zone.RESTRICT && !p.draft.where.isEmpty();
        if (p.zone != Progress.Zone.ORDER && !p.functionsPending()) {
          p.show();
        }
      }
      case AND -> and(i);
      case OR -> p.or = true;
      case BOTH -> {
        p.both = true;
        p.together = true;
      }
      case COUNT -> count(i);
      case HOWMUCH -> {
        p.show();
        SchemaColumn asked =
            phrase.entry().payload().isEmpty()
                ? null
                : p.guesses.attribute(Guesses.attributes(phrase.entry().payload(), 0));
        if (asked != null) {
          p.draft.output(new Expression.Column(asked));
          p.subject = asked;
          p.subjectShown = true;
          return i;
        }
        p.functions.clear();
        p.functions.add(Function.SUM);
        p.howMuch = true;
      }
      case SUM -> function(i, Function.SUM);
      case AVG -> function(i, Function.AVG);
      case MAX -> function(i, Function.MAX);
      case MIN -> function(i, Function.MIN);
      case MEDIAN -> function(i, Function.MEDIAN);
      case DISTINCT -> {
        p.distinct = true;
        if (p.draft.aggregates() && p.isCue(i - 1, Cue.PREP, Cue.HAVE) && !p.functionsPending()) {
          // "the average price of different types"
          p.each = true;
          p.distinct = false;
        }
      }
      case TOP -> {
        if (p.isCue(i + 1, Cue.BY) || p.zone == Progress.Zone.ORDER && p.isCue(i - 1, Cue.ORDER)) {
          // "sorted first by price": the first key
          return i;
        }
        if (p.wanted.equals("when") && p.is(i, WordClass.FIRST) && p.chosen.get(i + 1) == null) {
          // "when did they first become members": when they did
          return i;
        }
        if (earliest(i)) {
          return superlative(i, false, p.lexicon().words(NameClass.EARLY), phrase.text());
        }
        p.superlative = true;
        p.attributes = List.of();
        i = limit(i);
      }
      case MOST -> i = superlative(i, true, List.of(), phrase.text());
      case LEAST -> i = superlative(i, false, List.of(), phrase.text());
      case COMMON -> common(phrase.entry().payload(0).equals("desc"));
      case EXTREME ->
          i =
              first(i)
                  ? inOrder(i, phrase.entry())
                  : superlative(
                      i,
                      phrase.entry().payload(0).equals("desc"),
                      Guesses.attributes(phrase.entry().payload(), 1),
                      phrase.text());
      case SPENDING -> i = new Quantities(p).spending(i, phrase);
      case STATE -> new Quantities(p).state(phrase);
      case ORDER -> {
        boolean later = false;
        for (int k = i + 1; k < p.items.size(); k++) {
          later |= p.isCue(k, Cue.ORDER, Cue.DIRECTION, Cue.BY) || p.is(k, WordClass.ACCORDING_TO);
        }
        if (p.draft.outputs.isEmpty() && later && !p.everything && !sorts(i)) {
          return i;
        }
        p.zone = Progress.Zone.ORDER;
        if (!p.isCue(i - 1, Cue.DIRECTION)) {
          p.directed = false;
          p.descending = false;
        }
      }
      case DIRECTION -> direction(phrase.entry().payload(0), p.has(i, WordClass.OF_AGE));
      case EACH -> {
        boolean by = p.is(i, WordClass.ACCORDING_TO);
        p.each = !(by && p.zone == Progress.Zone.ORDER);
      }
      case NOT -> {
        p.negated = true;
        p.never |= p.has(i, WordClass.NONE_AT_ALL);
        if (i > 0
            && p.isCue(i - 1, Cue.AND)
            && !p.draft.where.isEmpty()
            && p.zone == Progress.Zone.RESTRICT) {
          p.exceptFrom = p.draft.where.size();
        }
      }
      case COMPARE -> {
        if (p.isCue(i + 1, Cue.FILLER)
            && p.is(i + 1, WordClass.INDEFINITE, WordClass.PARTITIVE)
            && p.next(i + 1, Target.OfTable.class)) {
          // "at least a member": there is one
          return i;
        }
        p.comparison = phrase.entry().payload(0);
        if (p.zone == Progress.Zone.SHOW && p.subject == null) {
          p.zone = Progress.Zone.RESTRICT;
        }
      }
      case OLDERTHAN -> {
        p.comparison = phrase.entry().payload(0);
        p.attributes = Guesses.attributes(phrase.entry().payload(), 1);
        p.subjectShown = false;
        p.subject = p.guesses.attribute(p.attributes);
        if (p.subject == null) {
          p.subject = p.guesses.attributeBeside(p.attributes);
        }
        if (p.subject != null && p.flips(p.subject)) {
          p.comparison =
              p.comparison.equals(">") ? "<" : p.comparison.equals("<") ? ">" : p.comparison;
        }
        p.zone = Progress.Zone.RESTRICT;
      }
      case BEFORE -> {
        if (i + 1 < p.items.size() && !p.isCue(i + 1, Cue.END)) {
          p.timeRelation = "before";
        }
      }
      case AFTER -> p.timeRelation = p.is(i, WordClass.FROM_THEN_ON) ? "since" : "after";
      case BETWEEN -> i = between(i);
      case TIMES -> {}
      case LIKE -> {
        String like = phrase.entry().payload(0);
        p.like = p.like == null || !like.equals("contains") ? like : p.like;
      }
      case BE -> {
        if (p.subject == null
            && p.lastTable != null
            && p.has(i, WordClass.NAMED)
            && p.lastTable.label().size() == 1) {
          p.subject = p.lastTable.label().get(0);
          p.subjectShown = false;
        }
      }
      case NULL -> missing();
      case UNIT -> unit(i, phrase.entry().payload(0));
      case MONEY -> {}
      case SHARE, RATIO, GROWTH, RUNNING, BESIDE, BEYOND, SAME_AS, PAIR ->
          p.ignored.add(phrase.text());
      case COMMA -> {
        if (p.zone == Progress.Zone.GROUP && !p.draft.groups.isEmpty()) {
          p.show();
        }
        if (p.functions.size() > 0 && !functionsPendingAfter(i)) {
          p.functions.clear();
        }
      }
      case EVERYTHING -> {
        p.everything = true;
        p.zone = Progress.Zone.RESTRICT;
      }
      case END -> {
        if (i == p.items.size() - 1) {
          return i;
        }
        p.zone = Progress.Zone.SHOW;
        if (p.isCue(i + 1, Cue.COMMAND) && !p.is(i + 1, WordClass.WHAT)) {
          p.shownBefore = p.draft.outputs.size();
        }
        p.subject = null;
        p.functions.clear();
        p.counting = false;
        p.each = false;
      }
      case FILLER -> {
        if (p.negated && p.draft.outputs.isEmpty() && new Absences(p).ofVerb(i)) {
          return i;
        }
        if (p.negated
            && p.zone == Progress.Zone.RESTRICT
            && phrase.text().length() > 4
            && !namedSoon(i)) {
          names.verb(phrase.text());
        }
        Link before = p.chosen.get(i - 1);
        if (p.zone == Progress.Zone.SHOW
            && p.draft.outputs.isEmpty()
            && before != null
            && before.target() instanceof Target.OfTable
            && p.is(i, WordClass.INFORMATION)) {
          p.everything = true;
        }
      }
    }
    return i;
  }

  /** "List the books ordered by pages", but not "sort by pages the list of books". */
  private boolean sorts(int word) {
    boolean byIt = p.next(word, Target.OfColumn.class) || p.isCue(word + 1, Cue.BY, Cue.UNIT);
    return byIt && p.chosen.keySet().stream().anyMatch(k -> k < word);
  }

  /** Whether a verb stands between "who" and what is named: "who won each race". */
  private boolean objectFollows() {
    boolean acts =
        p.isCue(1, Cue.FILLER) || p.items.size() > 1 && p.items.get(1) instanceof Item.Unknown;
    return acts
        && !p.is(1, WordClass.MODAL)
        && (p.chosen.get(2) != null || p.isCue(2, Cue.EACH, Cue.FILLER) && p.chosen.get(3) != null);
  }

  void and(int i) {
    p.together |= p.zone == Progress.Zone.RESTRICT && !p.draft.where.isEmpty();
    if (i + 1 < p.items.size() && p.items.get(i + 1) instanceof Item.Phrase next) {
      Set<Cue> shows = EnumSet.of(Cue.COMMAND, Cue.COUNT, Cue.WHICH, Cue.PRONOUN, Cue.HOWMUCH);
      if (shows.contains(next.cue()) && p.zone != Progress.Zone.ORDER && p.superlative == null) {
        p.show();
      }
    }
    if (p.zone == Progress.Zone.GROUP
        && !p.draft.groups.isEmpty()
        && !p.each
        && !(p.next(i, Target.OfColumn.class))) {
      if (p.isCue(i + 1, Cue.UNIT) || p.next(i, Target.OfTable.class) && endsAfter(i + 1)) {
        // "per store and month"
        p.each = true;
      } else {
        p.show();
      }
    }
  }

  /** "Ad spend by campaign": what a table of that name adds up to. */
  private void amount(int i) {
    SchemaTable table = p.draft.entity;
    boolean one = table != null && rows(i) && !p.is(i - 1, WordClass.PLURAL_ENDING);
    SchemaColumn amount = one ? Guesses.amount(table) : null;
    if (amount != null) {
      p.draft.output(Progress.aggregate(Function.SUM, amount));
    }
  }

  /** Whether nothing but a period comes after a name. */
  private boolean endsAfter(int i) {
    return i + 1 >= p.items.size() || p.isCue(i + 1, Cue.END, Cue.PREP);
  }

  void by(int i) {
    boolean names =
        p.next(i, Target.OfColumn.class)
            || p.next(i, Target.OfTable.class)
            || p.isCue(i + 1, Cue.UNIT, Cue.EACH, Cue.DISTINCT);
    if (p.top != null || p.superlative != null && p.draft.limit == null) {
      p.zone = Progress.Zone.ORDER;
      return;
    }
    if (p.zone == Progress.Zone.ORDER) {
      return;
    }
    boolean verb =
        i > 0
            && (p.isCue(i - 1, Cue.FILLER)
                || p.items.get(i - 1) instanceof Item.Unknown
                || p.is(i - 1, WordClass.PAST) && p.next(i, Target.OfTable.class))
            && p.is(i - 1, WordClass.DONE_BY);
    boolean split =
        p.next(i, Target.OfColumn.class)
            && p.draft.outputs.stream().anyMatch(e -> e instanceof Expression.Aggregate);
    boolean aggregated = p.draft.aggregates() || p.functionsPending() || measures() || rows(i);
    if (names && (!verb || split) && aggregated) {
      amount(i);
      p.each = true;
    } else {
      p.zone = Progress.Zone.RESTRICT;
    }
  }

  /** "Revenue by country": what is shown is measured, and so is added up. */
  private boolean measures() {
    return p.zone == Progress.Zone.SHOW
        && !p.who
        && !p.draft.outputs.isEmpty()
        && p.draft.outputs.stream()
            .allMatch(e -> e instanceof Expression.Column shown && shown.column().measure());
  }

  /** "Orders by country": so many rows of each; what has a name of its own is listed. */
  private boolean rows(int i) {
    return p.zone == Progress.Zone.SHOW
        && !p.who
        && p.entitySeen
        && p.draft.outputs.isEmpty()
        && p.draft.entity != null
        && p.draft.entity == p.lastTable
        && p.draft.entity.label().isEmpty()
        && p.chosen.get(i - 1) != null;
  }

  void count(int i) {
    Link before = p.chosen.get(i - 1);
    if (before != null
        && before.target() instanceof Target.OfColumn column
        && (column.column().measure()
                && p.is(
                    i, WordClass.NUMBER, WordClass.COUNT, WordClass.NUMBER_OF, WordClass.COUNT_OF)
            || column.column().identifier() && p.is(i, WordClass.NUMBER)
            || column.column().nature() == Nature.TEXT
                && !column.column().identifier()
                && p.is(i, WordClass.NUMBER, WordClass.NUMBER_OF))) {
      // "the enrollment number": the column is one
      return;
    }
    if (i + 1 < p.items.size()
        && p.items.get(i + 1) instanceof Item.Number
        && p.has(i, WordClass.AMOUNT)) {
      List<String> amounts = new ArrayList<>(p.lexicon().words(NameClass.AMOUNT));
      amounts.addAll(p.lexicon().words(NameClass.QUANTITY));
      SchemaColumn amount = p.guesses.attribute(amounts);
      if (amount != null) {
        p.subject = amount;
        p.subjectShown = false;
        p.zone = Progress.Zone.RESTRICT;
        return;
      }
    }
    boolean bare =
        p.is(i, WordClass.COUNTED)
            && (i + 1 >= p.items.size() || p.isCue(i + 1, Cue.AND, Cue.COMMA, Cue.END, Cue.ALSO));
    if (bare && before != null && before.target() instanceof Target.OfTable table) {
      // "the task count"
      p.draft.output(new Expression.Count(table.table()));
      return;
    }
    if (bare && p.draft.aggregates() && p.zone == Progress.Zone.SHOW) {
      // "How many has each? List the number and …": that of before
      return;
    }
    if (p.superlative != null) {
      p.counting = true;
      return;
    }
    if (p.zone == Progress.Zone.RESTRICT && p.comparison == null && !p.have) {
      p.zone = Progress.Zone.SHOW;
    }
    p.counting = true;
  }

  void function(int i, Function function) {
    if (function == Function.SUM && totals(i)) {
      return;
    }
    if (i > 0
        && p.is(i, WordClass.IN_ALL)
        && p.functions.isEmpty()
        && !p.nextColumn(i)
        && p.draft.lastMeasure(function)) {
      // "how long does a trip last on average"
      return;
    }
    if (function == Function.MAX || function == Function.MIN) {
      boolean shown = p.zone == Progress.Zone.SHOW;
      if (!shown && p.comparison == null && p.zone == Progress.Zone.RESTRICT) {
        p.superlative = function == Function.MAX;
        return;
      }
    }
    if (i > 0
        && p.isCue(i - 1, Cue.AND, Cue.COMMA, Cue.AVG, Cue.SUM, Cue.MIN, Cue.MAX)
        && !p.functions.isEmpty()) {
      p.functions.add(function);
    } else {
      p.functions.clear();
      p.functions.add(function);
    }
  }

  /** "The average order total": what the rows of a table amount to is called so. */
  private boolean totals(int i) {
    Link before = p.chosen.get(i - 1);
    boolean waits = !p.functions.isEmpty() || p.superlative != null && p.attributes.isEmpty();
    if (!waits
        || before == null
        || !(before.target() instanceof Target.OfTable table)
        || !p.is(i, WordClass.TOTAL)
        || p.nextColumn(i)) {
      return false;
    }
    SchemaColumn amount = Guesses.amount(table.table());
    if (amount == null) {
      return false;
    }
    names.column(i, amount);
    return true;
  }

  /** "The first claim": the one that came before all others. */
  private boolean earliest(int i) {
    Link next = p.chosen.get(i + 1);
    return p.is(i, WordClass.FIRST)
        && next != null
        && next.target() instanceof Target.OfTable table
        && table.table().columns().stream().anyMatch(column -> column.nature() == Nature.TIME);
  }

  int limit(int i) {
    if (i + 1 < p.items.size() && p.items.get(i + 1) instanceof Item.Number number) {
      p.top = Progress.bounded(number.value());
      return i + 1;
    }
    return i;
  }

  int superlative(int i, boolean most, List<String> adjectives, String text) {
    if (p.functions.size() == 1
        && p.isCue(i - 1, Cue.AND)
        && p.isCue(i - 2, Cue.MIN, Cue.MAX)
        && p.is(i, WordClass.UTMOST)) {
      // "the minimum and maximum number of rooms"
      p.functions.add(most ? Function.MAX : Function.MIN);
      return i;
    }
    if (i > 0
        && p.items.get(i - 1) instanceof Item.Number number
        && !(i > 1 && p.items.get(i - 2) instanceof Item.Named)) {
      // "the 3 largest", but not "in room 3 most recently"
      p.top = Progress.bounded(number.value());
    }
    if (adjectives.isEmpty() && new Quantities(p).bothEnds(i, most)) {
      return i;
    }
    p.superlative = most;
    if (!adjectives.isEmpty() && p.isCue(i + 1, Cue.UNIT)) {
      // "the most recent year"
      List<String> unitFirst =
          new ArrayList<>(List.of(p.items.get(i + 1).text().toLowerCase(Locale.ROOT)));
      unitFirst.addAll(adjectives);
      adjectives = List.copyOf(unitFirst);
    }
    p.attributes = adjectives;
    if (p.is(i, WordClass.BY_COUNT)) {
      p.counting = true;
    }
    int at = i + 1 < p.items.size() && p.items.get(i + 1) instanceof Item.Number ? limit(i) : i;
    if (!adjectives.isEmpty()) {
      boolean named = p.nextColumn(at);
      SchemaColumn column = named ? null : adjective(i, adjectives);
      if (column != null && !named) {
        p.rank(column);
      } else if (column == null
          && !named
          && p.subject != null
          && (p.subject.nature() == Nature.TIME || p.subject.measure())) {
        SchemaColumn before = p.subject;
        p.unshow();
        p.rank(before);
      } else if (column == null && !named) {
        p.ignored.add(text);
        p.superlative = null;
      }
    }
    return at;
  }

  /** "best paid first": the order of all rows, not one of them. */
  private boolean first(int i) {
    return p.isCue(i + 1, Cue.TOP)
        && p.is(i + 1, WordClass.FIRST)
        && (i + 2 == p.items.size() || p.isCue(i + 2, Cue.END));
  }

  private int inOrder(int i, Lexicon.Entry entry) {
    List<String> adjectives = Guesses.attributes(entry.payload(), 1);
    SchemaColumn column = adjective(i, adjectives);
    if (column == null) {
      p.ignored.add(p.items.get(i).text());
    } else {
      p.attributes = adjectives;
      boolean down = entry.payload(0).equals("desc") != p.flips(column);
      p.draft.order.add(new Intent.Order(new Expression.Column(column), down));
    }
    return i + 1;
  }

  /** What an adjective ranks by: what a verb beside it names, else what it is about. */
  private @Nullable SchemaColumn adjective(int i, List<String> adjectives) {
    boolean timely = Guesses.timely(adjectives, p.lexicon());
    if (timely && p.is(i - 1, WordClass.PAST)) {
      SchemaColumn dated = p.guesses.dated(p.text(i - 1));
      if (dated != null) {
        return dated;
      }
    }
    Link next = p.chosen.get(i + 1);
    SchemaColumn column =
        next != null && next.target() instanceof Target.OfTable table
            ? Guesses.attribute(adjectives, List.of(table.table()))
            : null;
    if (column == null) {
      column = p.guesses.attribute(adjectives);
    }
    boolean subject =
        p.subject != null && (p.subject.nature() == Nature.TIME || p.subject.measure());
    if (column == null && timely && !subject) {
      column = p.guesses.onlyTime();
    }
    return column == null && !subject ? p.guesses.attributeBeside(adjectives) : column;
  }

  /** "most common": by how often each output occurs. */
  void common(boolean most) {
    SchemaTable table = p.draft.entity;
    p.commonPending = true;
    if (table != null) {
      p.commonMost = most;
    }
  }

  void direction(String payload, boolean ofAge) {
    boolean born =
        ofAge
            && !p.draft.order.isEmpty()
            && p.draft.order.get(p.draft.order.size() - 1).by() instanceof Expression.Column by
            && by.column().has(NameClass.BIRTH);
    boolean down = payload.endsWith("desc") != born;
    p.descending = down;
    p.directed = true;
    if (p.zone == Progress.Zone.ORDER && !p.draft.order.isEmpty()) {
      Intent.Order last = p.draft.order.remove(p.draft.order.size() - 1);
      p.draft.order.add(new Intent.Order(last.by(), down));
      if (payload.startsWith("label")) {
        return;
      }
    }
    if (payload.startsWith("label") && p.draft.order.isEmpty()) {
      p.labelOrder = true;
    }
    p.zone = Progress.Zone.ORDER;
  }

  void missing() {
    if (p.subject != null) {
      p.unshow();
      p.add(new Condition.Missing(p.subject, p.negated));
    }
  }

  void unit(int i, String unit) {
    Expression.Unit of = Expression.Unit.valueOf(unit.toUpperCase(Locale.ROOT));
    // "which day had the most orders", "the best month for sales"
    boolean asked =
        p.draft.outputs.isEmpty()
            && (p.isCue(i - 1, Cue.WHICH)
                || p.isCue(i - 1, Cue.MOST, Cue.LEAST) && p.attributes.isEmpty());
    if (p.zone == Progress.Zone.ORDER
        && p.draft.order.isEmpty()
        && p.isCue(i - 1, Cue.BY, Cue.ORDER, Cue.DIRECTION)) {
      // "books ordered by year"
      SchemaColumn key = p.guesses.timeColumn();
      if (key != null && p.draft.groups.isEmpty()) {
        p.draft.order.add(new Intent.Order(new Expression.Column(key), p.descending));
      }
      return;
    }
    if (!p.each && !asked && p.zone != Progress.Zone.GROUP) {
      return;
    }
    SchemaColumn time = p.guesses.timeColumn();
    if (p.subject != null && p.subject.nature() == Nature.TIME) {
      // "how many signed up each year"
      time = p.subject;
      p.unshow();
      p.draft.outputs.remove(new Expression.Column(time));
      p.subject = null;
    }
    if (time == null) {
      p.ignored.add(unit);
      return;
    }
    p.draft.groups.add(
        time.nature() == Nature.TIME
            ? new Expression.Bucket(of, time)
            : new Expression.Column(time));
    p.each = false;
    p.zone = Progress.Zone.GROUP;
  }

  int between(int i) {
    if (i + 3 < p.items.size()
        && p.items.get(i + 1) instanceof Item.Number low
        && p.isCue(i + 2, Cue.AND, Cue.PREP)
        && p.items.get(i + 3) instanceof Item.Number high) {
      SchemaColumn column = p.subject;
      boolean years = Progress.isYear(low.value()) && Progress.isYear(high.value());
      if (years && (column == null || column.nature() == Nature.TIME)) {
        constants.time(
            i,
            Periods.wholeYear(low.value().intValue())
                .through(Periods.wholeYear(high.value().intValue())));
        return i + 3;
      }
      if (column == null) {
        column = constants.measured(i + 3);
      }
      if (column == null) {
        column = p.guesses.defaultMeasure();
      }
      if (column == null) {
        p.ignored.add(p.items.get(i).text());
        return i + 3;
      }
      p.unshow();
      p.add(
          new Condition.Between(column, Progress.plain(low.value()), Progress.plain(high.value())));
      return i + 3;
    }
    if (i + 3 < p.items.size()
        && p.items.get(i + 1) instanceof Item.Time low
        && p.isCue(i + 2, Cue.AND, Cue.PREP)
        && p.items.get(i + 3) instanceof Item.Time high) {
      constants.time(i, low.period().through(high.period()));
      return i + 3;
    }
    p.ignored.add(p.items.get(i).text());
    return i;
  }

  /** Whether a name follows in the same clause. */
  private boolean namedSoon(int i) {
    for (int k = i + 1; k < p.items.size() && k <= i + 4; k++) {
      if (!(p.items.get(k) instanceof Item.Phrase) || p.isCue(k, Cue.END, Cue.COMMA, Cue.AND)) {
        return p.items.get(k) instanceof Item.Named;
      }
    }
    return false;
  }

  boolean functionsPendingAfter(int i) {
    return i > 0 && p.isCue(i - 1, Cue.AVG, Cue.SUM, Cue.MIN, Cue.MAX);
  }
}
