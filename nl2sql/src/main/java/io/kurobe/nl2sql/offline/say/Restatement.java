package io.kurobe.nl2sql.offline.say;

import io.kurobe.nl2sql.offline.build.Condition;
import io.kurobe.nl2sql.offline.build.Expression;
import io.kurobe.nl2sql.offline.build.Intent;
import io.kurobe.nl2sql.offline.build.Query;
import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A query in plain words, from its algebra, so that the asker sees what was understood. */
public final class Restatement {
  private Restatement() {}

  /** One sentence. */
  public static String of(Query query) {
    Intent intent = query.intent();
    var text = new StringBuilder("Shows ");
    if (intent.distinct()) {
      text.append("each different ");
    }
    text.append(
        query.select().stream()
            .map(shown -> expression(shown.expression()))
            .collect(Collectors.joining(", ")));
    List<String> conditions = new ArrayList<>();
    for (List<Condition> group : query.where()) {
      conditions.add(either(group));
    }
    for (Query.SemiJoin semiJoin : query.semiJoins()) {
      String inner =
          semiJoin.where().stream().map(Restatement::either).collect(Collectors.joining(" and "));
      conditions.add(
          (semiJoin.negated() ? "there are no " : "there are ")
              + words(semiJoin.table())
              + (inner.isEmpty() ? "" : " where " + inner));
    }
    if (!conditions.isEmpty()) {
      text.append(" where ").append(String.join(" and ", conditions));
    }
    if (!query.having().isEmpty()) {
      text.append(conditions.isEmpty() ? " where " : " and ")
          .append(
              query.having().stream()
                  .map(
                      h ->
                          expression(h.aggregate())
                              + " is "
                              + operator(h.operator())
                              + " "
                              + h.overall().map(Restatement::expression).orElse(h.value()))
                  .collect(Collectors.joining(" and ")));
    }
    if (!intent.groups().isEmpty()) {
      text.append(" for each ")
          .append(
              intent.groups().stream()
                  .map(Restatement::expression)
                  .collect(Collectors.joining(" and ")));
    }
    intent
        .within()
        .ifPresent(
            within ->
                text.append(", for each ")
                    .append(
                        within.by().stream()
                            .map(Restatement::expression)
                            .collect(Collectors.joining(" and "))));
    if (!query.orderBy().isEmpty()) {
      text.append(", ordered by ")
          .append(
              query.orderBy().stream()
                  .map(o -> expression(o.by()) + (o.descending() ? " from high to low" : ""))
                  .collect(Collectors.joining(", ")));
    }
    query
        .limit()
        .ifPresent(limit -> text.append(limit == 1 ? ", the first one" : ", the first " + limit));
    if (query.other().isPresent()) {
      String by =
          switch (intent.combined().orElseThrow().by()) {
            case INTERSECT -> "; of these only what is also among: ";
            case EXCEPT -> "; of these only what is not among: ";
            case UNION -> "; and also: ";
            case PERCENTAGE -> "; as a percentage of: ";
            case RATIO -> "; divided by: ";
            case BESIDE -> "; and beside it: ";
          };
      String other = of(query.other().get());
      return text.append(by)
          .append(Character.toLowerCase(other.charAt(0)))
          .append(other.substring(1))
          .toString();
    }
    return text.append('.').toString();
  }

  private static String either(List<Condition> group) {
    return group.stream().map(Restatement::condition).collect(Collectors.joining(" or "));
  }

  private static String expression(Expression expression) {
    if (expression instanceof Expression.Column column) {
      return column(column.column());
    }
    if (expression instanceof Expression.Bucket bucket) {
      return bucket.unit().name().toLowerCase(Locale.ROOT) + " of " + column(bucket.column());
    }
    if (expression instanceof Expression.Count count) {
      return "the number of " + words(count.table());
    }
    if (expression instanceof Expression.CountDistinct count) {
      return "the number of different " + column(count.column());
    }
    if (expression instanceof Expression.Computed computed) {
      return computed(computed);
    }
    if (expression instanceof Expression.Scalar scalar) {
      return inner(scalar.query());
    }
    Expression.Aggregate aggregate = (Expression.Aggregate) expression;
    return switch (aggregate.function()) {
          case SUM -> "the total ";
          case AVG -> "the average ";
          case MIN -> "the lowest ";
          case MAX -> "the highest ";
          case MEDIAN -> "the median ";
        }
        + column(aggregate.column());
  }

