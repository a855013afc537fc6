package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.build.Expression.Function;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaColumn.Nature;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.Period;
import io.kurobe.nl2sql.offline.read.Periods;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the spans of a question from left to right and notes what each asks for. What a name does
 * depends on where it stands: what is shown comes first, what restricts comes after "who", "with",
 * "in" and their like, what follows "per" is grouped by, what follows "sorted by" orders. A phrase
 * that needs a name (an aggregate, a superlative, a comparison) waits for the next one.
 */
public final class Interpreter {
  /** Where the reader is. */
  private enum Zone {
    SHOW,
    RESTRICT,
    GROUP,
    ORDER
  }

  /** What an intent leaves unsaid. */
  public record Interpretation(Intent intent, List<String> ignored) {
    public Interpretation {
      ignored = List.copyOf(ignored);
    }
  }

  private static final Set<Cue> SKIPPED =
      EnumSet.of(Cue.FILLER, Cue.PRONOUN, Cue.DISTINCT, Cue.COMMA, Cue.BE);  private static final Pattern PARTICIPLE = Pattern.compile("(?i).*(ed|ght|en|ld|de|un|id|ave)");

  private final List<Item> items;
  private final Map<Integer, Link> chosen;
  private final Draft draft = new Draft();
  private final List<String> ignored = new ArrayList<>();

  private Zone zone = Zone.SHOW;
  private final List<Function> functions = new ArrayList<>();
  private boolean counting;
  private boolean distinct;
  private boolean negated;
  private boolean or;
  private boolean descending;
  private boolean directed;
  private @Nullable Boolean superlative;
  private @Nullable Integer top;
  private List<String> attributes = List.of();
  private @Nullable String comparison;
  private boolean each;
  private @Nullable SchemaColumn subject;
  private boolean subjectShown;
  private boolean both;
  private boolean have;
  private @Nullable String like;
  private @Nullable String timeRelation;

  private Interpreter(List<Item> items, Resolver.Reading reading) {
    this.items = items;
    this.chosen = reading.chosen();
  }

  /** What the spans ask for under one reading. */
  public static Interpretation interpret(List<Item> items, Resolver.Reading reading) {
    var interpreter = new Interpreter(items, reading);
    interpreter.findEntity();
    for (int i = 0; i < items.size(); i++) {
      i = interpreter.step(i);
    }
    interpreter.complete();
    return new Interpretation(interpreter.draft.finish(), interpreter.ignored);
  }

  /** The question is about the first table it names; else about that of its first column. */
  private void findEntity() {
    SchemaTable first = null;
    for (int i = 0; i < items.size(); i++) {
      Link link = chosen.get(i);
      if (link == null) {
        continue;
      }
      if (link.target() instanceof Target.OfTable table && !(first != null && link.score() < 0.7)) {
        draft.entity = table.table();
        return;
      }
      if (first == null) {
        first = link.target().table();
      }
    }
    draft.entity = first;
  }

  private int step(int i) {
    Item item = items.get(i);
    if (item instanceof Item.Phrase phrase) {    return phrase(i, phrase);
    }
    if (item instanceof Item.Named) {
      Link link = chosen.get(i);
      if (link == null) {
        return i;
      }
      if (link.target() instanceof Target.OfTable table) {
        return table(i, table.table());
      }
      if (link.target() instanceof Target.OfColumn column) {
        return column(i, column.column());
      }
      if (link.target() instanceof Target.OfLabel label) {
        return label(i, label.table());
      }
      return value(i, (Target.OfValue) link.target());
    }
    if (item instanceof Item.Quoted quoted) {
      quoted(quoted);
      return i;
    }
    if (item instanceof Item.Number number) {
      return number(i, number.value());
    }
    if (item instanceof Item.Time time) {
      time(time.period());
      return i;
    }
    ignored.add(item.text());
    return i;
  }

  // ---- phrases

