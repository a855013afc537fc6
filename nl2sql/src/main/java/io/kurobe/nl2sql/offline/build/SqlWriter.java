package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import io.kurobe.nl2sql.offline.read.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParser;

/** Writes a {@link Query} in Kurobe's own SQL: short, a clause a line, quoted where needed only. */
public final class SqlWriter {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final SqlAbstractParserImpl.Metadata WORDS =
      SqlParser.create("", SqlParser.config().withUnquotedCasing(Casing.UNCHANGED)).getMetadata();

  private final Query query;
  private final Map<SchemaTable, String> aliases = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final boolean repeats;

  private SqlWriter(Query query) {
    this.query = query;
    this.repeats = query.select().stream().anyMatch(Query.Shown::distinct);
  }

  /** The query as SQL. */
  public static String write(Query query) {
    String own = new SqlWriter(query).sql();
    return query
        .other()
        .map(
            other ->
                own + "\n" + query.intent().combined().orElseThrow().by() + "\n" + write(other))
        .orElse(own);
  }

  private String sql() {
    alias(query.root());
    query.joins().forEach(join -> alias(join.to()));
    var sql = new StringBuilder("SELECT ");
    if (query.intent().distinct()) {
      sql.append("DISTINCT ");
    }
    sql.append(select());
    sql.append("\nFROM ").append(from(query.root(), query.joins(), aliases, "\n"));
    List<String> where = new ArrayList<>(conditions(query.where(), aliases));
    query.semiJoins().forEach(semiJoin -> where.add(semiJoin(semiJoin)));
    if (!where.isEmpty()) {
      sql.append("\nWHERE ").append(String.join("\n  AND ", where));
    }
    if (!query.groupBy().isEmpty()) {
      sql.append("\nGROUP BY ")
          .append(
              query.groupBy().stream()
                  .map(this::expression)
                  .distinct()
                  .collect(Collectors.joining(", ")));
    }
    if (!query.having().isEmpty()) {
      sql.append("\nHAVING ")
          .append(
              query.having().stream()
                  .map(h -> expression(h.aggregate()) + " " + h.operator() + " " + h.value())
                  .collect(Collectors.joining(" AND ")));
    }
    if (!query.orderBy().isEmpty()) {
      sql.append("\nORDER BY ")
          .append(
              query.orderBy().stream()
                  .map(
                      order ->
                          ordering(order.by()) + (order.descending() ? " DESC NULLS LAST" : ""))
                  .collect(Collectors.joining(", ")));
    }
    query.limit().ifPresent(limit -> sql.append("\nLIMIT ").append(limit));
    return sql.toString();
  }

  private String select() {
    Set<String> labels = new HashSet<>();
    List<String> parts = new ArrayList<>();
    for (Query.Shown shown : query.select()) {
      String written = expression(shown.expression());
      String label = label(shown.expression());
      boolean named =
          shown.expression() instanceof Expression.Column c && c.column().name().equals(label);
      String unique = label;
      for (int i = 2; !labels.add(unique.toLowerCase(Locale.ROOT)); i++) {
        String prefixed = shown.expression().table().name().table() + "_" + label;
        unique = i == 2 && !named ? label + "_2" : i == 2 ? prefixed : label + "_" + i;
        named = false;
      }
      parts.add(named ? written : written + " AS " + identifier(unique));
    }
    return String.join(", ", parts);
  }

