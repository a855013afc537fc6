package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.build.Expression.Function;
import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaColumn.Nature;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import io.kurobe.nl2sql.offline.read.Cue;
import io.kurobe.nl2sql.offline.read.NameClass;
import io.kurobe.nl2sql.offline.read.WordClass;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Does what a table, a column or a stored value asks for where it stands. */
final class Names {
  private final Progress p;
  private final Constants constants;

  Names(Progress progress, Constants constants) {
    this.p = progress;
    this.constants = constants;
  }

  int table(int i, SchemaTable table) {
    if (p.afterItsValue(i, table)) {
      return i;
    }
    p.lastTable = table;
    if (Comparisons.withRole(p, i, table)) {
      return i;
    }
    if (Compounds.qualifies(p, i)) {
      SchemaTable head = Objects.requireNonNull(p.chosen.get(i + 1)).target().table();
      boolean grouped = p.each || p.zone == Progress.Zone.GROUP;
      if (grouped && Compounds.leadsToOne(table, head)) {
        p.draft.through.put(head, table);
      } else {
        p.draft.mentioned.add(table);
      }
      return i;
    }
    if (p.zone == Progress.Zone.GROUP && !p.each && !p.draft.groups.isEmpty() && p.owner(i)) {
      // "per country of the customer"
      SchemaTable grouped = p.draft.groups.get(p.draft.groups.size() - 1).table();
      if (grouped != table && Compounds.leadsToOne(table, grouped)) {
        p.draft.through.put(grouped, table);
        return i;
      }
    }
    if (p.each
        && !p.draft.outputs.isEmpty()
        && !p.draft.aggregates()
        && !p.functionsPending()
        && p.draft.outputs.stream().allMatch(e -> e.table() == table)) {
      // "the name of each club": all of them
      p.each = false;
      return i;
    }
    if (p.each && p.everything && p.draft.outputs.isEmpty() && table == p.draft.entity) {
      // "all details of each club"
      p.each = false;
      return i;
    }
    if (p.each || p.zone == Progress.Zone.GROUP && p.draft.groups.isEmpty()) {
      p.each = false;
      p.zone = Progress.Zone.GROUP;
      p.groupedByTable.add(table);
      // "each customer name": the name follows
      if (!p.next(i, Target.OfColumn.class)) {
        Guesses.keysOf(table).forEach(column -> p.draft.groups.add(new Expression.Column(column)));
      }
      return i;
    }
    boolean amountOf = p.ends(i - 1, WordClass.AMOUNT_OF);
    if (!p.functions.isEmpty()
        && p.comparison == null
        && !p.nextColumn(i)
        && (p.superlative != null && p.attributes.isEmpty() || amountOf)) {
      // "the lowest average rating", "the total amount of loans"
      SchemaColumn amount = Guesses.amount(table);
      if (amount != null) {
        return column(i, amount);
      }
    }
    if (p.superlative != null
        && p.attributes.isEmpty()
        && !p.counting
        && p.functions.isEmpty()
        && table == p.draft.entity
        && !p.nextColumn(i)) {
      SchemaColumn size = size(i, table);
      if (size != null) {
        p.rank(size);
        return i;
      }
    }
    if (p.superlative != null
        && (p.zone != Progress.Zone.SHOW
            || p.counting
            || table != p.draft.entity
            || kinds(table))) {
      if (p.attributes.isEmpty()) {
        SchemaColumn size = p.counting || !p.functions.isEmpty() ? null : size(i, table);
        if (size != null) {
          p.rank(size);
          return i;
        }
        p.order(new Expression.Count(table));
        return i;
      }
    }
    if (p.counting && p.comparison == null) {
      p.counting = false;
      Expression count =
          p.zone == Progress.Zone.ORDER ? new Expression.Count(table) : new Expression.Count(table);
      if (p.zone == Progress.Zone.ORDER) {
        p.draft.order.add(new Intent.Order(count, p.descending));
      } else {
        p.draft.output(count);
        p.zone = Progress.Zone.SHOW;
        if (p.draft.entity == null) {
          p.draft.entity = table;
        }
      }
      return i;
    }
    if (!p.functions.isEmpty()
        && p.comparison == null
        && !p.is(i, WordClass.PLURAL_ENDING)
        && !p.nextColumn(i)
        && (p.zone == Progress.Zone.SHOW || p.zone == Progress.Zone.ORDER)) {
      // "total ad spend": what a table of that name adds up to
      SchemaColumn amount = Guesses.amount(table);
      if (amount != null
          && (table != p.draft.entity || p.draft.outputs.isEmpty() && table.words().size() > 1)) {
        return column(i, amount);
      }
    }
    if (p.functions.contains(Function.SUM)
        && p.functions.size() == 1
        && p.zone == Progress.Zone.SHOW
        && !p.nextColumn(i)) {
      SchemaColumn total = called(i, table);
      p.functions.clear();
      // "total orders" counts them, unless they have a total of their own
      p.draft.output(
          total == null ? new Expression.Count(table) : Progress.aggregate(Function.SUM, total));
      return i;
    }
    if (p.negated) {
      Expression first = p.draft.outputs.isEmpty() ? null : p.draft.outputs.get(0);
      if (table == p.draft.entity && first != null && first.table() != table) {
        // "station names without trains": about stations
        p.draft.entity = first.table();
      }
      if (table == p.draft.entity
          && (p.zone == Progress.Zone.RESTRICT || p.zone == Progress.Zone.SHOW)
          && conditionFollows(i)
          && Combinations.shared(p.draft)) {
        // "countries that have no stadium opened after 2006": not those of such a one
        p.negated = false;
        p.exceptFrom = p.draft.where.size();
        p.without = true;
        return i;
      }
      if (table != p.draft.entity) {
        p.negated = false;
        p.draft.where.add(List.of(new Condition.Exists(table, true, List.of())));
        return i;
      }
    }
    if (p.zone == Progress.Zone.SHOW
        && table != p.draft.entity
        && !p.draft.outputs.isEmpty()
        && !p.functionsPending()
        && p.superlative == null
        && !p.negated
        && !p.next(i, Target.OfColumn.class)
        && listed(i)
        && !table.label().isEmpty()) {
      // "the ministers and parties": what both are called
      table.label().forEach(column -> p.draft.output(new Expression.Column(column)));
      return i;
    }
    boolean owner = p.zone == Progress.Zone.SHOW && p.owner(i) && !ofTable(i);
    boolean absent =
        p.draft.where.stream()
            .anyMatch(group -> group.get(0) instanceof Condition.Exists exists && exists.negated());
    if (table != p.draft.entity && !owner && !absent) {
      p.draft.mentioned.add(table);
    }
    if (table == p.draft.entity && p.draft.outputs.isEmpty()) {
      p.entitySeen = true;
    }
    if (p.distinct && p.zone == Progress.Zone.SHOW) {
      p.draft.distinct = true;
      p.distinct = false;
    }
    p.subject = null;
    return i;
  }

