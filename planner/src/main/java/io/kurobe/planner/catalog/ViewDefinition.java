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
 * @param security under whose rights it reads
 */
public record ViewDefinition(
    String name,
    String sql,
    List<String> columns,
    Optional<String> comment,
    Optional<String> question,
    String owner,
    Security security) {

  /** Under whose rights a view reads its tables. */
  public enum Security {
    /** Those of whoever made it, as they are when it is read. */
    DEFINER,
    /** Those of whoever reads it. */
    INVOKER
  }

  /** A view that reads under the rights of whoever reads it. */
  public ViewDefinition(
      String name,
      String sql,
      List<String> columns,
      Optional<String> comment,
      Optional<String> question,
      String owner) {
    this(name, sql, columns, comment, question, owner, Security.INVOKER);
  }

  public ViewDefinition {
    requireNonNull(name, "name is null");
    requireNonNull(sql, "sql is null");
    columns = List.copyOf(columns);
    requireNonNull(owner, "owner is null");
    requireNonNull(security, "security is null");
  }
}
