package io.kurobe.nl2sql.validate;

import io.kurobe.nl2sql.validate.KnownTables.Known;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Tables under their full names where only one of the question's scope is meant: models are told of
 * tables, and no search path.
 */
final class FullNames extends SqlBasicVisitor<Void> {
  private final List<SqlIdentifier> found = new ArrayList<>();
  private final List<String> withs = new ArrayList<>();

  private FullNames() {}

  static SqlNode in(SqlNode query, KnownTables tables) {
    var names = new FullNames();
    query.accept(names);
    SqlNode tree = query;
    for (SqlIdentifier name : names.found) {
      List<Known> meant = tables.named(name.names);
      boolean with =
          name.isSimple() && names.withs.stream().anyMatch(name.getSimple()::equalsIgnoreCase);
      if (!with && meant.size() == 1 && name.names.size() < 3) {
        SqlIdentifier full =
            new SqlIdentifier(meant.get(0).name().parts(), name.getParserPosition());
        tree = TableNaming.in(tree, name, full);
      }
    }
    return tree;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlWithItem item) {
      withs.add(item.name.getSimple());
    }
    if (call instanceof SqlSelect select) {
      add(select.getFrom());
    }
    return super.visit(call);
  }

  private void add(@Nullable SqlNode from) {
    if (from instanceof SqlJoin join) {
      add(join.getLeft());
      add(join.getRight());
    } else if (from instanceof SqlCall call && call.getKind() == SqlKind.AS) {
      add(call.operand(0));
    } else if (from instanceof SqlIdentifier name) {
      found.add(name);
    }
  }
}
