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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What of a question a query makes use of: a name that it does not was dropped on the way. */
public final class Usage {
  private final Query query;
  private final Lexicon lexicon;
  private final Set<SchemaTable> tables = new HashSet<>();
  private final Set<SchemaColumn> columns = new HashSet<>();
  private final Set<SchemaColumn> joined = new HashSet<>();
  private final Set<String> values = new HashSet<>();

  /** What stands for a row of another table that is not joined. */
  private final Set<SchemaColumn> keys = new HashSet<>();

  private Usage(Query query) {
    this.query = query;
    this.lexicon = query.root().lexicon();
    use(query);
  }

  private void use(Query query) {
    tables.add(query.root());
    query.joins().forEach(this::join);
    tables.addAll(query.intent().mentioned());
    query.intent().entity().ifPresent(tables::add);
    query.select().forEach(shown -> expression(shown.expression()));
    query.groupBy().forEach(this::expression);
    query.having().forEach(having -> expression(having.aggregate()));
    query.orderBy().forEach(order -> expression(order.by()));
    query.intent().within().ifPresent(within -> within.by().forEach(this::expression));
    query.having().stream().flatMap(having -> having.overall().stream()).forEach(this::expression);
    query.where().forEach(group -> group.forEach(this::condition));
    for (Query.SemiJoin semiJoin : query.semiJoins()) {
      tables.add(semiJoin.table());
      joined.addAll(semiJoin.outer());
      if (semiJoin.table().reached() != null) {
        keys.addAll(semiJoin.outer());
      }
      joined.addAll(semiJoin.inner());
      semiJoin.joins().forEach(this::join);
      semiJoin.where().forEach(group -> group.forEach(this::condition));
    }
    query.other().ifPresent(this::use);
  }

