package io.kurobe.planner.bind;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;

/** A copy of a tree that validation, which rewrites what it is given, does not reach. */
public final class TreeCopy extends SqlShuttle {
  private TreeCopy() {}

  /** The copy, each node where it stood. */
  public static SqlNode of(SqlNode tree) {
    return tree.accept(new TreeCopy());
  }

  @Override
  public SqlNode visit(SqlCall call) {
    var copying = new CallCopyingArgHandler(call, true);
    call.getOperator().acceptCall(this, call, false, copying);
    return copying.result();
  }

  @Override
  public SqlNode visit(SqlIdentifier identifier) {
    return identifier.clone(identifier.getParserPosition());
  }
}
