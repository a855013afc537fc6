package io.kurobe.server.statement;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.parser.SqlAsk;
import io.kurobe.planner.parser.Statement;
import io.kurobe.planner.parser.StatementParser;
import io.kurobe.server.session.Caller;
import io.kurobe.server.session.Scope;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlAsOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Which scopes of an API key a statement takes. Threads share it. */
final class ScopeOfStatement {
  private static final List<String> DRIVERS_OWN = List.of("system", "jdbc");

  private final StatementParser parser = new StatementParser();

  /**
   * Refuses a statement that the caller's key is not for.
   *
   * @throws KurobeException NOT_ALLOWED
   */
  void check(Caller caller, String sql) {
    if (caller.scopes().isEmpty()) {
      return;
    }
    Statement statement;
    try {
      statement = parser.parse(sql);
    } catch (KurobeException e) {
      // The planner reads it again, and says what is wrong with it.
      return;
    }
    of(statement).forEach(caller::require);
  }

  private static Set<Scope> of(Statement statement) {
    if (statement instanceof Statement.Query query) {
      return ofQuery(query.query());
    }
    if (statement instanceof Statement.Explain explain) {
      return ofQuery(explain.query());
    }
    if (statement instanceof Statement.CreateView view) {
      Set<Scope> scopes = ofQuery(view.query());
      scopes.add(Scope.SQL);
      return scopes;
    }
    if (statement instanceof Statement.ExplainAsk || statement instanceof Statement.AskSql) {
      return Set.of(Scope.ASK);
    }
    if (statement instanceof Statement.Show || statement instanceof Statement.ShowMSchema) {
      return Set.of(Scope.METADATA);
    }
    if (statement instanceof Statement.Security) {
      return Set.of(Scope.ADMIN);
    }
    if (statement instanceof Statement.SetOption || statement instanceof Statement.ResetOption) {
      return Set.of();
    }
    return Set.of(Scope.SQL);
  }

  private static Set<Scope> ofQuery(SqlNode query) {
    if (query instanceof SqlAsk) {
      return EnumSet.of(Scope.ASK);
    }
    Parts parts = new Parts();
    query.accept(parts);
    Set<Scope> scopes = EnumSet.of(parts.onlyMetadata() ? Scope.METADATA : Scope.SQL);
    if (parts.asks) {
      scopes.add(Scope.ASK);
    }
    return scopes;
  }

  private static final class Parts extends SqlBasicVisitor<Void> {
    private boolean asks;
    private int tables;
    private int ofDrivers;

    boolean onlyMetadata() {
      return !asks && tables > 0 && tables == ofDrivers;
    }

    @Override
    public Void visit(SqlCall call) {
      if (call instanceof SqlAsk) {
        asks = true;
        return null;
      }
      if (call instanceof SqlSelect select && select.getFrom() != null) {
        from(select.getFrom());
      } else if (call instanceof SqlJoin join) {
        from(join.getLeft());
        from(join.getRight());
      }
      return super.visit(call);
    }

    private void from(SqlNode node) {
      if (node instanceof SqlCall call && call.getOperator() instanceof SqlAsOperator) {
        from(call.operand(0));
      } else if (!(node instanceof SqlJoin)) {
        // Whatever else stands there counts as a table, which is none of the drivers' own.
        tables++;
        ofDrivers += node instanceof SqlIdentifier name && isDrivers(name.names) ? 1 : 0;
      }
    }

    private static boolean isDrivers(List<String> names) {
      return names.size() == 3
          && names.get(0).equalsIgnoreCase(DRIVERS_OWN.get(0))
          && names.get(1).equalsIgnoreCase(DRIVERS_OWN.get(1));
    }
  }
}
