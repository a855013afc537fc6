package io.kurobe.planner.bind;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.PlannedStatement.Origin;
import io.kurobe.planner.catalog.CatalogSnapshot;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlNode;

/**
 * A query whose every name, type and function is known.
 *
 * @param tree the relational tree; its first {@code columns.size()} fields are the result, further
 *     ones only order it
 * @param columns labels and types of the result
 * @param origins the table column each result column comes from
 * @param parameters the types of its parameters
 * @param validated the syntax tree with every name in full
 * @param snapshot the catalog it was bound against
 */
public record BoundQuery(
    RelNode tree,
    List<SqlType.Field> columns,
    List<Optional<Origin>> origins,
    List<SqlType> parameters,
    SqlNode validated,
    CatalogSnapshot snapshot) {
  public BoundQuery {
    requireNonNull(tree, "tree is null");
    columns = List.copyOf(columns);
    origins = List.copyOf(origins);
    parameters = List.copyOf(parameters);
    requireNonNull(validated, "validated is null");
    requireNonNull(snapshot, "snapshot is null");
  }

  /** The same query over another tree of the same row type. */
  public BoundQuery withTree(RelNode newTree) {
    return new BoundQuery(newTree, columns, origins, parameters, validated, snapshot);
  }
}
