package io.kurobe.nl2sql.validate;

import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.nl2sql.validate.FromScope.Item;
import io.kurobe.nl2sql.validate.KnownTables.Known;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Where a query compares a column of the catalog for equality: with a literal, or another column.
 */
final class ColumnComparisons extends SqlBasicVisitor<@Nullable Void> {
  /** A column of a table. */
  record Column(Known table, TableMetadata.Column column, String alias) {}

  /** A column compared with a literal. */
  record WithLiteral(Column column, SqlLiteral literal) {}

  /** Two columns compared. */
  record WithColumn(Column one, Column other) {}

  final List<WithLiteral> literals = new ArrayList<>();
  final List<WithColumn> columns = new ArrayList<>();
  private final KnownTables tables;
  private final Deque<FromScope> scopes = new ArrayDeque<>();

  private ColumnComparisons(KnownTables tables) {
    this.tables = tables;
  }

  static ColumnComparisons of(SqlNode query, KnownTables tables) {
    var comparisons = new ColumnComparisons(tables);
    query.accept(comparisons);
    return comparisons;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      scopes.push(new FromScope(select, tables));
      super.visit(call);
      scopes.pop();
      return null;
    }
    switch (call.getKind()) {
      case EQUALS, NOT_EQUALS -> compared(call.operand(0), call.operand(1));
      case IN, NOT_IN -> {
        if (call.operand(1) instanceof SqlNodeList list) {
          list.forEach(each -> compared(call.operand(0), each));
        }
      }
      default -> {
        // No equality.
      }
    }
    return super.visit(call);
  }

  private void compared(SqlNode one, SqlNode other) {
    if (one instanceof SqlLiteral && other instanceof SqlIdentifier) {
      compared(other, one);
      return;
    }
    Optional<Column> column = column(one);
    if (column.isEmpty()) {
      return;
    }
    if (other instanceof SqlLiteral literal) {
      literals.add(new WithLiteral(column.get(), literal));
    } else {
      column(other).ifPresent(second -> columns.add(new WithColumn(column.get(), second)));
    }
  }

  private Optional<Column> column(SqlNode node) {
    return column(node, scopes);
  }

  /** The column of a table that a name is, in the innermost scope that has it. */
  static Optional<Column> column(SqlNode node, Iterable<FromScope> scopes) {
    if (!(node instanceof SqlIdentifier name) || name.isStar()) {
      return Optional.empty();
    }
    String column = name.names.get(name.names.size() - 1);
    for (FromScope scope : scopes) {
      Optional<Item> item =
          name.isSimple()
              ? scope.having(column).stream().findFirst()
              : scope.item(name.names.get(name.names.size() - 2));
      if (item.isPresent()) {
        return item.get()
            .table()
            .flatMap(
                known ->
                    known.metadata().columns().stream()
                        .filter(each -> each.name().equalsIgnoreCase(column))
                        .findFirst()
                        .map(each -> new Column(known, each, item.get().alias())));
      }
    }
    return Optional.empty();
  }
}