  /** Whether what follows is said of this table, and not that another has no row. */
  private boolean conditionFollows(int i) {
    for (int k = i + 1; k < p.items.size(); k++) {
      Link link = p.chosen.get(k);
      if (link != null) {
        return !(link.target() instanceof Target.OfTable)
            && p.draft.outputs.stream()
                .noneMatch(e -> e instanceof Expression.Column c && c.column().identifier());
      }
      if (p.items.get(k) instanceof Item.Time || p.items.get(k) instanceof Item.Number) {
        return true;
      }
    }
    return false;
  }

  /** "The highest building", "the largest payment": what such a word says of a row. */
  private @Nullable SchemaColumn size(int i, SchemaTable table) {
    int k = i - 1;
    while (p.isCue(k, Cue.FILLER) || k >= 0 && p.items.get(k) instanceof Item.Number) {
      k--;
    }
    if (!p.isCue(k, Cue.MOST, Cue.LEAST)) {
      return null;
    }
    boolean high = p.is(k, WordClass.HIGHEST);
    if (!high && !p.is(k, WordClass.LARGEST)) {
      return null;
    }
    List<String> of = p.lexicon().words(high ? NameClass.HEIGHT : NameClass.SIZE);
    SchemaColumn column = Guesses.attribute(of, List.of(table));
    return column != null && column.nature() == Nature.NUMBER
        ? column
        : high ? null : Guesses.amount(table);
  }