  /** What a query within another one shows. */
  private static String inner(Query query) {
    String text = of(query);
    return "(" + text.substring("Shows ".length(), text.length() - 1) + ")";
  }

  private static String computed(Expression.Computed expression) {
    if (expression instanceof Expression.Filtered filtered) {
      return expression(filtered.of())
          + " where "
          + filtered.only().stream().map(Restatement::either).collect(Collectors.joining(" and "));
    }
    if (expression instanceof Expression.Ratio ratio) {
      return expression(ratio.over())
          + (ratio.percent() ? " as a percentage of " : " divided by ")
          + expression(ratio.under());
    }
    if (expression instanceof Expression.Change change) {
      return "by how "
          + (change.percent() ? "many per cent " : "much ")
          + expression(change.now())
          + " is more than "
          + expression(change.before());
    }
    if (expression instanceof Expression.Previous previous) {
      return "that of the " + expression(previous.along()).replaceAll(" of .*", "") + " before";
    }
    if (expression instanceof Expression.Summed summed) {
      return expression(summed.of())
          + (summed.along().isEmpty() ? " of all together" : " up to each of them");
    }
    Expression.Typical typical = (Expression.Typical) expression;
    return "the average of " + expression(typical.of());
  }

  private static String condition(Condition condition) {
    if (condition instanceof Condition.Compare c) {
      return column(c.column()) + " is " + operator(c.operator()) + " " + c.value();
    }
    if (condition instanceof Condition.Between c) {
      return column(c.column()) + " is between " + c.low() + " and " + c.high();
    }
    if (condition instanceof Condition.OneOf c) {
      return column(c.column()) + " is one of " + String.join(", ", c.values());
    }
    if (condition instanceof Condition.Matches c) {
      return column(c.column()) + (c.negated() ? " is not like " : " is like ") + c.pattern();
    }
    if (condition instanceof Condition.Missing c) {
      return column(c.column()) + (c.negated() ? " is known" : " is not known");
    }
    if (condition instanceof Condition.During c) {
      return column(c.column()) + " is in " + c.period().phrase();
    }
    if (condition instanceof Condition.AgainstAll c) {
      return column(c.column())
          + " is "
          + operator(c.operator())
          + " "
          + expression(new Expression.Aggregate(c.function(), c.of()));
    }
    if (condition instanceof Condition.Columns c) {
      return column(c.column()) + " is " + operator(c.operator()) + " " + column(c.other());
    }
    if (condition instanceof Condition.Than c) {
      return column(c.column()) + " is " + operator(c.operator()) + " " + inner(c.of());
    }
    if (condition instanceof Condition.AgainstGroup c) {
      return column(c.column())
          + " is "
          + operator(c.operator())
          + " "
          + expression(new Expression.Aggregate(c.function(), c.column()))
          + " with the same "
          + c.same().stream()
              .map(same -> same.name().replace('_', ' ').toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(" and "));
    }
    return "there are " + words(condition.table());
  }

  private static String operator(String operator) {
    return switch (operator) {
      case "=" -> "";
      case "<>" -> "not";
      case ">" -> "more than";
      case "<" -> "less than";
      case ">=" -> "at least";
      default -> "at most";
    };
  }

  private static String words(SchemaTable table) {
    return table.name().table().replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  private static String column(SchemaColumn column) {
    Join role = column.table().reached();
    String via = role == null ? "" : " by " + role.fromColumns().get(0).name().replace('_', ' ');
    return column.name().replace('_', ' ').toLowerCase(Locale.ROOT)
        + " of "
        + words(column.table())
        + via.toLowerCase(Locale.ROOT);
  }
}
