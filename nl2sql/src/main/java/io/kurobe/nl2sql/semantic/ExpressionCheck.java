package io.kurobe.nl2sql.semantic;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.NearestNames;
import io.kurobe.planner.parser.StatementParser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** What is wrong with an expression over the columns of one table. */
final class ExpressionCheck {
  private static final StatementParser PARSER = new StatementParser();

  private ExpressionCheck() {}

  /**
   * Why an expression is no aggregate; empty if it is one.
   *
   * @param metrics the columns that are aggregates already, in lower case
   */
  static Optional<String> notAggregate(String expression, Set<String> metrics) {
    SqlNode query = PARSER.parseQuery("SELECT " + expression + " FROM t");
    boolean[] outside = {false};
    boolean[] twice = {false};
    boolean[] any = {false};
    ((SqlSelect) query)
        .getSelectList()
        .get(0)
        .accept(
            new SqlBasicVisitor<Void>() {
              private int depth;

              @Override
              public Void visit(SqlCall call) {
                boolean aggregate = MetricTree.isAggregate(call);
                any[0] |= aggregate;
                twice[0] |= aggregate && depth > 0;
                depth += aggregate ? 1 : 0;
                super.visit(call);
                depth -= aggregate ? 1 : 0;
                return null;
              }

              @Override
              public Void visit(SqlIdentifier name) {
                boolean metric =
                    name.isSimple() && metrics.contains(name.getSimple().toLowerCase(Locale.ROOT));
                any[0] |= metric;
                twice[0] |= metric && depth > 0;
                outside[0] |= !metric && depth == 0 && !name.isStar();
                return null;
              }
            });
    if (twice[0]) {
      return Optional.of("it aggregates what is an aggregate already");
    }
    return outside[0] || !any[0]
        ? Optional.of("it is no aggregate, such as SUM(amount), over all its columns")
        : Optional.empty();
  }

  /**
   * Why an expression cannot be computed; empty if its names are all there.
   *
   * @param names what it may name, in any case; columns of other tables with their table's name and
   *     a point before them
   */
  static Optional<String> of(String expression, List<String> names) {
    SqlNode query;
    try {
      query = PARSER.parseQuery("SELECT " + expression + " FROM t");
    } catch (KurobeException e) {
      return Optional.of(e.getMessage());
    }
    if (!(query instanceof SqlSelect select)
        || select.getSelectList().size() != 1
        || select.getWhere() != null) {
      return Optional.of("it is not one expression");
    }
    Set<String> unknown = new LinkedHashSet<>();
    select
        .getSelectList()
        .get(0)
        .accept(
            new SqlBasicVisitor<Void>() {
              @Override
              public Void visit(SqlIdentifier name) {
                boolean known =
                    name.isStar() || names.stream().anyMatch(name.toString()::equalsIgnoreCase);
                if (!known) {
                  unknown.add(name.toString());
                }
                return null;
              }
            });
    if (unknown.isEmpty()) {
      return Optional.empty();
    }
    String first = unknown.iterator().next();
    List<String> near = new ArrayList<>(NearestNames.of(first, names));
    return Optional.of(
        "there is no column "
            + first
            + (near.isEmpty() ? "" : "; did you mean '" + near.get(0) + "'?"));
  }
}