  private int phrase(int i, Item.Phrase phrase) {
    switch (phrase.cue()) {
      case COMMAND -> {
        if (zone != Zone.GROUP && zone != Zone.ORDER || i > 0 && isCue(i - 1, Cue.COMMA, Cue.END)) {
          show();
        }
      }      case WHICH, WHO -> {
        who = true;
        show();
      }
      case WHEN -> {
        show();
        wanted = "when";
      }
      case WHEREABOUTS -> {
        show();
        wanted = "where";
      }
      case REL -> {
        zone = Zone.RESTRICT;
        subject = null;
      }
      case HAVE -> {
        have = true;
        if (zone != Zone.GROUP && zone != Zone.ORDER
            || zone == Zone.GROUP && !draft.groups.isEmpty()) {
          zone = Zone.RESTRICT;
        }
        if (subjectShown) {
          subject = null;
        }
      }
      case PREP -> {
        if (phrase.entry().payload(0).equals("in")
            && zone == Zone.SHOW
            && !draft.outputs.isEmpty()) {
          zone = Zone.RESTRICT;
        }
      }
      case BY -> by(i);
      case PRONOUN -> {
        if (zone == Zone.RESTRICT
            && superlative == null
            && comparison == null
            && i > 0
            && (isCue(i - 1, Cue.AND, Cue.HAVE, Cue.ALSO, Cue.COMMA, Cue.COMMAND))) {
          show();
        }
      }
      case ALSO -> {
        if (zone != Zone.ORDER && !functionsPending()) {
          show();
        }
      }
      case AND -> and(i);
      case OR -> or = true;
      case BOTH -> both = true;
      case COUNT -> count();
      case HOWMUCH -> {
        show();
        functions.clear();
        functions.add(Function.SUM);
      }
      case SUM -> function(i, Function.SUM);
      case AVG -> function(i, Function.AVG);
      case MAX -> function(i, Function.MAX);
      case MIN -> function(i, Function.MIN);
      case DISTINCT -> distinct = true;
      case TOP -> {
        superlative = true;
        attributes = List.of();
        i = limit(i);
      }
      case MOST -> i = superlative(i, true, List.of(), phrase.text());
      case LEAST -> i = superlative(i, false, List.of(), phrase.text());
      case COMMON -> common(phrase.entry().payload(0).equals("desc"));
      case EXTREME ->
          i =
              superlative(
                  i,
                  phrase.entry().payload(0).equals("desc"),
                  attributes(phrase.entry().payload(), 1),
                  phrase.text());
      case ORDER -> {
        boolean later = false;
        for (int k = i + 1; k < items.size(); k++) {
          later |= isCue(k, Cue.ORDER, Cue.DIRECTION, Cue.BY);
        }
        if (draft.outputs.isEmpty() && later) {
          return i;
        }
        zone = Zone.ORDER;
        directed = false;
        descending = false;
      }
      case DIRECTION -> direction(phrase.entry().payload(0));
      case EACH -> each = true;
      case NOT -> negated = true;
      case COMPARE -> {
        comparison = phrase.entry().payload(0);
        if (zone == Zone.SHOW && subject == null) {
          zone = Zone.RESTRICT;
        }
      }
      case OLDERTHAN -> {
        comparison = phrase.entry().payload(0);
        attributes = attributes(phrase.entry().payload(), 1);
        subject = attribute(attributes);
        if (subject != null && flips(subject)) {
          comparison = comparison.equals(">") ? "<" : comparison.equals("<") ? ">" : comparison;
        }
        zone = Zone.RESTRICT;
      }
      case BEFORE -> timeRelation = "before";
      case AFTER ->
          timeRelation =
              phrase.text().toLowerCase(Locale.ROOT).matches("since|following|starting.*|from.*|.*or after")
                  ? "since"
                  : "after";
      case BETWEEN -> i = between(i);
      case TIMES -> times();
      case LIKE -> like = phrase.entry().payload(0);
      case BE -> {}
      case NULL -> missing();
      case UNIT -> unit(phrase.entry().payload(0));
      case MONEY -> {}
      case SHARE, SAME_AS -> ignored.add(phrase.text());
      case COMMA -> {
        if (zone == Zone.GROUP && !draft.groups.isEmpty()) {
          show();
        }
        if (functions.size() > 0 && !functionsPendingAfter(i)) {
          functions.clear();
        }
      }      case EVERYTHING -> {
        everything = true;
        zone = Zone.RESTRICT;
      }
      case END -> {
        if (i == items.size() - 1) {
          return i;
        }
        zone = Zone.SHOW;
        subject = null;
        functions.clear();
        counting = false;
        each = false;
      }
      case FILLER -> {}
    }
    return i;
  }

  private String wanted = "";

  private void show() {
    zone = Zone.SHOW;
    subject = null;
    have = false;
    negated = false;
  }

  private boolean functionsPending() {
    return !functions.isEmpty() || counting;
  }

  private boolean functionsPendingAfter(int i) {
    return i > 0 && isCue(i - 1, Cue.AVG, Cue.SUM, Cue.MIN, Cue.MAX);
  }

  private void and(int i) {
    if (i + 1 < items.size() && items.get(i + 1) instanceof Item.Phrase next) {
      Set<Cue> shows = EnumSet.of(Cue.COMMAND, Cue.COUNT, Cue.WHICH, Cue.PRONOUN, Cue.HOWMUCH);
      if (shows.contains(next.cue()) && zone != Zone.ORDER && superlative == null) {
        show();
      }
    }
    if (zone == Zone.GROUP
        && !draft.groups.isEmpty()
        && !each
        && !(next(i, Target.OfColumn.class))) {
      show();
    }
  }

  private boolean next(int i, Class<?> target) {
    Link link = chosen.get(i + 1);
    return link != null && target.isInstance(link.target());
  }

  private void by(int i) {
    boolean names =
        next(i, Target.OfColumn.class)
            || next(i, Target.OfTable.class)
            || isCue(i + 1, Cue.UNIT, Cue.EACH, Cue.DISTINCT);
    if (top != null || superlative != null && draft.limit == null) {
      zone = Zone.ORDER;
      return;
    }
    if (zone == Zone.ORDER) {
      return;
    }    boolean verb =
        i > 0
            && (isCue(i - 1, Cue.FILLER) || items.get(i - 1) instanceof Item.Unknown)
            && PARTICIPLE.matcher(items.get(i - 1).text()).matches();
    if (names && !verb && (draft.aggregates() || functionsPending())) {
      each = true;
    } else {
      zone = Zone.RESTRICT;
    }
  }

  private void count() {
    if (superlative != null) {
      counting = true;
      return;
    }
    if (zone == Zone.RESTRICT && comparison == null && !have) {
      zone = Zone.SHOW;
    }
    counting = true;
  }

  private void function(int i, Function function) {
    if (function == Function.MAX || function == Function.MIN) {
      boolean shown = zone == Zone.SHOW;
      if (!shown && comparison == null && zone == Zone.RESTRICT) {
        superlative = function == Function.MAX;
        return;
      }
    }
    if (i > 0
        && isCue(i - 1, Cue.AND, Cue.COMMA, Cue.AVG, Cue.SUM, Cue.MIN, Cue.MAX)
        && !functions.isEmpty()) {
      functions.add(function);
    } else {
      functions.clear();
      functions.add(function);
    }
  }

  private int limit(int i) {
    if (i + 1 < items.size() && items.get(i + 1) instanceof Item.Number number) {
      top = bounded(number.value());
      return i + 1;
    }
    return i;
  }

  private static int bounded(BigDecimal value) {
    return Math.max(1, Math.min(value.intValue(), 1_000_000));
  }

