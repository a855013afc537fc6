package io.kurobe.nl2sql.validate;

import io.kurobe.adapters.error.StatementPosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * A node of a query that an error speaks of.
 *
 * @param node the smallest one there that is no literal
 * @param selects the SELECTs it stands in, the innermost first
 */
record Place(SqlNode node, List<SqlSelect> selects) {

  /** The name at a position; empty if none stands there. */
  static Optional<Place> name(SqlNode tree, StatementPosition position) {
    var finder = new Finder(position, true);
    tree.accept(finder);
    return Optional.ofNullable(finder.found);
  }

  /** The expression that begins at a position, a name or a call. */
  static Optional<Place> expression(SqlNode tree, StatementPosition position) {
    var finder = new Finder(position, false);
    tree.accept(finder);
    return Optional.ofNullable(finder.found);
  }

  private static final class Finder extends SqlBasicVisitor<Void> {
    private final StatementPosition position;
    private final boolean names;
    private final Deque<SqlSelect> open = new ArrayDeque<>();
    private Place found;

    Finder(StatementPosition position, boolean names) {
      this.position = position;
      this.names = names;
    }

    @Override
    public Void visit(SqlIdentifier identifier) {
      if (covers(identifier.getParserPosition()) && (names || found == null)) {
        found = new Place(identifier, new ArrayList<>(open));
      }
      return null;
    }

    @Override
    public Void visit(SqlCall call) {
      if (!names && found == null && begins(call.getParserPosition()) && !isQuery(call)) {
        found = new Place(call, new ArrayList<>(open));
      }
      boolean select = call instanceof SqlSelect;
      if (select) {
        open.push((SqlSelect) call);
      }
      super.visit(call);
      if (select) {
        open.pop();
      }
      return null;
    }

    private static boolean isQuery(SqlCall call) {
      return call.getKind().belongsTo(org.apache.calcite.sql.SqlKind.TOP_LEVEL);
    }

    private boolean begins(SqlParserPos at) {
      return at.getLineNum() == position.line() && at.getColumnNum() == position.column();
    }

    private boolean covers(SqlParserPos at) {
      return at.getLineNum() == position.line()
          && at.getColumnNum() <= position.column()
          && (at.getEndLineNum() > position.line() || at.getEndColumnNum() >= position.column());
    }
  }
}
