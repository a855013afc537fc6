package io.kurobe.planner.ask;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/** Copies a tree to one position: an error inside it is an error at the ASK it came from. */
final class Relocation extends SqlShuttle {
  private final SqlParserPos position;

  Relocation(SqlParserPos position) {
    this.position = position;
  }

  @Override
  public SqlNode visit(SqlCall call) {
    var handler = new CallCopyingArgHandler(call, true);
    call.getOperator().acceptCall(this, call, false, handler);
    return handler.result().clone(position);
  }

  @Override
  public SqlNode visit(SqlNodeList list) {
    SqlNodeList copy = new SqlNodeList(position);
    for (SqlNode node : list) {
      copy.add(node == null ? null : node.accept(this));
    }
    return copy;
  }

  @Override
  public SqlNode visit(SqlIdentifier identifier) {
    return identifier.isStar()
        ? identifier.clone(position)
        : new SqlIdentifier(identifier.names, position);
  }

  @Override
  public SqlNode visit(SqlLiteral literal) {
    return literal.clone(position);
  }

  @Override
  public SqlNode visit(SqlDataTypeSpec type) {
    return type.clone(position);
  }

  @Override
  public SqlNode visit(SqlDynamicParam parameter) {
    return parameter.clone(position);
  }

  @Override
  public SqlNode visit(SqlIntervalQualifier qualifier) {
    return qualifier.clone(position);
  }
}