  private int superlative(int i, boolean most, List<String> wanted, String text) {
    if (i > 0 && items.get(i - 1) instanceof Item.Number number) {
      top = bounded(number.value());
    }
    superlative = most;
    attributes = wanted;
    if (text.toLowerCase(Locale.ROOT).matches(".*(number|amount|count) of|.*often|.*number")) {
      counting = true;
    }
    int at = i + 1 < items.size() && items.get(i + 1) instanceof Item.Number ? limit(i) : i;
    if (!wanted.isEmpty()) {
      SchemaColumn column = attribute(wanted);
      boolean named = nextColumn(at);
      if (column != null && !named) {
        rank(column);
      } else if (column == null && !named) {
        ignored.add(text);
        superlative = null;
      }
    }
    return at;
  }

  private boolean nextColumn(int i) {
    Link link = chosen.get(i + 1);
    return link != null
        && link.target() instanceof Target.OfColumn column
        && (column.column().measure() || column.column().nature() == Nature.TIME);
  }

  /** "most common": by how often each output occurs. */
  private void common(boolean most) {
    SchemaTable table = draft.entity;
    commonPending = true;
    if (table != null) {
      commonMost = most;
    }
  }

  private boolean commonPending;
  private boolean commonMost;

  private void direction(String payload) {
    boolean down = payload.endsWith("desc");
    descending = down;
    directed = true;
    if (zone == Zone.ORDER && !draft.order.isEmpty()) {
      Intent.Order last = draft.order.remove(draft.order.size() - 1);
      draft.order.add(new Intent.Order(last.by(), down));
      if (payload.startsWith("label")) {
        return;
      }
    }
    if (payload.startsWith("label") && draft.order.isEmpty()) {
      labelOrder = true;
    }
    zone = Zone.ORDER;
  }  private boolean labelOrder;  private boolean everything;
  private boolean who;
  private boolean entitySeen;

  private void times() {
    // "at least two times": the number was noted as a comparison of counts
  }

  private void missing() {
    if (subject != null) {
      unshow();
      add(new Condition.Missing(subject, negated));
    }
  }

  private void unit(String unit) {
    Expression.Unit of = Expression.Unit.valueOf(unit.toUpperCase(Locale.ROOT));
    if (!each && zone != Zone.GROUP) {
      return;
    }
    SchemaColumn time = timeColumn();
    if (time == null) {
      ignored.add(unit);
      return;
    }
    draft.groups.add(
        time.nature() == Nature.TIME
            ? new Expression.Bucket(of, time)
            : new Expression.Column(time));
    each = false;
    zone = Zone.GROUP;
  }

  private int between(int i) {
    if (i + 3 < items.size()
        && items.get(i + 1) instanceof Item.Number low
        && isCue(i + 2, Cue.AND, Cue.PREP)
        && items.get(i + 3) instanceof Item.Number high) {
      SchemaColumn column = subject;
      boolean years = isYear(low.value()) && isYear(high.value());
      if (years && (column == null || column.nature() == Nature.TIME)) {
        time(
            Periods.wholeYear(low.value().intValue())
                .through(Periods.wholeYear(high.value().intValue())));
        return i + 3;
      }
      if (column == null) {
        column = defaultMeasure();
      }
      if (column == null) {
        ignored.add(items.get(i).text());
        return i + 3;
      }
      unshow();
      add(new Condition.Between(column, plain(low.value()), plain(high.value())));
      return i + 3;
    }
    if (i + 3 < items.size()
        && items.get(i + 1) instanceof Item.Time low
        && isCue(i + 2, Cue.AND, Cue.PREP)
        && items.get(i + 3) instanceof Item.Time high) {
      time(low.period().through(high.period()));
      return i + 3;
    }
    ignored.add(items.get(i).text());
    return i;
  }

  // ---- names

  private int table(int i, SchemaTable table) {
    if (each && !draft.outputs.isEmpty() && !draft.aggregates() && !functionsPending()
        && draft.outputs.stream().allMatch(e -> e.table() == table)) {
      // "the name of each club": all of them
      each = false;
      return i;
    }
    if (each || zone == Zone.GROUP && draft.groups.isEmpty()) {
      each = false;
      zone = Zone.GROUP;
      groupedByTable.add(table);
      // "each customer name": the name follows
      if (!next(i, Target.OfColumn.class)) {
        keysOf(table).forEach(column -> draft.groups.add(new Expression.Column(column)));
      }
      return i;
    }
    if (superlative != null && (zone != Zone.SHOW || counting || table != draft.entity)) {
      if (attributes.isEmpty()) {
        order(new Expression.Count(table));
        return i;
      }
    }
    if (counting && comparison == null) {
      counting = false;
      Expression count =
          zone == Zone.ORDER ? new Expression.Count(table) : new Expression.Count(table);
      if (zone == Zone.ORDER) {
        draft.order.add(new Intent.Order(count, descending));
      } else {
        draft.output(count);
        zone = Zone.SHOW;
        if (draft.entity == null) {
          draft.entity = table;
        }
      }
      return i;
    }    if (!functions.isEmpty() && comparison == null && !items.get(i).text().endsWith("s") && !nextColumn(i)
        && (zone == Zone.SHOW || zone == Zone.ORDER)) {
      // "total ad spend": what a table of that name adds up to
      List<SchemaColumn> measures = table.columns().stream().filter(SchemaColumn::measure).toList();
      if (measures.size() == 1 && table != draft.entity) {
        return column(i, measures.get(0));
      }
    }
    if (functions.contains(Function.SUM) && functions.size() == 1
        && zone == Zone.SHOW
        && !nextColumn(i)) {
      // "total orders" counts them
      functions.clear();
      draft.output(new Expression.Count(table));
      return i;
    }
    if (negated) {
      negated = false;
      if (table != draft.entity) {
        draft.where.add(List.of(new Condition.Exists(table, true, List.of())));
        return i;
      }
    }
    boolean owner = i > 0 && zone == Zone.SHOW && (isCue(i - 1, Cue.PREP) || isCue(i - 1, Cue.FILLER) && isCue(i - 2, Cue.PREP));    boolean absent =
        draft.where.stream()
            .anyMatch(group -> group.get(0) instanceof Condition.Exists exists && exists.negated());
    if (table != draft.entity && !owner && !absent) {
      draft.mentioned.add(table);
    }    if (table == draft.entity && draft.outputs.isEmpty()) {
      entitySeen = true;
    }
    if (distinct && zone == Zone.SHOW) {
      draft.distinct = true;
      distinct = false;
    }
    subject = null;
    return i;
  }