  private static String label(Expression expression) {
    if (expression instanceof Expression.Column column) {
      return column.column().name();
    }
    if (expression instanceof Expression.Bucket bucket) {
      return bucket.unit().name().toLowerCase(Locale.ROOT);
    }
    if (expression instanceof Expression.Count count) {
      return plain(count.table().name().table()) + "_count";
    }
    if (expression instanceof Expression.CountDistinct count) {
      return "different_" + plain(count.column().name());
    }
    Expression.Aggregate aggregate = (Expression.Aggregate) expression;
    String prefix =
        switch (aggregate.function()) {
          case SUM -> "total_";
          case AVG -> "average_";
          case MIN -> "lowest_";
          case MAX -> "highest_";
        };
    String name = plain(aggregate.column().name());
    return name.startsWith(prefix) ? name : prefix + name;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{M}\\d]+", "_");
  }

  private String expression(Expression expression) {
    if (expression instanceof Expression.Column column) {
      return column(column.column(), aliases);
    }
    if (expression instanceof Expression.Bucket bucket) {
      String column = typed(bucket.column(), aliases);
      return bucket.unit() == Expression.Unit.YEAR
          ? "EXTRACT(YEAR FROM " + column + ")"
          : "FLOOR(" + column + " TO " + bucket.unit() + ")";
    }
    if (expression instanceof Expression.Count count) {
      boolean distinct =
          repeats
              && query.select().stream()
                  .anyMatch(s -> s.distinct() && s.expression().equals(expression));
      return distinct
          ? Builder.singleKey(count.table())
              .map(key -> "COUNT(DISTINCT " + column(key, aliases) + ")")
              .orElse("COUNT(*)")
          : "COUNT(*)";
    }
    if (expression instanceof Expression.CountDistinct count) {
      return "COUNT(DISTINCT " + column(count.column(), aliases) + ")";
    }
    Expression.Aggregate aggregate = (Expression.Aggregate) expression;
    return aggregate.function() + "(" + typed(aggregate.column(), aliases) + ")";
  }

  private String from(
      SchemaTable root, List<Join> joins, Map<SchemaTable, String> names, String separator) {
    var from = new StringBuilder(table(root, names));
    for (Join join : joins) {
      from.append(separator).append("JOIN ").append(table(join.to(), names)).append(" ON ");
      List<String> pairs = new ArrayList<>();
      for (int i = 0; i < join.fromColumns().size(); i++) {
        pairs.add(equal(join.fromColumns().get(i), join.toColumns().get(i), names));
      }
      from.append(String.join(" AND ", pairs));
    }
    return from.toString();
  }

  private static String equal(SchemaColumn a, SchemaColumn b, Map<SchemaTable, String> names) {
    String left = column(a, names);
    String right = column(b, names);
    if (a.stored() == b.stored()) {
      return left + " = " + right;
    }
    return (a.stored() == SchemaColumn.Nature.TEXT ? left : "CAST(" + left + " AS VARCHAR)")
        + " = "
        + (b.stored() == SchemaColumn.Nature.TEXT ? right : "CAST(" + right + " AS VARCHAR)");
  }

  private String semiJoin(Query.SemiJoin semiJoin) {
    Map<SchemaTable, String> names = new LinkedHashMap<>();
    names.put(semiJoin.table(), newAlias(semiJoin.table()));
    semiJoin.joins().forEach(join -> names.computeIfAbsent(join.to(), this::newAlias));
    List<String> where = new ArrayList<>();
    boolean single =
        semiJoin.outer().size() == 1
            && semiJoin.outer().get(0).stored() == semiJoin.inner().get(0).stored();
    for (int i = 0; i < semiJoin.outer().size(); i++) {
      SchemaColumn inner = semiJoin.inner().get(i);
      if (!single) {
        Map<SchemaTable, String> both = new LinkedHashMap<>(aliases);
        both.putAll(names);
        where.add(equal(inner, semiJoin.outer().get(i), both));
      } else if (semiJoin.negated() && inner.metadata().nullable()) {
        where.add(column(inner, names) + " IS NOT NULL");
      }
    }
    where.addAll(conditions(semiJoin.where(), names));
    String inside =
        " FROM "
            + from(semiJoin.table(), semiJoin.joins(), names, " ")
            + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where));
    String not = semiJoin.negated() ? "NOT " : "";
    return single
        ? column(semiJoin.outer().get(0), aliases)
            + " "
            + not
            + "IN (SELECT "
            + column(semiJoin.inner().get(0), names)
            + inside
            + ")"
        : not + "EXISTS (SELECT 1" + inside + ")";
  }

  private static List<String> conditions(
      List<List<Condition>> groups, Map<SchemaTable, String> names) {
    return groups.stream()
        .map(
            group ->
                group.size() == 1
                    ? condition(group.get(0), names)
                    : group.stream()
                        .map(c -> condition(c, names))
                        .collect(Collectors.joining(" OR ", "(", ")")))
        .toList();
  }

  private static String condition(Condition condition, Map<SchemaTable, String> names) {
    if (condition instanceof Condition.Compare c) {
      boolean equal = c.operator().equals("=") || c.operator().equals("<>");
      return (equal ? column(c.column(), names) : typed(c.column(), names))
          + " "
          + c.operator()
          + " "
          + (equal ? Literals.equal(c.column(), c.value()) : Literals.of(c.column(), c.value()));
    }
    if (condition instanceof Condition.Between c) {
      return typed(c.column(), names)
          + " BETWEEN "
          + Literals.of(c.column(), c.low())
          + " AND "
          + Literals.of(c.column(), c.high());
    }
    if (condition instanceof Condition.OneOf c) {
      return column(c.column(), names)
          + c.values().stream()
              .map(value -> Literals.equal(c.column(), value))
              .collect(Collectors.joining(", ", " IN (", ")"));
    }
    if (condition instanceof Condition.Matches c) {
      String matched = column(c.column(), names);
      return (c.column().stored() == SchemaColumn.Nature.TEXT
              ? matched
              : "CAST(" + matched + " AS VARCHAR)")
          + (c.negated() ? " NOT ILIKE " : " ILIKE ")
          + Literals.text(c.pattern());
    }
    if (condition instanceof Condition.Missing c) {
      return column(c.column(), names) + (c.negated() ? " IS NOT NULL" : " IS NULL");
    }
    if (condition instanceof Condition.During c) {
      return during(typed(c.column(), names), c.period());
    }
    if (condition instanceof Condition.AgainstAll c) {
      return typed(c.column(), names)
          + " "
          + c.operator()
          + " (SELECT "
          + c.function()
          + "("
          + typed(c.of(), identifier(c.of().name()))
          + ") FROM "
          + name(c.of().table())
          + ")";
    }
    throw new IllegalStateException("a semi-join is no plain condition");
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

  private void alias(SchemaTable table) {
    aliases.computeIfAbsent(table, this::newAlias);
  }

  private String newAlias(SchemaTable table) {
    String initial = plain(table.name().table()).replaceAll("^_+", "");
    String base = initial.isEmpty() || !initial.matches("[a-z].*") ? "t" : initial.substring(0, 1);
    Predicate<String> free = name -> taken.add(name);
    if (free.test(base)) {
      return base;
    }
    for (int i = 2; ; i++) {
      if (free.test(base + i)) {
        return base + i;
      }
    }
  }

  private static String column(SchemaColumn column, Map<SchemaTable, String> names) {
    return names.get(column.table()) + "." + identifier(column.name());
  }

  /** A column as what its values are, where they are stored as text. */
  private static String typed(SchemaColumn column, Map<SchemaTable, String> names) {
    return typed(column, column(column, names));
  }

  private static String typed(SchemaColumn column, String written) {
    if (column.nature() == column.stored()) {
      return written;
    }
    String type = column.nature() == SchemaColumn.Nature.NUMBER ? "DOUBLE PRECISION" : "TIMESTAMP";
    return "CAST(NULLIF(" + written + ", '') AS " + type + ")";
  }

  private String ordering(Expression by) {
    return by instanceof Expression.Column column
            && query.groupBy().isEmpty()
            && !query.intent().distinct()
        ? typed(column.column(), aliases)
        : expression(by);
  }

  private static String table(SchemaTable table, Map<SchemaTable, String> names) {
    return name(table) + " " + names.get(table);
  }

  private static String name(SchemaTable table) {
    return table.name().parts().stream()
        .map(SqlWriter::identifier)
        .collect(Collectors.joining("."));
  }

  private static String identifier(String name) {
    return PLAIN.matcher(name).matches() && !WORDS.isReservedWord(name.toUpperCase(Locale.ROOT))
        ? name
        : '"' + name.replace("\"", "\"\"") + '"';
  }
}
