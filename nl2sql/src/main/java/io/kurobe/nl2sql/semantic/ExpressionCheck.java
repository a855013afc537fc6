package io.kurobe.nl2sql.semantic;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.NearestNames;
import io.kurobe.planner.parser.StatementParser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** What is wrong with an expression over the columns of one table. */
final class ExpressionCheck {
  private static final StatementParser PARSER = new StatementParser();

  private ExpressionCheck() {}

  /**
   * Why an expression cannot be computed; empty if its names are all there.
   *
   * @param names what it may name, in any case
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
                    name.isStar()
                        || name.isSimple()
                            && names.stream().anyMatch(name.getSimple()::equalsIgnoreCase);
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
