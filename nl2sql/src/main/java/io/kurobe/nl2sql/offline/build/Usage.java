package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Item;
import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.Link;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.link.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What of a question a query makes use of: a name that it does not was dropped on the way. */
public final class Usage {
  private final Query query;
  private final Set<SchemaTable> tables = new HashSet<>();
  private final Set<SchemaColumn> columns = new HashSet<>();
  private final Set<SchemaColumn> joined = new HashSet<>();
  private final Set<String> values = new HashSet<>();

  private Usage(Query query) {
    this.query = query;
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
    query.where().forEach(group -> group.forEach(this::condition));
    for (Query.SemiJoin semiJoin : query.semiJoins()) {
      tables.add(semiJoin.table());
      joined.addAll(semiJoin.outer());
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
          && !(items.get(i) instanceof Item.Named named && usage.hasOther(named))) {
        dropped.add(items.get(i).text());
      }
    }
    return dropped;
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
      return tables.contains(table.table());
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

  private void join(Join join) {
    tables.add(join.to());
    joined.addAll(join.fromColumns());
    joined.addAll(join.toColumns());
  }

  private void expression(Expression expression) {
    if (expression instanceof Expression.Column e) {
      columns.add(e.column());
    } else if (expression instanceof Expression.Bucket e) {
      columns.add(e.column());
    } else if (expression instanceof Expression.CountDistinct e) {
      columns.add(e.column());
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
    } else if (condition instanceof Condition.During c) {
      columns.add(c.column());
    } else if (condition instanceof Condition.AgainstAll c) {
      columns.add(c.column());
      columns.add(c.of());
    } else if (condition instanceof Condition.Exists c) {
      tables.add(c.table());
      c.inner().forEach(this::condition);
    }
  }
}
