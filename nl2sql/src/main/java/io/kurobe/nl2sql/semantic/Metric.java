package io.kurobe.nl2sql.semantic;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A named aggregate over the rows of a table, and of those that belong to them.
 *
 * @param joins the other tables, each reached from the table or from one before it
 * @param expression in Kurobe's SQL, over the table's columns and other metrics of it; columns of
 *     joined tables are written with their table's name before them
 * @param filter a condition that rows satisfy to be counted
 */
public record Metric(
    String name,
    TableName table,
    List<MetricJoin> joins,
    String expression,
    Optional<String> filter,
    Optional<String> description,
    List<String> synonyms,
    Optional<String> unit,
    Origin origin) {
  public Metric {
    requireNonNull(name, "name is null");
    requireNonNull(table, "table is null");
    joins = List.copyOf(joins);
    requireNonNull(expression, "expression is null");
    requireNonNull(filter, "filter is null");
    requireNonNull(description, "description is null");
    synonyms = List.copyOf(synonyms);
    requireNonNull(unit, "unit is null");
    requireNonNull(origin, "origin is null");
  }

  /** All tables that it reads. */
  public List<TableName> tables() {
    List<TableName> tables = new ArrayList<>(List.of(table));
    joins.forEach(join -> tables.add(join.to()));
    return tables;
  }

  /** Its name as that of a column. */
  public String column() {
    return name.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_");
  }

  /** Its name in words. */
  String words() {
    return column().replace('_', ' ');
  }
}
