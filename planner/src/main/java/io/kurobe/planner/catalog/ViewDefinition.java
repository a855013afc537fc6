package io.kurobe.planner.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * A view: a named query.
 *
 * @param name its name in the schema of views
 * @param sql the query, with every table's full name
 * @param columns labels of its columns
 * @param comment what it is; for a view made by ASK, the question
 * @param question the question it was made from, for REFRESH VIEW
 * @param owner the principal who made it
 */
public record ViewDefinition(
    String name,
    String sql,
    List<String> columns,
    Optional<String> comment,
    Optional<String> question,
    String owner) {
  public ViewDefinition {
    requireNonNull(name, "name is null");
    requireNonNull(sql, "sql is null");
    columns = List.copyOf(columns);
    requireNonNull(owner, "owner is null");
  }
}