  private int label(int i, SchemaTable table) {
    List<SchemaColumn> columns = table.label();
    if (zone == Zone.SHOW && !functionsPending() && superlative == null && !each) {
      columns.forEach(column -> draft.output(new Expression.Column(column)));
      return i;
    }
    return column(i, columns.get(columns.size() - 1));
  }

  private int column(int i, SchemaColumn column) {
    if (each || zone == Zone.GROUP && draft.groups.isEmpty()) {
      each = false;
      zone = Zone.GROUP;
      draft.groups.add(new Expression.Column(column));
      return i;
    }
    if (zone == Zone.GROUP && isCue(i - 1, Cue.AND, Cue.COMMA)) {
      draft.groups.add(new Expression.Column(column));
      return i;
    }
    if (comparison != null && !functions.isEmpty()) {
      against(column);
      return i;
    }
    if (superlative != null && !commonPending) {
      boolean headline =
          zone == Zone.SHOW              && draft.outputs.isEmpty()
              && !who
              && attributes.isEmpty()
              && top == null
              && !counting
              && column.nature() != Nature.TEXT;
      if (headline) {
        functions.add(superlative ? Function.MAX : Function.MIN);
        superlative = null;      } else if (!column.measure() && column.nature() != Nature.TIME && (counting || zone != Zone.SHOW) && attributes.isEmpty()) {
        order(new Expression.Count(column.table()));
        return i;
      } else if (column.nature() != Nature.TEXT || zone != Zone.SHOW) {
        if (zone == Zone.SHOW && draft.outputs.isEmpty() && !next(i, Target.OfTable.class) && !counting && top != null) {
          draft.output(new Expression.Column(column));
        }
        rank(column);
        return i;
      }
    }
    if (counting && !functions.isEmpty() && column.measure()) {
      counting = false;
    }
    if (counting && comparison == null) {
      counting = false;
      Expression count =
          column.measure() && !distinct && namesOther(i, column)
              ? new Expression.Column(column)
              : column.table().key().equals(List.of(column))
                  ? new Expression.Count(column.table())
                  : new Expression.CountDistinct(column);
      distinct = false;
      if (zone == Zone.ORDER) {
        draft.order.add(new Intent.Order(count, descending));
      } else {
        draft.output(count);
        zone = Zone.SHOW;
      }
      return i;
    }    if (functions.isEmpty()
        && items.get(i).text().toLowerCase(Locale.ROOT).startsWith("total ")
        && column.measure()
        && toMany(column.table())) {
      functions.add(Function.SUM);
    }
    if (zone == Zone.ORDER) {
      Expression by = functions.isEmpty() ? new Expression.Column(column) : aggregate(functions.get(0), column);
      functions.clear();
      if (top != null) {
        boolean down = !Boolean.FALSE.equals(superlative);
        draft.limit = top;
        top = null;
        superlative = null;
        draft.order.add(new Intent.Order(by, down));
      } else {
        draft.order.add(new Intent.Order(by, descending));
      }
      return i;
    }    boolean owned = i > 0 && (isCue(i - 1, Cue.PREP) || isCue(i - 1, Cue.FILLER) && isCue(i - 2, Cue.PREP));
    if (zone == Zone.SHOW && owned && !draft.outputs.isEmpty() && functions.isEmpty() && !column.measure()) {
      // "the names of devices": whose names, not what is shown
      subject = column;
      subjectShown = false;
      return i;
    }
    if (zone == Zone.SHOW && !restricts(i)) {      if (functions.isEmpty() && asksForTotal(i) && column.measure()) {
        draft.output(aggregate(Function.SUM, column));
      } else if (functions.isEmpty()) {
        draft.output(new Expression.Column(column));
        if (distinct) {
          draft.distinct = true;
          distinct = false;
        }
      } else {
        functions.forEach(function -> draft.output(aggregate(function, column)));
        boolean goesOn = isCue(i + 1, Cue.AND) && nextColumn(i + 1);
        if (!goesOn) {
          functions.clear();
        }
      }
      subject = column;
      subjectShown = true;
      return i;
    }
    if (!functions.isEmpty()) {
      havingFunction = functions.get(0);
      functions.clear();
    }
    if (comparison != null && pendingNumber != null) {
      String operator = comparison;
      comparison = null;
      compare(column, operator, pendingNumber);
      pendingNumber = null;
      return i;
    }    subject = column;
    subjectShown = false;
    if (column.table() != draft.entity && !restricts(i) && zone == Zone.RESTRICT && superlative == null) {
      boolean missing = negated && !isCue(i + 1, Cue.COMPARE, Cue.LIKE, Cue.NULL);
      if (missing) {
        negated = false;
        draft.where.add(List.of(new Condition.Exists(column.table(), true, List.of())));
        return i;
      }
      draft.mentioned.add(column.table());
    }
    if (column.nature() == Nature.BOOLEAN) {
      add(new Condition.Compare(column, "=", Boolean.toString(!negated)));
      negated = false;
    }
    return i;
  }  /** "what is the total amount": of a column that is called so. */
  private boolean asksForTotal(int i) {
    return items.get(i).text().toLowerCase(Locale.ROOT).startsWith("total ")
        && items.get(0).text().toLowerCase(Locale.ROOT).matches("what('s| is| was| were)|how much");
  }

