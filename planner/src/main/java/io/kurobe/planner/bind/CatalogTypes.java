package io.kurobe.planner.bind;

import io.kurobe.adapters.type.SqlType;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexInputRef;

/**
 * The catalog's type of what is a table's column as it stands, however deep the table is: the
 * validator's says neither that text is JSON nor that CHAR is not a literal's.
 */
final class CatalogTypes {
  private CatalogTypes() {}

  /** The type of a column; empty if it is computed, or not the same in all branches. */
  static Optional<SqlType> of(RelNode node, int column) {
    if (node instanceof TableScan scan) {
      CatalogTable table = scan.getTable().unwrap(CatalogTable.class);
      return Optional.ofNullable(table).map(known -> known.columns().get(column).type());
    }
    if (node instanceof Project project) {
      return project.getProjects().get(column) instanceof RexInputRef below
          ? of(project.getInput(), below.getIndex())
          : Optional.empty();
    }
    if (node instanceof Filter || node instanceof Sort) {
      return of(node.getInput(0), column);
    }
    if (node instanceof Aggregate aggregate) {
      return column < aggregate.getGroupCount()
          ? of(aggregate.getInput(), aggregate.getGroupSet().nth(column))
          : Optional.empty();
    }
    if (node instanceof Join || node instanceof Correlate) {
      int left = node.getInput(0).getRowType().getFieldCount();
      return column < left ? of(node.getInput(0), column) : of(node.getInput(1), column - left);
    }
    if (node instanceof SetOp operation) {
      List<Optional<SqlType>> branches =
          operation.getInputs().stream().map(input -> of(input, column)).distinct().toList();
      return branches.size() == 1 ? branches.get(0) : Optional.empty();
    }
    return Optional.empty();
  }
}
