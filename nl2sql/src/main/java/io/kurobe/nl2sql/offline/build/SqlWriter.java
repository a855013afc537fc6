package io.kurobe.nl2sql.offline.build;

import io.kurobe.nl2sql.offline.link.Join;
import io.kurobe.nl2sql.offline.link.SchemaColumn;
import io.kurobe.nl2sql.offline.link.SchemaTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a {@link Query} in Kurobe's own SQL: short, a clause a line, quoted where needed only. */
public final class SqlWriter {
  private final Query query;
  private final SqlNames names = new SqlNames();
  private final Map<SchemaTable, String> aliases = new LinkedHashMap<>();
  private final SqlExpressions expressions;

  private SqlWriter(Query query) {
    this.query = query;
    this.expressions = new SqlExpressions(query, aliases);
  }

  /** The query as SQL. */
  public static String write(Query query) {
    String own = new SqlWriter(query).sql();
    if (query.other().isEmpty()) {
      return own;
    }
    Intent.Combination by = query.intent().combined().orElseThrow().by();
    String other = write(query.other().get());
    return switch (by) {
      case INTERSECT, EXCEPT, UNION -> own + "\n" + by + "\n" + other;
      case PERCENTAGE -> divided("100.0", own, other, "percentage");
      case RATIO -> divided("1.0", own, other, "ratio");
      case BESIDE ->
          "SELECT ("
              + own
              + ") AS "
              + value(query)
              + ",\n  ("
              + other
              + ") AS "
              + value(query.other().get());
    };
  }

  private static String value(Query query) {
    return SqlNames.identifier(SqlExpressions.label(query.select().get(0).expression()));
  }

  private static String divided(String factor, String own, String other, String label) {
    return "SELECT " + factor + " * (" + own + ")\n  / NULLIF((" + other + "), 0) AS " + label;
  }

  private String sql() {
    alias(query.root());
    query.joins().forEach(join -> alias(join.to()));
    return query.intent().within().map(this::withinGroups).orElseGet(() -> plain(select(), true));
  }

  private String plain(String select, boolean ordered) {
    var sql = new StringBuilder("SELECT ");
    if (query.intent().distinct()) {
      sql.append("DISTINCT ");
    }
    sql.append(select);
    sql.append("\nFROM ").append(from(query.root(), query.joins(), aliases, "\n"));
    List<String> where = new ArrayList<>(SqlConditions.all(query.where(), aliases));
    query.semiJoins().forEach(semiJoin -> where.add(semiJoin(semiJoin)));
    if (!where.isEmpty()) {
      sql.append("\nWHERE ").append(String.join("\n  AND ", where));
    }
    if (!query.groupBy().isEmpty()) {
      sql.append("\nGROUP BY ")
          .append(
              query.groupBy().stream()
                  .map(expressions::write)
                  .distinct()
                  .collect(Collectors.joining(", ")));
    }
    if (!query.having().isEmpty()) {
      sql.append("\nHAVING ")
          .append(query.having().stream().map(this::having).collect(Collectors.joining(" AND ")));
    }
    if (ordered && !query.orderBy().isEmpty()) {
      sql.append("\nORDER BY ").append(order());
    }
    if (ordered) {
      query.limit().ifPresent(limit -> sql.append("\nLIMIT ").append(limit));
    }
    return sql.toString();
  }

  private String order() {
    return query.orderBy().stream()
        .map(order -> ordering(order.by()) + (order.descending() ? " DESC NULLS LAST" : ""))
        .collect(Collectors.joining(", "));
  }

  private String having(Intent.Having having) {
    return expressions.write(having.aggregate())
        + " "
        + having.operator()
        + " "
        + having.overall().map(this::overall).orElse(having.value());
  }

  /** An aggregate over all rows of its table. */
  private String overall(Expression expression) {
    if (expression instanceof Expression.Aggregate aggregate) {
      SchemaColumn of = aggregate.column();
      return "(SELECT "
          + SqlConditions.aggregate(
              aggregate.function(), SqlNames.typed(of, SqlNames.identifier(of.name())))
          + " FROM "
          + SqlNames.name(of.table())
          + ")";
    }
    return expressions.write(expression);
  }

