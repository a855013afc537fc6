package io.kurobe.planner.bind;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** The names that a query reads from, without those of its own WITH. */
final class TableReferences extends SqlBasicVisitor<Void> {
  private final List<SqlIdentifier> found = new ArrayList<>();
  private final Set<String> common = new HashSet<>();

  private TableReferences() {}

  static List<SqlIdentifier> of(SqlNode query) {
    var references = new TableReferences();
    query.accept(references);
    return references.found.stream().filter(name -> !references.isCommon(name)).toList();
  }

  private boolean isCommon(SqlIdentifier name) {
    return name.isSimple() && common.contains(name.getSimple().toLowerCase(Locale.ROOT));
  }

  @Override
  public Void visit(SqlCall call) {
    if (call instanceof SqlWithItem item) {
      common.add(item.name.getSimple().toLowerCase(Locale.ROOT));
    } else if (call instanceof SqlSelect select && select.getFrom() != null) {
      collect(select.getFrom());
    } else if (call.getKind() == SqlKind.EXPLICIT_TABLE) {
      collect(call.operand(0));
    }
    return super.visit(call);
  }

  private void collect(SqlNode from) {
    if (from instanceof SqlIdentifier name) {
      found.add(name);
    } else if (from instanceof SqlJoin join) {
      collect(join.getLeft());
      collect(join.getRight());
    } else if (from.getKind() == SqlKind.AS
        || from.getKind() == SqlKind.TABLE_REF
        || from.getKind() == SqlKind.LATERAL
        || from.getKind() == SqlKind.TABLESAMPLE) {
      collect(((SqlCall) from).operand(0));
    }
  }
}
