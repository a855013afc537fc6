package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An intent while it is being put together by one thread. */
final class Draft {
  @Nullable SchemaTable entity;
  final List<Expression> outputs = new ArrayList<>();

  /** Outputs that were asked for more than once. */
  final Set<Expression> repeated = new LinkedHashSet<>();

  boolean distinct;
  final List<List<Condition>> where = new ArrayList<>();
  final List<Expression> groups = new ArrayList<>();
  final List<Intent.Having> having = new ArrayList<>();
  final List<Intent.Order> order = new ArrayList<>();
  @Nullable Integer limit;
  Intent.@Nullable Combined combined;
  Intent.@Nullable Within within;
  final Set<SchemaTable> mentioned = new LinkedHashSet<>();
  final Set<SchemaColumn> named = new LinkedHashSet<>();
  final Map<SchemaTable, SchemaTable> through = new LinkedHashMap<>();

  void output(Expression expression) {
    if (!outputs.contains(expression)) {
      outputs.add(expression);
    } else {
      repeated.add(expression);
    }
  }

  /** Has the measure that was shown last summed up. Whether there was one. */
  boolean lastMeasure(Expression.Function function) {
    int last = outputs.size() - 1;
    if (last >= 0
        && outputs.get(last) instanceof Expression.Column shown
        && shown.column().measure()) {
      outputs.set(last, new Expression.Aggregate(function, shown.column()));
      return true;
    }
    return false;
  }

  void condition(Condition condition, boolean orLast) {
    if (orLast && !where.isEmpty()) {
      List<Condition> last = new ArrayList<>(where.remove(where.size() - 1));
      last.add(condition);
      where.add(merged(last));
    } else if (!where.contains(List.of(condition))) {
      // "female students (sex is F)" says it twice
      where.add(List.of(condition));
    }
  }

  /** Equalities with one column become a list. */
  private static List<Condition> merged(List<Condition> alternatives) {
    List<String> values = new ArrayList<>();
    SchemaColumn column = null;
    for (Condition condition : alternatives) {
      if (condition instanceof Condition.Compare c && c.operator().equals("=")) {
        if (column != null && column != c.column()) {
          return alternatives;
        }
        column = c.column();
        values.add(c.value());
      } else if (condition instanceof Condition.OneOf c
          && (column == null || column == c.column())) {
        column = c.column();
        values.addAll(c.values());
      } else {
        return alternatives;
      }
    }
    return column == null ? alternatives : List.of(new Condition.OneOf(column, values));
  }

  boolean aggregates() {
    return outputs.stream().anyMatch(Expression::aggregate);
  }

  Intent finish() {
    return new Intent(
        Optional.ofNullable(entity),
        outputs,
        distinct,
        where,
        groups,
        having,
        order,
        Optional.ofNullable(limit),
        List.copyOf(mentioned),
        through,
        named,
        Optional.ofNullable(combined),
        Optional.ofNullable(within));
  }
}