  private final Set<SchemaTable> groupedByTable = new HashSet<>();
  private @Nullable Function havingFunction;
  private @Nullable String pendingNumber;

  /** Whether the question names more of a column's table than the column. */
  private boolean namesOther(int i, SchemaColumn column) {
    return chosen.entrySet().stream()
        .anyMatch(e -> e.getKey() != i && e.getValue().target().table() == column.table());
  }

  private static Expression aggregate(Function function, SchemaColumn column) {
    return new Expression.Aggregate(function, column);
  }

  /** Whether a column where outputs stand is followed by what it is compared with. */
  private boolean restricts(int i) {
    for (int k = i + 1; k < items.size() && k <= i + 3; k++) {
      Item item = items.get(k);
      if (item instanceof Item.Quoted || item instanceof Item.Number) {
        return k == i + 1 || between(i, k, Cue.BE, Cue.COMPARE, Cue.NOT, Cue.LIKE);
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

  private boolean between(int from, int to, Cue... cues) {
    for (int k = from + 1; k < to; k++) {
      if (!isCue(k, cues)) {
        return false;
      }
    }
    return true;
  }

  private int value(int i, Target.OfValue value) {
    SchemaColumn column = value.column();
    if (subject == column) {
      unshow();
    }
    String operator = negated ? "<>" : "=";
    if (like != null) {
      pattern(column, value.value());
      return i;
    }
    negated = false;
    boolean alternative =
        or
            || !draft.where.isEmpty()
                && isCue(i - 1, Cue.AND, Cue.COMMA, Cue.OR)
                && !both
                && operator.equals("=")
                && lastIsOn(column);    if ((both || alternative && !or && isCue(i - 1, Cue.AND) && toMany(column.table())) && lastIsOn(column)
        && draft.where.get(draft.where.size() - 1).get(0) instanceof Condition.Compare) {
      Condition first = draft.where.remove(draft.where.size() - 1).get(0);
      draft.where.add(List.of(new Condition.Exists(column.table(), false, List.of(first))));
      draft.where.add(
          List.of(
              new Condition.Exists(
                  column.table(),
                  false,
                  List.of(new Condition.Compare(column, "=", value.value())))));
      return i;
    }
    or = false;
    draft.condition(new Condition.Compare(column, operator, value.value()), alternative);
    comparison = null;
    return i;
  }  private boolean toMany(SchemaTable table) {
    return draft.entity != null
        && table != draft.entity
        && JoinTree.cheapest(Set.of(draft.entity), table)
            .map(path -> path.stream().anyMatch(join -> !join.toOne()))
            .orElse(false);
  }

  private boolean lastIsOn(SchemaColumn column) {
    if (draft.where.isEmpty()) {
      return false;
    }
    Condition last = draft.where.get(draft.where.size() - 1).get(0);
    return last instanceof Condition.Compare c && c.column() == column && c.operator().equals("=")
        || last instanceof Condition.OneOf o && o.column() == column;
  }

  private void quoted(Item.Quoted quoted) {
    SchemaColumn column = subject;
    if (column == null && draft.entity != null) {
      List<SchemaColumn> label = draft.entity.label();
      column = label.isEmpty() ? null : label.get(0);
    }
    if (column == null) {
      ignored.add(quoted.text());
      return;
    }
    unshow();
    if (like != null) {
      pattern(column, quoted.text());
      return;
    }
    String operator = negated ? "<>" : "=";
    negated = false;
    draft.condition(new Condition.Compare(column, operator, quoted.text()), or);
    or = false;
  }

  private void pattern(SchemaColumn column, String text) {
    String pattern =
        switch (like == null ? "" : like) {
          case "starts" -> text + "%";
          case "ends" -> "%" + text;
          default -> "%" + text + "%";
        };
    add(new Condition.Matches(column, pattern, negated));
    negated = false;
    like = null;
  }

  private int number(int i, BigDecimal value) {    String text = plain(value);
    boolean spelled = !items.get(i).text().matches("[\\d.,-]+");
    if (spelled && comparison == null && !have && following(i) == null) {
      return i;
    }
    if (comparison != null) {
      // "more than 3 orders", "at least 2 credits"
      Link next = following(i);
      if (next != null
          && next.target() instanceof Target.OfTable table
          && table.table() != draft.entity) {
        having(new Expression.Count(table.table()), text);
        return skipTo(i, next);
      }
      if (next != null && next.target() instanceof Target.OfTable table && subject == null) {
        having(new Expression.Count(table.table()), text);
        return skipTo(i, next);
      }
      if (next != null && next.target() instanceof Target.OfColumn column && subject == null) {
        if (column.column().measure()) {
          String operator = comparison;
          comparison = null;
          compare(column.column(), operator, text);
        } else {
          having(new Expression.CountDistinct(column.column()), text);
        }
        return skipTo(i, next);
      }
      if (counting) {
        counting = false;
      }
      SchemaColumn column = subject;
      if (column == null && isCue(i + 1, Cue.MONEY)) {
        column = attribute(List.of("price", "amount", "total", "cost", "value", "salary", "fee"));
      }
      if (column == null && isCue(i + 1, Cue.TIMES) && draft.entity != null) {
        having(new Expression.Count(lastMentioned()), text);
        return i;
      }
      if (column == null) {
        column = defaultMeasure();
      }
      if (column == null) {
        pendingNumber = text;
        return i;
      }
      String operator = comparison;
      comparison = null;
      // "5 or more" says how after the number
      compare(column, operator, text);
      return i;
    }
    if (i + 1 < items.size()
        && items.get(i + 1) instanceof Item.Phrase phrase
        && phrase.cue() == Cue.COMPARE
        && phrase.entry().payload(0).endsWith("=")
        && phrase.text().toLowerCase(Locale.ROOT).startsWith("or")) {
      comparison = phrase.entry().payload(0);
      items(i + 1);
      return number(i, value) == i ? i + 1 : i + 2;
    }    Link counted = subject == null && have ? following(i) : null;
    if (counted != null && counted.target() instanceof Target.OfColumn column && column.column().measure()) {
      compare(column.column(), "=", text);
      return skipTo(i, counted);
    }
    if (counted != null && counted.target() instanceof Target.OfTable table && table.table() != draft.entity) {
      comparison = "=";
      having(new Expression.Count(table.table()), text);
      return skipTo(i, counted);
    }
    if (isYear(value) && (timeRelation != null || subject == null || subject.nature() == Nature.TIME)) {
      time(Periods.wholeYear(value.intValue()));
      return i;
    }
    if (superlative == null
        && i + 1 < items.size()
        && isCue(i + 1, Cue.MOST, Cue.LEAST, Cue.EXTREME, Cue.COMMON)) {
      top = bounded(value);
      return i;
    }    Link many = zone == Zone.SHOW ? following(i) : null;
    if (many != null && many.target() instanceof Target.OfTable && superlativeAfter(i)) {
      top = bounded(value);
      return i;
    }
    if (timeRelation != null && subject != null) {
      compare(subject, timeRelation.equals("before") ? "<" : ">", text);
      timeRelation = null;
      return i;
    }
    if (subject != null) {
      compare(subject, "=", text);
      return i;
    }
    if (items.get(i).text().matches("(?i)one")) {
      return i;
    }
    ignored.add(items.get(i).text());
    return i;
  }  private boolean superlativeAfter(int i) {
    for (int k = i + 1; k < items.size(); k++) {
      if (isCue(k, Cue.MOST, Cue.LEAST, Cue.EXTREME, Cue.COMMON)) {
        return true;
      }
    }
    return false;
  }

  private void items(int ignoredPosition) {
    // the phrase behind the number has been taken with it
    consumed = ignoredPosition;
  }

  private int consumed = -1;

  private @Nullable Link following(int i) {
    for (int k = i + 1; k < items.size() && k <= i + 3; k++) {
      if (k == consumed) {
        continue;
      }
      if (items.get(k) instanceof Item.Named) {
        return chosen.get(k);
      }
      if (!isCue(k, Cue.FILLER, Cue.DISTINCT)) {
        return null;
      }
    }
    return null;
  }

  private int skipTo(int i, Link link) {
    for (int k = i + 1; k < items.size(); k++) {
      if (chosen.get(k) == link) {
        return k;
      }
    }
    return i;
  }

  private void having(Expression aggregate, String number) {
    draft.having.add(new Intent.Having(aggregate, comparison == null ? "=" : comparison, number));
    comparison = null;
    counting = false;
    negated = false;
  }

  private SchemaTable lastMentioned() {
    SchemaTable last = draft.entity;
    for (SchemaTable table : draft.mentioned) {
      last = table;
    }
    return java.util.Objects.requireNonNull(last);
  }

  private void compare(SchemaColumn column, String operator, String text) {
    if (havingFunction != null) {
      draft.having.add(new Intent.Having(aggregate(havingFunction, column), operator, text));
      havingFunction = null;
      return;
    }    unshow();
    if (column.nature() == Nature.TEXT && !operator.equals("=") && !operator.equals("<>")) {
      ignored.add(operator + " " + text);
      return;
    }
    add(new Condition.Compare(column, negated ? opposite(operator) : operator, text));
    negated = false;
  }

  private static String opposite(String operator) {
    return switch (operator) {
      case "=" -> "<>";
      case "<>" -> "=";
      case ">" -> "<=";
      case "<" -> ">=";
      case ">=" -> "<";
      default -> ">";
    };
  }

  /** "older than the average", "above the average price". */
  private void against(SchemaColumn column) {
    String operator = comparison == null ? ">" : comparison;
    SchemaColumn left = subject == null ? column : subject;
    unshow();
    add(new Condition.AgainstAll(left, operator, functions.get(0), column));
    functions.clear();
    comparison = null;
  }

  private void time(Period period) {
    Period meant =
        timeRelation == null
            ? period
            : switch (timeRelation) {
              case "before" -> period.before();
              case "since" -> period.since();
              default -> period.after();
            };
    SchemaColumn column =
        subject != null && (subject.nature() == Nature.TIME || year(subject))
            ? subject
            : timeColumn();
    if (column == null) {
      ignored.add(period.phrase());
      return;
    }
    if (column == subject) {
      unshow();
    }
    Integer year = period.year();
    if (column.nature() == Nature.TIME) {
      add(new Condition.During(column, meant));
    } else if (year != null) {
      String operator =
          timeRelation == null
              ? (negated ? "<>" : "=")
              : timeRelation.equals("before") ? "<" : timeRelation.equals("since") ? ">=" : ">";
      add(new Condition.Compare(column, operator, Integer.toString(year)));
      negated = false;
    } else {
      ignored.add(period.phrase());
    }
    timeRelation = null;
    comparison = null;
  }

  private static boolean year(SchemaColumn column) {
    return column.words().contains("year") || column.words().contains("found");
  }

  private void add(Condition condition) {
    draft.condition(condition, or);
    or = false;
  }

  /** A column that turned out to restrict is not shown. */
  private void unshow() {    if (subjectShown && subject != null && (draft.outputs.size() > 1 || entitySeen)) {
      draft.outputs.remove(new Expression.Column(subject));
    }
    subjectShown = false;
  }

  // ---- superlatives

  private void rank(SchemaColumn column) {
    boolean down = Boolean.TRUE.equals(superlative) != (!attributes.isEmpty() && flips(column));
    counting = false;
    Expression by =
        functions.isEmpty() ? new Expression.Column(column) : aggregate(functions.get(0), column);
    functions.clear();
    order(by, down);
  }

  private boolean flips(SchemaColumn column) {
    return attributes.stream()
        .anyMatch(
            attribute ->
                attribute.endsWith("-")
                    && column.words().stream()
                        .anyMatch(attribute.substring(0, attribute.length() - 1)::equals));
  }

  private void order(Expression by) {
    order(by, Boolean.TRUE.equals(superlative));
  }

  private void order(Expression by, boolean down) {
    draft.order.add(new Intent.Order(by, down));
    draft.limit = top == null ? 1 : top;
    top = null;
    superlative = null;
    counting = false;
    subject = null;
  }

  // ---- what is not said

  private void complete() {
    if (commonPending) {
      superlative = commonMost;
      SchemaTable counted = draft.entity;
      List<Expression> keys = draft.outputs.stream().filter(e -> !e.aggregate()).toList();
      if (!keys.isEmpty()) {
        counted = keys.get(0).table();
      }
      if (counted != null) {
        boolean also = counting;
        order(new Expression.Count(counted));
        counting = also;
      }
    }
    if (superlative != null) {
      leftoverSuperlative();
    }
    if (counting && draft.entity != null) {
      if (zone == Zone.ORDER) {
        Expression by =
            draft.outputs.stream()
                .filter(Expression::aggregate)
                .findFirst()
                .orElse(new Expression.Count(draft.entity));
        draft.order.add(new Intent.Order(by, descending));
      } else {
        draft.output(new Expression.Count(draft.entity));
      }
    }
    if (!wanted.isEmpty() && draft.outputs.isEmpty()) {
      SchemaColumn column =
          wanted.equals("when")
              ? timeColumn()
              : attribute(List.of("location", "address", "place", "city", "venue"));
      if (column != null) {
        draft.output(new Expression.Column(column));
      } else {
        ignored.add(wanted);
      }
    }    if (negated) {
      ignored.add("not");
    }
    moveIntoAbsence();
    if (!functions.isEmpty() && draft.outputs.isEmpty()) {
      SchemaColumn measure = defaultMeasure();
      if (measure != null) {
        draft.output(aggregate(functions.get(0), measure));
      } else {
        ignored.add(functions.get(0).name().toLowerCase(Locale.ROOT));
      }
    }
    summariseGroups();
    if (!draft.groups.isEmpty()) {
      List<Expression> shown = new ArrayList<>(draft.outputs);
      draft.outputs.clear();
      for (Expression group : draft.groups) {
        boolean identifies =
            group instanceof Expression.Column c
                && (c.table().key().contains(c.column()) || groupedByTable.contains(c.table()));
        boolean named = shown.stream().anyMatch(e -> !e.aggregate() && e.table() == group.table());
        if (!shown.contains(group) && !(identifies && named)) {
          draft.output(group);
        }
      }
      shown.forEach(draft::output);
    }
    if (draft.outputs.isEmpty() && draft.entity != null) {
      SchemaTable entity = draft.entity;      List<SchemaColumn> label = everything ? List.of() : entity.label();
      if (!label.isEmpty()) {
        label.forEach(column -> draft.output(new Expression.Column(column)));
      } else {
        entity.columns().forEach(column -> draft.output(new Expression.Column(column)));
      }
    }
    if (labelOrder && draft.order.isEmpty() && !draft.outputs.isEmpty()) {
      Expression first =
          draft.outputs.stream()
              .filter(e -> !e.aggregate())
              .findFirst()
              .orElse(draft.outputs.get(0));
      draft.order.add(new Intent.Order(first, descending));
    }
    if (zone == Zone.ORDER && directed && draft.order.isEmpty() && !draft.outputs.isEmpty()) {
      draft.order.add(new Intent.Order(draft.outputs.get(0), descending));
    }
    if (comparison != null || pendingNumber != null) {
      ignored.add(comparison == null ? "the number" : comparison);
    }
    if (like != null) {
      ignored.add(like);
    }
    if (draft.entity != null && draft.outputs.stream().anyMatch(e -> e.table() == draft.entity)) {
      draft.mentioned.remove(draft.entity);
    }
  }  /** "no orders in 2024": what is said of absent rows restricts those rows. */
  private void moveIntoAbsence() {
    for (int k = 0; k < draft.where.size(); k++) {
      if (!(draft.where.get(k).get(0) instanceof Condition.Exists exists) || !exists.negated()) {
        continue;
      }
      List<Condition> inner = new ArrayList<>(exists.inner());
      for (int j = draft.where.size() - 1; j > k; j--) {
        List<Condition> group = draft.where.get(j);
        SchemaTable table = group.get(0).table();
        boolean shown = draft.outputs.stream().anyMatch(e -> e.table() == table);
        if (group.size() == 1 && table != draft.entity && !shown && !(group.get(0) instanceof Condition.Exists)) {
          inner.add(0, group.get(0));
          draft.where.remove(j);
        }
      }
      draft.where.set(k, List.of(new Condition.Exists(exists.table(), true, inner)));
    }
  }

  /** "revenue per region" adds up, "orders per month" counts. */
  private void summariseGroups() {
    if (draft.groups.isEmpty() || draft.aggregates() || draft.entity == null) {
      return;
    }
    boolean ordersByAggregate = draft.order.stream().anyMatch(o -> o.by().aggregate());
    if (draft.outputs.isEmpty() && !ordersByAggregate && draft.order.isEmpty()) {
      boolean entityGrouped = draft.groups.stream().allMatch(g -> g.table() == draft.entity && !(g instanceof Expression.Bucket));
      if (!entityGrouped || groupedByTable.isEmpty()) {
        draft.output(new Expression.Count(draft.entity));
      }
      return;
    }
    List<Expression> measures =
        draft.outputs.stream()
            .filter(e -> e instanceof Expression.Column c && c.column().measure())
            .filter(e -> draft.groups.stream().noneMatch(g -> g.table() == e.table() && groupedByTable.contains(g.table())))
            .toList();
    if (!measures.isEmpty() && measures.size() == draft.outputs.size()) {
      draft.outputs.clear();
      for (Expression measure : measures) {
        draft.output(aggregate(Function.SUM, ((Expression.Column) measure).column()));
      }
    } else if (!draft.order.isEmpty() && !ordersByAggregate) {
      ignored.add("each");
    } else if (!ordersByAggregate) {
      draft.groups.clear();
    }
  }

  /** "which product sold the most", "top 5 customers by total spend". */
  private void leftoverSuperlative() {
    List<Expression> aggregates = draft.outputs.stream().filter(Expression::aggregate).toList();
    if (!aggregates.isEmpty()) {
      order(aggregates.get(0));
    } else if (top != null && attributes.isEmpty()) {
      draft.limit = top;
    } else {      SchemaTable counted = lastMentioned();
      SchemaColumn quantity = quantity();
      if (counted == draft.entity && quantity != null) {
        order(aggregate(Function.SUM, quantity));
      } else if (counted != draft.entity) {
        order(new Expression.Count(counted));
      } else {
        ignored.add(Boolean.TRUE.equals(superlative) ? "most" : "least");
      }
    }
  }  /** How many of the entity a row of another table is about: what "sold the most" adds up. */
  private @Nullable SchemaColumn quantity() {
    if (draft.entity == null) {
      return null;
    }
    List<SchemaColumn> quantities =
        draft.entity.joins().stream()
            .filter(join -> !join.toOne())
            .flatMap(join -> join.to().columns().stream())
            .filter(column -> column.measure() && column.words().contains("quantiti"))
            .distinct()
            .toList();
    return quantities.size() == 1 ? quantities.get(0) : null;
  }

  private static List<String> attributes(List<String> payload, int from) {
    return payload.size() <= from
        ? List.of()
        : Arrays.asList(String.join(" ", payload.subList(from, payload.size())).split(","));
  }

  /** The column that an adjective is about: "old" about an age, "expensive" about a price. */
  private @Nullable SchemaColumn attribute(List<String> words) {
    List<SchemaTable> tables = new ArrayList<>();
    if (draft.entity != null) {
      tables.add(draft.entity);
    }
    chosen.values().stream().map(link -> link.target().table()).distinct().forEach(tables::add);
    for (SchemaTable table : tables) {
      for (String word : words) {
        String bare = word.endsWith("-") ? word.substring(0, word.length() - 1) : word;
        for (SchemaColumn column : table.columns()) {
          boolean named = column.words().stream().anyMatch(w -> sameRoot(bare, w));
          if (named && !column.identifier() && column.nature() != Nature.BOOLEAN) {
            return column;
          }
        }
      }
    }
    return null;
  }

  /** Whether a stem is that of a word, but for its last letter. */
  private static boolean sameRoot(String word, String stem) {
    int common = 0;
    while (common < Math.min(word.length(), stem.length())
        && word.charAt(common) == stem.charAt(common)) {
      common++;
    }
    return common >= 3 && common >= stem.length() - 1 && word.length() - common <= 5;
  }

  private @Nullable SchemaColumn defaultMeasure() {
    SchemaTable table = draft.entity;
    if (table == null) {
      return null;
    }
    List<SchemaColumn> measures = table.columns().stream().filter(SchemaColumn::measure).toList();
    return measures.size() == 1 ? measures.get(0) : null;
  }

  /** The time by which rows are dated: of what is counted or shown, else of what it leads to. */
  private @Nullable SchemaColumn timeColumn() {
    List<SchemaTable> tables = new ArrayList<>();
    draft.outputs.stream().filter(Expression::aggregate).forEach(e -> tables.add(e.table()));
    tables.addAll(draft.mentioned);
    if (draft.entity != null) {
      tables.add(draft.entity);
    }
    chosen.values().stream().map(link -> link.target().table()).distinct().forEach(tables::add);
    for (SchemaTable table : List.copyOf(tables)) {
      table.joins().stream()
          .filter(io.kurobe.nl2sql.offline.link.Join::toOne)
          .forEach(join -> tables.add(join.to()));
    }
    for (SchemaTable table : tables) {
      List<SchemaColumn> times =
          table.columns().stream().filter(c -> c.nature() == Nature.TIME).toList();
      for (SchemaColumn time : times) {
        boolean own = table.words().stream().anyMatch(time.words()::contains);
        if (own) {
          return time;
        }
      }
      if (!times.isEmpty()) {
        return times.get(0);
      }
      for (SchemaColumn column : table.columns()) {
        if (column.words().equals(List.of("year"))
            || column.words().get(column.words().size() - 1).equals("year")) {
          return column;
        }
      }
    }
    return null;
  }

  private static List<SchemaColumn> keysOf(SchemaTable table) {
    List<SchemaColumn> label = table.label();
    return label.isEmpty() ? table.key() : label;
  }

  private boolean isCue(int i, Cue... cues) {
    if (i < 0 || i >= items.size() || !(items.get(i) instanceof Item.Phrase phrase)) {
      return false;
    }
    return Arrays.asList(cues).contains(phrase.cue());
  }

  private static boolean isYear(BigDecimal value) {
    return value.scale() <= 0 && value.intValue() >= 1800 && value.intValue() <= 2100;
  }

  private static String plain(BigDecimal value) {
    return value.toPlainString();
  }

  static Set<Cue> skipped() {
    return SKIPPED;
  }
}
