package io.kurobe.planner.plan;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** The names of the tables that a bound tree reads, its subqueries included. */
final class TablesOf {
  private TablesOf() {}

  static List<String> tree(RelNode tree) {
    Set<String> names = new TreeSet<>();
    tree.accept(new Reader(names));
    return List.copyOf(names);
  }

  private static final class Reader extends RelHomogeneousShuttle {
    private final Set<String> names;
    private final RexShuttle subqueries =
        new RexShuttle() {
          @Override
          public org.apache.calcite.rex.RexNode visitSubQuery(RexSubQuery subquery) {
            subquery.rel.accept(Reader.this);
            return super.visitSubQuery(subquery);
          }
        };

    Reader(Set<String> names) {
      this.names = names;
    }

    @Override
    public RelNode visit(RelNode other) {
      if (other instanceof TableScan scan) {
        return visit(scan);
      }
      other.accept(subqueries);
      return super.visit(other);
    }

    @Override
    public RelNode visit(TableScan scan) {
      names.add(String.join(".", scan.getTable().getQualifiedName()));
      return scan;
    }
  }
}
