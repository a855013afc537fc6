package io.kurobe.planner.bind;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;

/**
 * The labels a query's author gave its columns. The validator makes equal ones distinct ({@code
 * id}, {@code id0}); a result set shows them as they were written.
 */
final class Labels {
  private Labels() {}

  /**
   * A label per column, empty text where it is an expression's; no labels where a star hides them.
   */
  static List<String> of(SqlNode query) {
    if (query instanceof SqlOrderBy ordered) {
      return of(ordered.query);
    }
    if (query instanceof SqlWith with) {
      return of(with.body);
    }
    if (!(query instanceof SqlSelect select)) {
      return List.of();
    }
    List<String> labels = new ArrayList<>();
    for (SqlNode item : select.getSelectList()) {
      if (item instanceof SqlIdentifier identifier) {
        if (identifier.isStar()) {
          return List.of();
        }
        labels.add(identifier.names.get(identifier.names.size() - 1));
      } else if (item != null && item.getKind() == SqlKind.AS) {
        labels.add(((SqlIdentifier) ((SqlCall) item).operand(1)).getSimple());
      } else {
        labels.add("");
      }
    }
    return labels;
  }
}
