package io.kurobe.nl2sql.semantic;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.catalog.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What is said of a table.
 *
 * @param filter a condition that its rows are to satisfy wherever a question is about them
 * @param time the column that a period is about where a question does not say
 */
public record SemanticTable(
    TableName name,
    Optional<String> description,
    List<String> synonyms,
    Optional<String> filter,
    Optional<String> time,
    List<SemanticColumn> columns,
    Origin origin) {
  public SemanticTable {
    requireNonNull(name, "name is null");
    requireNonNull(description, "description is null");
    synonyms = List.copyOf(synonyms);
    requireNonNull(filter, "filter is null");
    requireNonNull(time, "time is null");
    columns = List.copyOf(columns);
    requireNonNull(origin, "origin is null");
  }
}
