package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.read.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes conditions, of which those in one list are alternatives. */
final class SqlConditions {
  private SqlConditions() {}

  static List<String> all(List<List<Condition>> groups, Map<SchemaTable, String> names) {
    return groups.stream()
        .map(
            group ->
                group.size() == 1
                    ? one(group.get(0), names)
                    : group.stream()
                        .map(c -> one(c, names))
                        .collect(Collectors.joining(" OR ", "(", ")")))
        .toList();
  }

  /** That two columns are equal, as text where they are stored differently. */
  static String equal(SchemaColumn a, SchemaColumn b, Map<SchemaTable, String> names) {
    String left = SqlNames.column(a, names);
    String right = SqlNames.column(b, names);
    if (a.stored() == b.stored()) {
      return left + " = " + right;
    }
    return (a.stored() == SchemaColumn.Nature.TEXT ? left : "CAST(" + left + " AS VARCHAR)")
        + " = "
        + (b.stored() == SchemaColumn.Nature.TEXT ? right : "CAST(" + right + " AS VARCHAR)");
  }

  private static String one(Condition condition, Map<SchemaTable, String> names) {
    if (condition instanceof Condition.Compare c) {
      boolean equal = c.operator().equals("=") || c.operator().equals("<>");
      return (equal ? SqlNames.column(c.column(), names) : SqlNames.typed(c.column(), names))
          + " "
          + c.operator()
          + " "
          + (equal ? Literals.equal(c.column(), c.value()) : Literals.of(c.column(), c.value()));
    }
    if (condition instanceof Condition.Between c) {
      return SqlNames.typed(c.column(), names)
          + " BETWEEN "
          + Literals.of(c.column(), c.low())
          + " AND "
          + Literals.of(c.column(), c.high());
    }
    if (condition instanceof Condition.OneOf c) {
      return SqlNames.column(c.column(), names)
          + c.values().stream()
              .map(value -> Literals.equal(c.column(), value))
              .collect(Collectors.joining(", ", " IN (", ")"));
    }
    if (condition instanceof Condition.Matches c) {
      String matched = SqlNames.column(c.column(), names);
      return (c.column().stored() == SchemaColumn.Nature.TEXT
              ? matched
              : "CAST(" + matched + " AS VARCHAR)")
          + (c.negated() ? " NOT ILIKE " : " ILIKE ")
          + Literals.text(c.pattern());
    }
    if (condition instanceof Condition.Missing c) {
      return SqlNames.column(c.column(), names) + (c.negated() ? " IS NOT NULL" : " IS NULL");
    }
    if (condition instanceof Condition.During c) {
      return during(SqlNames.typed(c.column(), names), c.period());
    }
    if (condition instanceof Condition.Columns c) {
      return SqlNames.typed(c.column(), names)
          + " "
          + c.operator()
          + " "
          + SqlNames.typed(c.other(), names);
    }
    if (condition instanceof Condition.AgainstAll c) {
      String of = SqlNames.typed(c.of(), SqlNames.identifier(c.of().name()));
      return SqlNames.typed(c.column(), names)
          + " "
          + c.operator()
          + " (SELECT "
          + aggregate(c.function(), of)
          + " FROM "
          + SqlNames.name(c.of().table())
          + ")";
    }
    if (condition instanceof Condition.Than c) {
      return SqlNames.typed(c.column(), names)
          + " "
          + c.operator()
          + " ("
          + SqlWriter.write(c.of()).replace('\n', ' ')
          + ")";
    }
    if (condition instanceof Condition.AgainstGroup c) {
      return against(c, names);
    }
    throw new IllegalStateException("a semi-join is no plain condition");
  }

  private static String against(Condition.AgainstGroup c, Map<SchemaTable, String> names) {
    String alias = names.get(c.table()) + "_all";
    String of = SqlNames.typed(c.column(), alias + "." + SqlNames.identifier(c.column().name()));
    String same =
        c.same().stream()
            .map(
                column ->
                    alias
                        + "."
                        + SqlNames.identifier(column.name())
                        + " = "
                        + SqlNames.column(column, names))
            .collect(Collectors.joining(" AND "));
    return SqlNames.typed(c.column(), names)
        + " "
        + c.operator()
        + " (SELECT "
        + aggregate(c.function(), of)
        + " FROM "
        + SqlNames.name(c.table())
        + " "
        + alias
        + " WHERE "
        + same
        + ")";
  }

  static String aggregate(Expression.Function function, String of) {
    // The median has the type of what it is of, and that of whole numbers need not be one.
    return function == Expression.Function.MEDIAN
        ? "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(" + of + " AS DOUBLE PRECISION))"
        : function + "(" + of + ")";
  }

  private static String during(String column, Period period) {
    List<String> bounds = new ArrayList<>();
    if (period.from() != null) {
      bounds.add(column + " >= " + period.from());
    }
    if (period.to() != null) {
      bounds.add(column + " < " + period.to());
    }
    return String.join(" AND ", bounds);
  }
}