  /** Whether a name comes after "the names of", and nothing of another table was meant by it. */
  private boolean namesOf(int i) {
    int k = i - 1;
    while (p.isCue(k, Cue.FILLER)) {
      k--;
    }
    return p.isCue(k, Cue.PREP)
        && !p.is(i, WordClass.PAST)
        && p.is(k, WordClass.GENITIVE)
        && k > 0
        && p.is(k - 1, WordClass.NAME)
        && p.draft.outputs.get(p.draft.outputs.size() - 1) instanceof Expression.Column;
  }

  /** "Medicines that are approved", of a column that says yes or no. */
  private boolean is(int i, SchemaColumn column) {
    boolean said =
        p.zone == Progress.Zone.RESTRICT
            || p.zone == Progress.Zone.SHOW
                && (p.entitySeen || !p.draft.outputs.isEmpty())
                && !listed(i)
                && !p.isCue(i - 1, Cue.COMMAND, Cue.DISTINCT);
    if (column.affirmative().isEmpty()
        || !said
        || p.functionsPending()
        || p.each
        || p.superlative != null
        || p.chosen.values().stream()
            .anyMatch(link -> link.target() instanceof Target.OfValue of && of.column() == column)
        || p.restricts(i)) {
      return false;
    }
    p.add(
        new Condition.Compare(column, p.negated ? "<>" : "=", column.affirmative().orElseThrow()));
    p.negated = false;
    p.subject = null;
    return true;
  }

  /** "The heads of departments": of rows, and of no column of them. */
  private boolean ofTable(int i) {
    int k = i - 1;
    while (p.isCue(k, Cue.FILLER, Cue.PREP)) {
      k--;
    }
    Link link = p.chosen.get(k);
    return link != null
        && link.target() instanceof Target.OfTable of
        && of.table() == p.draft.entity
        && p.draft.outputs.stream().allMatch(Expression::aggregate);
  }

  /** "The total of bookings", whose column is called so. */
  private @Nullable SchemaColumn called(int i, SchemaTable table) {
    return p.is(i - 1, WordClass.TOTAL_OF)
        ? table.columns().stream()
            .filter(column -> column.measure() && column.is(NameClass.TOTAL))
            .findFirst()
            .orElse(null)
        : null;
  }

  /** "which carrier has the most parcels": of parcels, and by a column that is not their name. */
  private boolean kinds(SchemaTable table) {
    return !p.draft.outputs.isEmpty()
        && p.draft.outputs.stream()
            .allMatch(
                output ->
                    output instanceof Expression.Column shown
                        && shown.table() == table
                        && shown.column().nature() == Nature.TEXT
                        && !table.key().contains(shown.column())
                        && !table.label().contains(shown.column()));
  }

  private boolean listed(int i) {
    int k = i - 1;
    while (p.isCue(k, Cue.FILLER, Cue.PRONOUN)) {
      k--;
    }
    return p.isCue(k, Cue.AND, Cue.COMMA);
  }

  /** "not assigned", "who tried out": a verb that is called like a table beside the entity. */
  boolean verb(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    SchemaTable entity = p.draft.entity;
    if (entity == null || lower.length() < 4) {
      return false;
    }
    for (Join join : entity.joins()) {
      SchemaTable table = join.to();
      if (!join.toOne()
          && table != entity
          && table.words().stream().anyMatch(w -> Guesses.sameRoot(lower, w))
          && p.chosen.values().stream().noneMatch(link -> link.target().table() == table)) {
        if (p.negated) {
          p.negated = false;
          p.draft.where.add(List.of(new Condition.Exists(table, true, List.of())));
        } else {
          p.draft.mentioned.add(table);
        }
        return true;
      }
    }
    return false;
  }

