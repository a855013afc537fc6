package io.kurobe.nl2sql.validate;

import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Tables in FROM: which names are theirs, and how one is named otherwise. */
final class TableNaming {
  private TableNaming() {}

  /** Whether a name is that of a table in a FROM clause. */
  static boolean isTable(@Nullable SqlNode from, SqlIdentifier name) {
    if (from instanceof SqlJoin join) {
      return isTable(join.getLeft(), name) || isTable(join.getRight(), name);
    }
    if (from instanceof SqlCall call && call.getKind() == SqlKind.AS) {
      return call.operand(0) == name;
    }
    return from == name;
  }

  /** The tree with a table under its full name; what prefixes its columns stays. */
  static SqlNode in(SqlNode tree, SqlIdentifier name, SqlIdentifier full) {
    if (isAliased(tree, name)) {
      return Replacement.in(tree, name, full);
    }
    SqlParserPos at = name.getParserPosition();
    SqlIdentifier alias = new SqlIdentifier(name.names.get(name.names.size() - 1), at);
    SqlNode as = new SqlBasicCall(SqlStdOperatorTable.AS, java.util.List.of(full, alias), at);
    return Replacement.in(tree, name, as);
  }

  private static boolean isAliased(SqlNode tree, SqlIdentifier name) {
    boolean[] found = new boolean[1];
    tree.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            found[0] |= call.getKind() == SqlKind.AS && call.operand(0) == name;
            return super.visit(call);
          }
        });
    return found[0];
  }
}
