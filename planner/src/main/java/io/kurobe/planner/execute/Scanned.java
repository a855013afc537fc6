package io.kurobe.planner.execute;

import io.kurobe.adapters.source.ScanRequest.Equal;
import io.kurobe.adapters.source.ScanRequest.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A tree that is nothing but columns of one table, in the rows where some of them equal a text, in
 * an order by some of them.
 *
 * @param table its full name
 * @param names the column of the table behind each column of the tree
 * @param equal what holds of every row
 * @param order how the rows are ordered
 */
record Scanned(List<String> table, List<String> names, List<Equal> equal, List<Order> order) {

  /** Reads a tree; empty if it does more. */
  static Optional<Scanned> of(RelNode tree) {
    if (tree instanceof TableScan scan) {
      return Optional.of(
          new Scanned(
              scan.getTable().getQualifiedName(),
              scan.getRowType().getFieldNames(),
              List.of(),
              List.of()));
    }
    if (tree instanceof Project project) {
      return of(project.getInput()).flatMap(below -> below.of(project));
    }
    if (tree instanceof Filter filter) {
      return of(filter.getInput()).flatMap(below -> below.where(filter));
    }
    if (tree instanceof Sort sort && sort.fetch == null && sort.offset == null) {
      return of(sort.getInput()).map(below -> below.ordered(sort));
    }
    return Optional.empty();
  }

  private Scanned ordered(Sort sort) {
    List<Order> keys = new ArrayList<>();
    for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
      NullDirection nulls =
          key.nullDirection == NullDirection.UNSPECIFIED
              ? key.getDirection().defaultNullDirection()
              : key.nullDirection;
      keys.add(
          new Order(
              names.get(key.getFieldIndex()),
              key.getDirection().isDescending(),
              nulls == NullDirection.FIRST));
    }
    return new Scanned(table, names, equal, keys);
  }

  private Optional<Scanned> of(Project project) {
    List<String> chosen = new ArrayList<>();
    for (RexNode field : project.getProjects()) {
      if (!(field instanceof RexInputRef column)) {
        return Optional.empty();
      }
      chosen.add(names.get(column.getIndex()));
    }
    return chosen.isEmpty()
        ? Optional.empty()
        : Optional.of(new Scanned(table, chosen, equal, order));
  }

  private Optional<Scanned> where(Filter filter) {
    List<Equal> all = new ArrayList<>(equal);
    for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
      Optional<Equal> one = equal(conjunct);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      all.add(one.get());
    }
    return Optional.of(new Scanned(table, names, all, order));
  }

  private Optional<Equal> equal(RexNode condition) {
    if (condition instanceof RexInputRef truth) {
      return Optional.of(new Equal(names.get(truth.getIndex()), "true"));
    }
    if (condition instanceof RexCall call && call.getKind() == SqlKind.EQUALS) {
      RexNode left = call.getOperands().get(0);
      RexNode right = call.getOperands().get(1);
      RexNode column = left instanceof RexLiteral ? right : left;
      RexNode text = left instanceof RexLiteral ? left : right;
      if (column instanceof RexInputRef reference
          && text instanceof RexLiteral literal
          && literal.getTypeName() == SqlTypeName.CHAR) {
        return Optional.ofNullable(literal.getValueAs(String.class))
            .map(value -> new Equal(names.get(reference.getIndex()), value));
      }
    }
    return Optional.empty();
  }
}