  int label(int i, SchemaTable table) {
    List<SchemaColumn> columns = table.called();
    if (p.zone == Progress.Zone.SHOW && !p.functionsPending() && p.superlative == null && !p.each) {
      columns.forEach(column -> p.draft.output(new Expression.Column(column)));
      return i;
    }
    return column(i, columns.get(columns.size() - 1));
  }

  int column(int i, SchemaColumn column) {
    if (p.afterItsValue(i, column) || new Comparisons(p).ofColumns(i, column)) {
      return i;
    }
    int absent = new Absences(p).ofColumn(i, column);
    if (absent >= i) {
      return absent;
    }
    if (is(i, column)) {
      return i;
    }
    if (p.is(i, WordClass.NUMBER, WordClass.COUNT) && p.draft.aggregates()) {
      // "How many has each? List the number": that of before
      return i;
    }
    if (p.each || p.zone == Progress.Zone.GROUP && p.draft.groups.isEmpty()) {
      p.each = false;
      p.zone = Progress.Zone.GROUP;
      p.draft.groups.add(new Expression.Column(column));
      return i;
    }
    if (p.zone == Progress.Zone.GROUP && p.isCue(i - 1, Cue.AND, Cue.COMMA)) {
      p.draft.groups.add(new Expression.Column(column));
      return i;
    }
    if (p.comparison != null && !p.functions.isEmpty()) {
      constants.against(column);
      return i;
    }
    // What a row has many of is added up to rank it.
    if (p.functions.isEmpty()
        && (p.top != null || total(i))
        && p.zone == Progress.Zone.ORDER
        && column.measure()
        && p.guesses.toMany(column.table())) {
      p.functions.add(Function.SUM);
    }
    // "the three shops with the highest revenue", "the best month for revenue": of all of each
    boolean timely = p.draft.groups.stream().anyMatch(Expression.Bucket.class::isInstance);
    if (p.functions.isEmpty()
        && p.superlative != null
        && p.zone != Progress.Zone.SHOW
        && p.is(i, WordClass.MASS)
        && column.measure()
        && (timely || p.guesses.toMany(column.table()))) {
      p.functions.add(Function.SUM);
    }
    if (p.superlative != null && !p.commonPending) {
      boolean headline =
          p.zone == Progress.Zone.SHOW
              && p.draft.outputs.isEmpty()
              && !p.who
              && p.attributes.isEmpty()
              && p.top == null
              && !p.counting
              && column.nature() != Nature.TEXT;
      if (headline) {
        p.functions.add(p.superlative ? Function.MAX : Function.MIN);
        p.superlative = null;
      } else if (!column.measure()
          && column.nature() != Nature.TIME
          && (p.counting || p.zone != Progress.Zone.SHOW)
          && p.attributes.isEmpty()) {
        p.order(new Expression.Count(column.table()));
        return i;
      } else if (column.nature() != Nature.TEXT || p.zone != Progress.Zone.SHOW) {
        if (p.zone == Progress.Zone.SHOW
            && p.draft.outputs.isEmpty()
            && !p.next(i, Target.OfTable.class)
            && !p.counting
            && p.top != null) {
          p.draft.output(new Expression.Column(column));
        }
        p.rank(column);
        return i;
      }
    }
    if (p.counting && !p.functions.isEmpty() && column.measure()) {
      p.counting = false;
    }
    if (p.counting && p.comparison == null) {
      p.counting = false;
      Expression count =
          column.measure()
                  && !p.distinct
                  && (totalBefore(i) || pieces(column) || amounts(i, column))
              ? Progress.aggregate(Function.SUM, column)
              : column.measure() && !p.distinct && (namesOther(i, column) || counts(column))
                  ? new Expression.Column(column)
                  : column.table().key().equals(List.of(column))
                      ? new Expression.Count(column.table())
                      : new Expression.CountDistinct(column);
      p.distinct = false;
      if (p.zone == Progress.Zone.ORDER) {
        p.draft.order.add(new Intent.Order(count, p.descending));
      } else {
        p.draft.output(count);
        p.zone = Progress.Zone.SHOW;
      }
      return i;
    }
    if (p.zone == Progress.Zone.ORDER) {
      Expression by =
          p.functions.isEmpty()
              ? new Expression.Column(column)
              : Progress.aggregate(p.functions.get(0), column);
      p.functions.clear();
      if (p.top != null) {
        boolean down = !Boolean.FALSE.equals(p.superlative);
        p.draft.limit = p.top;
        p.top = null;
        p.superlative = null;
        p.draft.order.add(new Intent.Order(by, down));
      } else {
        p.draft.order.add(new Intent.Order(by, p.descending));
      }
      return i;
    }
    if (p.zone == Progress.Zone.SHOW
        && p.owner(i)
        && !p.draft.outputs.isEmpty()
        && p.functions.isEmpty()
        && !column.measure()) {
      if (namesOf(i) && column.nature() == Nature.TEXT && !column.identifier()) {
        // "the names of directors", where a column holds who directed
        Expression name =
            p.draft.outputs.set(p.draft.outputs.size() - 1, new Expression.Column(column));
        if (name.table() == p.draft.entity) {
          p.draft.entity = column.table();
        }
        p.subject = column;
        p.subjectShown = true;
        return i;
      }
      // "the names of devices": whose names, not what is shown
      p.subject = column;
      p.subjectShown = false;
      return i;
    }
    if (p.zone == Progress.Zone.SHOW && !p.restricts(i)) {
      if (p.functions.isEmpty() && asksForTotal(i) && column.measure()) {
        p.draft.output(Progress.aggregate(Function.SUM, column));
      } else if (p.functions.isEmpty()) {
        p.draft.output(new Expression.Column(column));
        if (p.distinct) {
          p.draft.distinct = true;
          p.distinct = false;
        }
      } else {
        p.functions.forEach(function -> p.draft.output(Progress.aggregate(function, column)));
        boolean goesOn = p.isCue(i + 1, Cue.AND) && p.nextColumn(i + 1);
        if (!goesOn) {
          p.functions.clear();
        }
      }
      p.subject = column;
      p.subjectShown = true;
      return i;
    }
    if (!p.functions.isEmpty()) {
      p.havingFunction = p.functions.get(0);
      p.functions.clear();
    }
    if (p.comparison != null && p.pendingNumber != null) {
      String operator = p.comparison;
      p.comparison = null;
      p.compare(column, operator, p.pendingNumber);
      p.pendingNumber = null;
      return i;
    }
    p.subject = column;
    p.subjectShown = false;
    if (column.table() != p.draft.entity
        && !p.restricts(i)
        && p.zone == Progress.Zone.RESTRICT
        && p.superlative == null) {
      boolean missing = p.negated && !p.isCue(i + 1, Cue.COMPARE, Cue.LIKE, Cue.NULL);
      if (missing) {
        p.negated = false;
        p.draft.where.add(List.of(new Condition.Exists(column.table(), true, List.of())));
        return i;
      }
      p.draft.mentioned.add(column.table());
    }
    if (column.nature() == Nature.BOOLEAN) {
      p.add(new Condition.Compare(column, "=", Boolean.toString(!p.negated)));
      p.negated = false;
    }
    return i;
  }

