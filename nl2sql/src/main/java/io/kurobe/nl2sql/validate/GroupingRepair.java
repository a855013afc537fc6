package io.kurobe.nl2sql.validate;

import io.kurobe.adapters.error.KurobeException;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/**
 * Adds what is neither grouped nor aggregated to GROUP BY, as MySQL and SQLite let one leave out.
 */
final class GroupingRepair {
  private GroupingRepair() {}

  static Optional<Mended> add(SqlNode tree, KurobeException error) {
    return error
        .position()
        .flatMap(position -> Place.expression(tree, position))
        .flatMap(place -> add(tree, place));
  }

  private static Optional<Mended> add(SqlNode tree, Place place) {
    SqlSelect select = place.selects().isEmpty() ? sorted(tree) : place.selects().get(0);
    if (select == null) {
      return Optional.empty();
    }
    if (place.selects().isEmpty() && select.getGroup() == null) {
      // An aggregate of everything is one row, whatever its order.
      return Optional.of(new Mended(select, "left out the order of a single row"));
    }
    SqlNode key = place.node();
    if (key.getKind() == SqlKind.AS) {
      key = ((SqlCall) key).operand(0);
    }
    SqlNodeList old = select.getGroup();
    SqlNodeList keys =
        new SqlNodeList(old == null ? List.of() : old.getList(), key.getParserPosition());
    keys.add(key);
    SqlSelect grouped = (SqlSelect) select.clone(select.getParserPosition());
    grouped.setGroupBy(keys);
    return Optional.of(
        new Mended(Replacement.in(tree, select, grouped), "grouped by " + key + " too"));
  }

  /** The SELECT that a query's ORDER BY sorts. */
  private static @Nullable SqlSelect sorted(SqlNode tree) {
    return tree instanceof SqlOrderBy order && order.query instanceof SqlSelect select
        ? select
        : null;
  }
}
