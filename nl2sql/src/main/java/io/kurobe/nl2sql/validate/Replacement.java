package io.kurobe.nl2sql.validate;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/** Puts one node in the place of another; all else stays the same. */
final class Replacement extends SqlShuttle {
  private final SqlNode old;
  private final SqlNode fresh;

  private Replacement(SqlNode old, SqlNode fresh) {
    this.old = old;
    this.fresh = fresh;
  }

  /** The tree with another node in the place of one of its own, which is told by identity. */
  static SqlNode in(SqlNode tree, SqlNode old, SqlNode fresh) {
    if (tree == old) {
      return fresh;
    }
    SqlNode result = tree.accept(new Replacement(old, fresh));
    return result == null ? tree : result;
  }

  @Override
  public @Nullable SqlNode visit(SqlIdentifier identifier) {
    return identifier == old ? fresh : identifier;
  }

  @Override
  public @Nullable SqlNode visit(SqlLiteral literal) {
    return literal == old ? fresh : literal;
  }

  @Override
  public @Nullable SqlNode visit(SqlNodeList list) {
    return list == old ? fresh : super.visit(list);
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    return call == old ? fresh : super.visit(call);
  }
}