  /** A column that holds how many there are: "room count", "number of rooms". */
  private static boolean counts(SchemaColumn column) {
    return column.words().size() > 1 && column.has(NameClass.COUNT);
  }

  /** "how many points": of what each row has some, which nobody counts the kinds of. */
  private boolean amounts(int i, SchemaColumn column) {
    String name = column.name().toLowerCase(Locale.ROOT);
    return column.stored() == Nature.NUMBER
        && !p.lexicon().is(name, WordClass.SOMEONE)
        && !Progress.year(column)
        && !p.isCue(i - 1, Cue.DISTINCT)
        && !p.ends(Math.max(0, i - 1), WordClass.DIFFERENT)
        && !namesOther(i, column)
        && !counts(column);
  }

  /** "how many pieces": of a column that holds how many. */
  private static boolean pieces(SchemaColumn column) {
    return column.ends(NameClass.QUANTITY);
  }

  /** "total amount". */
  private boolean total(int i) {
    return p.begins(i, WordClass.TOTAL) && !p.is(i, WordClass.TOTAL);
  }

  /** "the total number of hours": of a column that holds numbers of them. */
  private boolean totalBefore(int i) {
    return p.has(i - 1, WordClass.TOTAL);
  }

  /** "what is the total amount": of a column that is called so. */
  boolean asksForTotal(int i) {
    Link link = p.chosen.get(i);
    boolean mass = p.is(i, WordClass.MASS) && link != null && link.score() < 0.9;
    return (mass || total(i)) && p.is(0, WordClass.WHAT_IS);
  }

