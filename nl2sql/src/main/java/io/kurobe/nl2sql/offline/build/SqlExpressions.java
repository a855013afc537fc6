package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what a query shows, groups by or orders by. */
final class SqlExpressions {
  private final Query query;
  private final Map<SchemaTable, String> aliases;
  private final boolean repeats;

  SqlExpressions(Query query, Map<SchemaTable, String> aliases) {
    this.query = query;
    this.aliases = aliases;
    this.repeats = query.select().stream().anyMatch(Query.Shown::distinct);
  }

  /** What a column that shows an expression is called. */
  static String label(Expression expression) {
    if (expression instanceof Expression.Column column) {
      return column.column().name();
    }
    if (expression instanceof Expression.Bucket bucket) {
      return bucket.unit().name().toLowerCase(java.util.Locale.ROOT);
    }
    if (expression instanceof Expression.Count count) {
      return SqlNames.plain(count.table().name().table()) + "_count";
    }
    if (expression instanceof Expression.CountDistinct count) {
      return "different_" + SqlNames.plain(count.column().name());
    }
    if (expression instanceof Expression.Aggregate aggregate) {
      String prefix = prefix(aggregate.function());
      String name = SqlNames.plain(aggregate.column().name());
      return name.startsWith(prefix) ? name : prefix + name;
    }
    if (expression instanceof Expression.Scalar scalar) {
      return label(scalar.query().select().get(0).expression());
    }
    if (expression instanceof Expression.Filtered filtered) {
      boolean period =
          filtered.only().size() == 1
              && filtered.only().get(0).size() == 1
              && filtered.only().get(0).get(0) instanceof Condition.During;
      return period
          ? label(filtered.of())
              + "_"
              + SqlNames.plain(((Condition.During) filtered.only().get(0).get(0)).period().phrase())
          : label(filtered.of());
    }
    if (expression instanceof Expression.Ratio ratio) {
      return ratio.percent() ? "percentage" : "ratio";
    }
    if (expression instanceof Expression.Change change) {
      return change.percent() ? "growth_percent" : "change";
    }
    if (expression instanceof Expression.Previous previous) {
      return "previous_" + label(previous.of());
    }
    if (expression instanceof Expression.Summed summed) {
      return (summed.along().isEmpty() ? "all_" : "running_") + label(summed.of());
    }
    return "average_" + label(((Expression.Typical) expression).of());
  }

  private static String prefix(Expression.Function function) {
    return switch (function) {
      case SUM -> "total_";
      case AVG -> "average_";
      case MIN -> "lowest_";
      case MAX -> "highest_";
      case MEDIAN -> "median_";
    };
  }

  String write(Expression expression) {
    if (expression instanceof Expression.Column column) {
      return SqlNames.column(column.column(), aliases);
    }
    if (expression instanceof Expression.Bucket bucket) {
      String column = SqlNames.typed(bucket.column(), aliases);
      return bucket.unit() == Expression.Unit.YEAR
          ? "EXTRACT(YEAR FROM " + column + ")"
          : "FLOOR(" + column + " TO " + bucket.unit() + ")";
    }
    if (expression instanceof Expression.Count count) {
      return distinct(count)
          ? Builder.singleKey(count.table())
              .map(key -> "COUNT(DISTINCT " + SqlNames.column(key, aliases) + ")")
              .orElse("COUNT(*)")
          : "COUNT(*)";
    }
    if (expression instanceof Expression.CountDistinct count) {
      return "COUNT(DISTINCT " + SqlNames.column(count.column(), aliases) + ")";
    }
    if (expression instanceof Expression.Aggregate aggregate) {
      return SqlConditions.aggregate(
          aggregate.function(), SqlNames.typed(aggregate.column(), aliases));
    }
    if (expression instanceof Expression.Scalar scalar) {
      return "(" + SqlWriter.write(scalar.query()).replace('\n', ' ') + ")";
    }
    return computed((Expression.Computed) expression);
  }

  private boolean distinct(Expression.Count count) {
    return repeats
        && query.select().stream()
            .anyMatch(s -> s.distinct() && s.expression().leaves().anyMatch(count::equals));
  }

  private String computed(Expression.Computed expression) {
    if (expression instanceof Expression.Filtered filtered) {
      return filtered(filtered);
    }
    if (expression instanceof Expression.Ratio ratio) {
      return (ratio.percent() ? "100.0 * " : "1.0 * ")
          + write(ratio.over())
          + " / NULLIF("
          + write(ratio.under())
          + ", 0)";
    }
    if (expression instanceof Expression.Change change) {
      String difference = write(change.now()) + " - " + write(change.before());
      return change.percent()
          ? "100.0 * (" + difference + ") / NULLIF(" + write(change.before()) + ", 0)"
          : difference;
    }
    if (expression instanceof Expression.Previous previous) {
      return "LAG("
          + write(previous.of())
          + ") OVER ("
          + over(previous.by(), List.of(previous.along()))
          + ")";
    }
    if (expression instanceof Expression.Summed summed) {
      return "SUM(" + write(summed.of()) + ") OVER (" + over(summed.by(), summed.along()) + ")";
    }
    return typical((Expression.Typical) expression);
  }

  private String over(List<Expression> by, List<Expression> along) {
    return Stream.of(list("PARTITION BY ", by), list("ORDER BY ", along))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private String list(String keyword, List<Expression> expressions) {
    return expressions.isEmpty()
        ? ""
        : expressions.stream().map(this::write).collect(Collectors.joining(", ", keyword, ""));
  }

  private String filtered(Expression.Filtered filtered) {
    String when =
        "CASE WHEN " + String.join(" AND ", SqlConditions.all(filtered.only(), aliases)) + " THEN ";
    if (filtered.of() instanceof Expression.Aggregate aggregate) {
      String otherwise = aggregate.function() == Expression.Function.SUM ? " ELSE 0 END" : " END";
      return SqlConditions.aggregate(
          aggregate.function(), when + SqlNames.typed(aggregate.column(), aliases) + otherwise);
    }
    SchemaColumn counted =
        filtered.of() instanceof Expression.CountDistinct count
            ? count.column()
            : filtered.of() instanceof Expression.Count count && distinct(count)
                ? Builder.singleKey(count.table()).orElse(null)
                : null;
    return counted == null
        ? "COUNT(" + when + "1 END)"
        : "COUNT(DISTINCT " + when + SqlNames.column(counted, aliases) + " END)";
  }

  private static String typical(Expression.Typical typical) {
    Map<SchemaTable, String> own = Map.of(typical.table(), "each_one");
    String by =
        typical.by().stream()
            .map(column -> SqlNames.column(column, own))
            .collect(Collectors.joining(", "));
    String of =
        typical.of() instanceof Expression.Aggregate aggregate
            ? SqlConditions.aggregate(aggregate.function(), SqlNames.typed(aggregate.column(), own))
            : "COUNT(*)";
    return "(SELECT AVG(1.0 * number_of) FROM (SELECT "
        + of
        + " AS number_of FROM "
        + SqlNames.table(typical.table(), own)
        + " GROUP BY "
        + by
        + ") each_group)";
  }
}