  /** The names of a question that are nowhere in the query. */
  public static List<String> dropped(List<Item> items, Resolver.Reading reading, Query query) {
    var usage = new Usage(query);
    List<String> dropped = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Link link = reading.chosen().get(i);
      if (link != null
          && !usage.has(link.target())
          && !usage.dates(items.get(i).text())
          && !usage.counted(items.get(i).text())
          && !usage.rows(items, i, link.target())
          && !usage.namesOf(items, i, reading)
          && !(items.get(i) instanceof Item.Named named && usage.hasOther(named))) {
        dropped.add(items.get(i).text());
      }
    }
    return dropped;
  }

  /**
   * "The enrollment of all schools", of rows that a column calls so: it says no more than "all".
   */
  private boolean rows(List<Item> items, int i, Target target) {
    int k = i - 1;
    while (k >= 0 && items.get(k) instanceof Item.Phrase phrase && phrase.cue() == Cue.FILLER) {
      k--;
    }
    return target instanceof Target.OfColumn of
        && of.column().nature() == SchemaColumn.Nature.TEXT
        && of.column().words().size() == 1
        && tables.contains(of.column().table())
        && query.groupBy().isEmpty()
        && query.where().isEmpty()
        && query.select().stream().allMatch(shown -> shown.expression().aggregate())
        && is(items.get(i).text(), WordClass.PLURAL)
        && k >= 0
        && items.get(k) instanceof Item.Phrase before
        && before.cue() == Cue.PREP;
  }

  private boolean is(String text, WordClass... any) {
    return lexicon.is(text.toLowerCase(Locale.ROOT), any);
  }

  /** "List the count", of what is counted. */
  private boolean counted(String word) {
    return is(word, WordClass.NUMBER, WordClass.COUNT)
        && query.select().stream().anyMatch(s -> s.expression() instanceof Expression.Count);
  }

  /** "The names of directors", where a column holds who directed. */
  private boolean namesOf(List<Item> items, int i, Resolver.Reading reading) {
    int k = i + 1;
    boolean of = k < items.size() && is(items.get(k).text(), WordClass.GENITIVE);
    do {
      k++;
    } while (k < items.size()
        && items.get(k) instanceof Item.Phrase phrase
        && phrase.cue() == Cue.FILLER);
    Link link = reading.chosen().get(k);
    return of
        && is(items.get(i).text(), WordClass.NAME)
        && link != null
        && link.target() instanceof Target.OfColumn whose
        && columns.contains(whose.column());
  }

  /** Whether a word is the verb of a time that is shown or compared. */
  private boolean dates(String word) {
    String verb = word.toLowerCase(Locale.ROOT);
    Stream<SchemaColumn> absent =
        is(verb, WordClass.PARTICIPLE)
            ? query.semiJoins().stream()
                .filter(Query.SemiJoin::negated)
                .flatMap(semiJoin -> semiJoin.table().columns().stream())
            : Stream.of();
    return Stream.concat(columns.stream(), absent)
        .anyMatch(
            column ->
                column.nature() == SchemaColumn.Nature.TIME
                    && column.words().stream().anyMatch(w -> Guesses.sameRoot(verb, w)));
  }

  /** Whether a column that the words may name as well is shown or compared. */
  private boolean hasOther(Item.Named named) {
    return named.links().stream()
        .anyMatch(
            link ->
                link.target() instanceof Target.OfColumn column
                    && columns.contains(column.column()));
  }

  private boolean has(Target target) {
    if (target instanceof Target.OfTable table) {
      return tables.contains(table.table()) || kept(table.table()) || behind(table.table());
    }
    if (target instanceof Target.OfLabel label) {
      return label.table().called().stream().anyMatch(columns::contains);
    }
    if (target instanceof Target.OfValue value) {
      return values.contains(value.value());
    }
    SchemaColumn column = ((Target.OfColumn) target).column();
    return columns.contains(column)
        || joined.contains(column)
        || column.identifier() && leads(column);
  }

  /** A key stands for the rows of its table, or for the table that it refers to. */
  private boolean leads(SchemaColumn column) {
    boolean counted =
        query.select().stream().anyMatch(s -> s.expression() instanceof Expression.Count);
    return counted && column.table().key().contains(column) && tables.contains(column.table())
        || column.table().joins().stream()
            .anyMatch(join -> join.fromColumns().contains(column) && tables.contains(join.to()));
  }

  /** Whether a key says which row of a table is meant. */
  private boolean kept(SchemaTable table) {
    return keys.stream()
        .anyMatch(
            key ->
                key.table().joins().stream()
                    .anyMatch(join -> join.to() == table && join.fromColumns().contains(key)));
  }

  /** Whether each row of one that must not be there belongs to a row of a table. */
  private boolean behind(SchemaTable table) {
    return query.semiJoins().stream()
        .filter(Query.SemiJoin::negated)
        .anyMatch(
            absent ->
                absent.table().joins().stream()
                    .anyMatch(join -> join.toOne() && join.to() == table));
  }

  private void join(Join join) {
    if (join.to().reached() != null) {
      keys.addAll(join.fromColumns());
    }
    tables.add(join.to());
    joined.addAll(join.fromColumns());
    joined.addAll(join.toColumns());
  }

  private void expression(Expression expression) {
    expression.conditions().forEach(this::condition);
    expression.leaves().forEach(this::leaf);
  }

  private void leaf(Expression expression) {
    if (expression instanceof Expression.Scalar scalar) {
      use(scalar.query());
      return;
    }
    if (expression instanceof Expression.Column e) {
      columns.add(e.column());
    } else if (expression instanceof Expression.Bucket e) {
      columns.add(e.column());
    } else if (expression instanceof Expression.CountDistinct e) {
      columns.add(e.column());
      keys.add(e.column());
    } else if (expression instanceof Expression.Aggregate e) {
      columns.add(e.column());
    }
  }

  private void condition(Condition condition) {
    if (condition instanceof Condition.Compare c) {
      columns.add(c.column());
      values.add(c.value());
    } else if (condition instanceof Condition.OneOf c) {
      columns.add(c.column());
      values.addAll(c.values());
    } else if (condition instanceof Condition.Between c) {
      columns.add(c.column());
    } else if (condition instanceof Condition.Matches c) {
      columns.add(c.column());
      values.add(c.pattern().replace("%", ""));
    } else if (condition instanceof Condition.Missing c) {
      columns.add(c.column());
      keys.add(c.column());
    } else if (condition instanceof Condition.During c) {
      columns.add(c.column());
    } else if (condition instanceof Condition.AgainstAll c) {
      columns.add(c.column());
      columns.add(c.of());
    } else if (condition instanceof Condition.Columns c) {
      columns.add(c.column());
      columns.add(c.other());
    } else if (condition instanceof Condition.Than c) {
      columns.add(c.column());
      use(c.of());
    } else if (condition instanceof Condition.AgainstGroup c) {
      columns.add(c.column());
      columns.addAll(c.same());
      keys.addAll(c.same());
    } else if (condition instanceof Condition.Exists c) {
      tables.add(c.table());
      c.inner().forEach(this::condition);
    }
  }
}