  int value(int i, Target.OfValue value) {
    int as = constants.as(i, value.value());
    if (as > 0) {
      return as;
    }
    SchemaColumn column = value.column();
    if (p.subject == column) {
      p.unshow();
    }
    String operator = p.negated ? "<>" : "=";
    if (p.like != null) {
      boolean other = p.subject != null && p.subject.nature() == Nature.TEXT && p.subject != column;
      constants.pattern(other ? p.subject : column, other ? p.items.get(i).text() : value.value());
      return i;
    }
    p.negated = false;
    boolean alternative =
        p.or
            || !p.draft.where.isEmpty()
                && p.isCue(i - 1, Cue.AND, Cue.COMMA, Cue.OR)
                && !p.both
                && operator.equals("=")
                && p.lastIsOn(column);
    if ((p.both
            || alternative && !p.or && p.isCue(i - 1, Cue.AND) && p.guesses.toMany(column.table()))
        && p.lastIsOn(column)
        && !p.guesses.toMany(column.table())
        && p.draft.where.get(p.draft.where.size() - 1).get(0) instanceof Condition.Compare) {
      // "both A and B" of what a row has one of: two sets of rows
      p.draft.where.add(List.of(new Condition.Compare(column, "=", value.value())));
      return i;
    }
    if ((p.both
            || alternative && !p.or && p.isCue(i - 1, Cue.AND) && p.guesses.toMany(column.table()))
        && p.lastIsOn(column)
        && p.draft.where.get(p.draft.where.size() - 1).get(0) instanceof Condition.Compare) {
      Condition first = p.draft.where.remove(p.draft.where.size() - 1).get(0);
      p.draft.where.add(List.of(new Condition.Exists(column.table(), false, List.of(first))));
      p.draft.where.add(
          List.of(
              new Condition.Exists(
                  column.table(),
                  false,
                  List.of(new Condition.Compare(column, "=", value.value())))));
      return i;
    }
    if (p.or && excludes(column)) {
      // "who are not red or blue": neither
      p.or = false;
      p.draft.where.add(List.of(new Condition.Compare(column, "<>", value.value())));
      return i;
    }
    if (alternative && !p.or && p.isCue(i - 1, Cue.AND) && p.next(i, Target.OfTable.class)) {
      p.split = column;
    }
    p.or = false;
    p.draft.condition(new Condition.Compare(column, operator, value.value()), alternative);
    p.comparison = null;
    return i;
  }

  private boolean excludes(SchemaColumn column) {
    List<List<Condition>> where = p.draft.where;
    return !where.isEmpty()
        && where.get(where.size() - 1).size() == 1
        && where.get(where.size() - 1).get(0) instanceof Condition.Compare last
        && last.column() == column
        && last.operator().equals("<>");
  }

  /** Whether the question names more of a column's table than the column. */
  boolean namesOther(int i, SchemaColumn column) {
    return p.chosen.entrySet().stream()
        .anyMatch(e -> e.getKey() != i && e.getValue().target().table() == column.table());
  }
}
