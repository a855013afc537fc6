package io.kurobe.planner.question;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.type.SqlType;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/**
 * What the planner knows of a query that is proposed for a question.
 *
 * @param columns of its result
 * @param tree as it was bound; its first {@code columns.size()} fields are the result
 * @param digest the same for queries that the planner sees to give the same rows, whatever the
 *     order of their joins, conditions and columns and the names in them
 */
public record BoundQuestion(List<SqlType.Field> columns, RelNode tree, String digest) {
  public BoundQuestion {
    columns = List.copyOf(columns);
    requireNonNull(tree, "tree is null");
    requireNonNull(digest, "digest is null");
  }
}
