package io.kurobe.nl2sql.validate;

import io.kurobe.adapters.type.SqlType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * What SQLite and MySQL take for one and the same, told apart by the types of columns: a number as
 * a condition ({@code WHERE flag}) is one that is not zero, a boolean that is added up is one or
 * zero, and a name in WHERE that no table has is the expression of that name in SELECT.
 */
final class ColumnConditions extends SqlShuttle {
  private static final Set<SqlType.Kind> NUMBERS =
      EnumSet.of(
          SqlType.Kind.SMALLINT,
          SqlType.Kind.INTEGER,
          SqlType.Kind.BIGINT,
          SqlType.Kind.DECIMAL,
          SqlType.Kind.REAL,
          SqlType.Kind.DOUBLE);
  private static final Set<String> SUMS = Set.of("SUM", "AVG");

  private final KnownTables tables;
  private final Deque<FromScope> scopes = new ArrayDeque<>();

  private ColumnConditions(KnownTables tables) {
    this.tables = tables;
  }

  /** The query with conditions as conditions; the one given may be changed. */
  static SqlNode in(SqlNode query, KnownTables tables) {
    SqlNode changed = query.accept(new ColumnConditions(tables));
    return changed == null ? query : changed;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      var scope = new FromScope(select, tables);
      scopes.push(scope);
      if (select.getWhere() != null) {
        select.setWhere(select.getWhere().accept(named(select, scope)));
      }
      SqlNode visited = super.visit(call);
      if (visited instanceof SqlSelect changed) {
        changed.setWhere(condition(changed.getWhere()));
        changed.setHaving(condition(changed.getHaving()));
      }
      scopes.pop();
      return visited;
    }
    SqlNode visited = super.visit(call);
    if (visited instanceof SqlJoin join && join.getCondition() != null) {
      join.setOperand(5, condition(join.getCondition()));
    } else if (visited instanceof SqlCase choice && choice.getValueOperand() == null) {
      SqlNodeList conditions = choice.getWhenOperands();
      for (int i = 0; i < conditions.size(); i++) {
        conditions.set(i, condition(conditions.get(i)));
      }
    } else if (visited instanceof SqlCall changed
        && changed.operandCount() == 1
        && SUMS.contains(changed.getOperator().getName().toUpperCase(Locale.ROOT))
        && kind(changed.operand(0)).filter(SqlType.Kind.BOOLEAN::equals).isPresent()) {
      changed.setOperand(0, number(changed.operand(0)));
    }
    return visited;
  }

  /** Puts the expressions of SELECT in the place of their names. */
  private static SqlShuttle named(SqlSelect select, FromScope scope) {
    Map<String, SqlNode> named = new HashMap<>();
    for (SqlNode item : select.getSelectList()) {
      if (item instanceof SqlCall as
          && as.getKind() == SqlKind.AS
          && !Aggregates.anywhere(as.operand(0))) {
        String name = ((SqlIdentifier) as.operand(1)).getSimple().toLowerCase(Locale.ROOT);
        named.put(name, as.operand(0));
      }
    }
    return new SqlShuttle() {
      @Override
      public SqlNode visit(SqlIdentifier name) {
        SqlNode expression =
            name.isSimple() && !name.isStar()
                ? named.get(name.getSimple().toLowerCase(Locale.ROOT))
                : null;
        return expression == null || !scope.having(name.getSimple()).isEmpty()
            ? name
            : expression.clone(name.getParserPosition());
      }

      @Override
      public @Nullable SqlNode visit(SqlCall call) {
        return call instanceof SqlSelect ? call : super.visit(call);
      }
    };
  }

  private @Nullable SqlNode condition(@Nullable SqlNode node) {
    if (node == null) {
      return null;
    }
    SqlParserPos at = node.getParserPosition();
    if (node instanceof SqlCall call) {
      switch (call.getKind()) {
        case AND, OR, NOT -> {
          for (int i = 0; i < call.operandCount(); i++) {
            call.setOperand(i, condition(call.operand(i)));
          }
        }
        default -> {
          // A condition already, or nothing that types are known of.
        }
      }
      return call;
    }
    if (node instanceof SqlLiteral literal
        && SqlTypeName.NUMERIC_TYPES.contains(literal.getTypeName())) {
      return SqlLiteral.createBoolean(literal.bigDecimalValue().signum() != 0, at);
    }
    return kind(node).filter(NUMBERS::contains).isPresent()
        ? SqlStdOperatorTable.NOT_EQUALS.createCall(
            at, node, SqlLiteral.createExactNumeric("0", at))
        : node;
  }

  private static SqlNode number(SqlNode flag) {
    SqlParserPos at = flag.getParserPosition();
    SqlNode no = SqlStdOperatorTable.NOT.createCall(at, flag.clone(at));
    return new SqlCase(
        at,
        null,
        SqlNodeList.of(flag, no),
        SqlNodeList.of(
            SqlLiteral.createExactNumeric("1", at), SqlLiteral.createExactNumeric("0", at)),
        SqlLiteral.createNull(at));
  }

  private Optional<SqlType.Kind> kind(SqlNode node) {
    return ColumnComparisons.column(node, scopes).map(found -> found.column().type().kind());
  }
}
