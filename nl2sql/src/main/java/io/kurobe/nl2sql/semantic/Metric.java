package io.kurobe.nl2sql.semantic;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.catalog.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A named aggregate over the rows of a table.
 *
 * @param expression in Kurobe's SQL, over the table's columns and other metrics of it
 * @param filter a condition that rows satisfy to be counted
 */
public record Metric(
    String name,
    TableName table,
    String expression,
    Optional<String> filter,
    Optional<String> description,
    List<String> synonyms,
    Optional<String> unit,
    Origin origin) {
  public Metric {
    requireNonNull(name, "name is null");
    requireNonNull(table, "table is null");
    requireNonNull(expression, "expression is null");
    requireNonNull(filter, "filter is null");
    requireNonNull(description, "description is null");
    synonyms = List.copyOf(synonyms);
    requireNonNull(unit, "unit is null");
    requireNonNull(origin, "origin is null");
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