  /** The first rows of each group: numbered within, and those with a low number taken. */
  private String withinGroups(Intent.Within within) {
    List<String> labels = labels();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      parts.add(expressions.write(query.select().get(i).expression()) + " AS " + labels.get(i));
    }
    String by =
        within.by().stream().map(expressions::write).distinct().collect(Collectors.joining(", "));
    parts.add(
        (within.ties() ? "RANK()" : "ROW_NUMBER()")
            + " OVER (PARTITION BY "
            + by
            + " ORDER BY "
            + order()
            + (within.ties() ? "" : tieBreak())
            + ") AS place");
    String limit = query.limit().map(n -> n == 1 ? " = 1" : " <= " + n).orElse(" = 1");
    return "SELECT "
        + String.join(", ", labels)
        + "\nFROM ("
        + plain(String.join(", ", parts), false)
        + ") ranked\nWHERE place"
        + limit
        + "\nORDER BY "
        + labels.get(0)
        + ", place";
  }

  /** Which of rows that are as good comes first, so that an answer stays the same. */
  private String tieBreak() {
    SchemaTable table = query.intent().entity().orElse(query.root());
    return aliases.containsKey(table) && query.groupBy().isEmpty()
        ? table.key().stream()
            .map(key -> ", " + SqlNames.column(key, aliases))
            .collect(Collectors.joining())
        : query.groupBy().stream()
            .map(expressions::write)
            .map(", "::concat)
            .distinct()
            .collect(Collectors.joining());
  }

  private String select() {
    List<String> labels = labels();
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      Expression expression = query.select().get(i).expression();
      String written = expressions.write(expression);
      boolean named =
          expression instanceof Expression.Column c
              && SqlNames.identifier(c.column().name()).equals(labels.get(i));
      parts.add(named ? written : written + " AS " + labels.get(i));
    }
    return String.join(", ", parts);
  }

  /** What the columns are called, each otherwise. */
  private List<String> labels() {
    Set<String> taken = new HashSet<>();
    List<String> labels = new ArrayList<>();
    for (Query.Shown shown : query.select()) {
      String label = SqlExpressions.label(shown.expression());
      boolean column = shown.expression() instanceof Expression.Column;
      String unique = label;
      for (int i = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); i++) {
        String prefixed = shown.expression().table().name().table() + "_" + label;
        unique = i == 2 && !column ? label + "_2" : i == 2 ? prefixed : label + "_" + i;
        column = false;
      }
      labels.add(SqlNames.identifier(unique));
    }
    return labels;
  }

  private String from(
      SchemaTable root, List<Join> joins, Map<SchemaTable, String> known, String separator) {
    var from = new StringBuilder(SqlNames.table(root, known));
    for (Join join : joins) {
      from.append(separator)
          .append("JOIN ")
          .append(SqlNames.table(join.to(), known))
          .append(" ON ");
      List<String> pairs = new ArrayList<>();
      for (int i = 0; i < join.fromColumns().size(); i++) {
        pairs.add(SqlConditions.equal(join.fromColumns().get(i), join.toColumns().get(i), known));
      }
      from.append(String.join(" AND ", pairs));
    }
    return from.toString();
  }

  private String semiJoin(Query.SemiJoin semiJoin) {
    Map<SchemaTable, String> inner = new LinkedHashMap<>();
    inner.put(semiJoin.table(), names.newAlias(semiJoin.table()));
    semiJoin.joins().forEach(join -> inner.computeIfAbsent(join.to(), names::newAlias));
    List<String> where = new ArrayList<>();
    SchemaColumn key = semiJoin.outer().get(0);
    // A row that refers to nothing has none either, of which NOT IN says nothing.
    boolean single =
        semiJoin.outer().size() == 1
            && key.stored() == semiJoin.inner().get(0).stored()
            && !(semiJoin.negated()
                && key.metadata().nullable()
                && !key.table().key().contains(key));
    for (int i = 0; i < semiJoin.outer().size(); i++) {
      SchemaColumn column = semiJoin.inner().get(i);
      if (!single) {
        Map<SchemaTable, String> both = new LinkedHashMap<>(aliases);
        both.putAll(inner);
        where.add(SqlConditions.equal(column, semiJoin.outer().get(i), both));
      } else if (semiJoin.negated() && column.metadata().nullable()) {
        where.add(SqlNames.column(column, inner) + " IS NOT NULL");
      }
    }
    where.addAll(SqlConditions.all(semiJoin.where(), inner));
    String inside =
        " FROM "
            + from(semiJoin.table(), semiJoin.joins(), inner, " ")
            + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where));
    String not = semiJoin.negated() ? "NOT " : "";
    return single
        ? SqlNames.column(key, aliases)
            + " "
            + not
            + "IN (SELECT "
            + SqlNames.column(semiJoin.inner().get(0), inner)
            + inside
            + ")"
        : not + "EXISTS (SELECT 1" + inside + ")";
  }

  private void alias(SchemaTable table) {
    aliases.computeIfAbsent(table, names::newAlias);
  }

  private String ordering(Expression by) {
    return by instanceof Expression.Column column
            && query.groupBy().isEmpty()
            && !query.intent().distinct()
        ? SqlNames.typed(column.column(), aliases)
        : expressions.write(by);
  }
}
