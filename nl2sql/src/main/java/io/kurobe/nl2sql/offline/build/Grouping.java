package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an intent's aggregates are computed for each of, and whether joins leave them right. */
final class Grouping {
  private final Intent intent;
  private final JoinTree tree;
  private final List<Expression> aggregates = new ArrayList<>();

  Grouping(Intent intent, JoinTree tree) {
    this.intent = intent;
    this.tree = tree;
    intent.outputs().stream().filter(Expression::aggregate).forEach(aggregates::add);
    intent.order().stream()
        .map(Intent.Order::by)
        .filter(Expression::aggregate)
        .forEach(aggregates::add);
    intent.having().forEach(having -> aggregates.add(having.aggregate()));
  }

  /** Why an aggregate cannot be computed over the joined rows. */
  Optional<String> wrong() {
    for (Expression leaf : aggregates.stream().flatMap(Expression::leaves).toList()) {
      if (!(leaf instanceof Expression.Aggregate aggregate)
          || aggregate.function() == Expression.Function.MIN
          || aggregate.function() == Expression.Function.MAX) {
        continue;
      }
      if (aggregate.column().nature() != SchemaColumn.Nature.NUMBER) {
        return Optional.of(
            "values of " + aggregate.table() + " that are no numbers cannot be added");
      }
      Optional<SchemaTable> repeater = tree.repeater(aggregate.table());
      if (repeater.isPresent()) {
        return Optional.of(countedTwice(aggregate, repeater.get()));
      }
    }
    return Optional.empty();
  }

  private static String countedTwice(Expression.Aggregate aggregate, SchemaTable repeater) {
    String one = Nouns.one(aggregate.table());
    return "%s %s can belong to several %s, so its %s would be counted more than once"
        .formatted(
            Nouns.article(one), one, Nouns.many(repeater), Nouns.of(aggregate.column().name()));
  }

  /** The keys of GROUP BY: what is shown, and for what is called by name the key as well. */
  List<Expression> keys() {
    if (aggregates.isEmpty()) {
      return List.of();
    }
    Set<SchemaTable> bases = new LinkedHashSet<>();
    aggregates.stream().flatMap(Expression::leaves).forEach(leaf -> bases.add(leaf.table()));
    List<Expression> plain = new ArrayList<>(intent.groups());
    intent.within().ifPresent(within -> plain.addAll(within.by()));
    intent.outputs().stream().filter(e -> !e.aggregate()).forEach(plain::add);
    intent.order().stream().map(Intent.Order::by).filter(e -> !e.aggregate()).forEach(plain::add);
    Set<Expression> keys = new LinkedHashSet<>();
    for (Expression expression : plain) {
      boolean named =
          expression instanceof Expression.Column c && c.table().label().contains(c.column());
      if (named && !bases.contains(expression.table())) {
        expression.table().key().forEach(key -> keys.add(new Expression.Column(key)));
      }
    }
    keys.addAll(plain);
    return List.copyOf(keys);
  }
}
