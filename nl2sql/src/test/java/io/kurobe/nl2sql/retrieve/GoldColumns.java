package io.kurobe.nl2sql.retrieve;

import io.kurobe.adapters.source.TableMetadata;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** The tables and columns that a query of one database reads. */
final class GoldColumns {
  private final Map<String, TableMetadata> catalog = new LinkedHashMap<>();
  private final Map<String, TableMetadata> aliases = new LinkedHashMap<>();
  private final Set<String> tables = new LinkedHashSet<>();
  private final Set<String> columns = new LinkedHashSet<>();

  /**
   * Reads a query.
   *
   * @param of the database's tables
   */
  GoldColumns(SqlNode query, List<TableMetadata> of) {
    of.forEach(table -> catalog.put(table.name().toLowerCase(Locale.ROOT), table));
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call instanceof SqlSelect select && select.getFrom() != null) {
              from(select.getFrom());
            }
            return super.visit(call);
          }
        });
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlIdentifier identifier) {
            column(identifier);
            return null;
          }
        });
  }

  private void from(SqlNode node) {
    if (node instanceof SqlJoin join) {
      from(join.getLeft());
      from(join.getRight());
    } else if (node instanceof SqlBasicCall call && call.getKind() == SqlKind.AS) {
      if (call.operand(0) instanceof SqlIdentifier table) {
        table(table.toString(), call.operand(1).toString());
      }
    } else if (node instanceof SqlIdentifier table) {
      table(table.toString(), table.toString());
    }
  }

  private void table(String name, String alias) {
    TableMetadata table = catalog.get(name.toLowerCase(Locale.ROOT));
    if (table != null) {
      tables.add(table.name());
      aliases.put(alias.toLowerCase(Locale.ROOT), table);
    }
  }

  private void column(SqlIdentifier identifier) {
    String name = identifier.names.get(identifier.names.size() - 1);
    if (identifier.names.size() == 2) {
      TableMetadata table = aliases.get(identifier.names.get(0).toLowerCase(Locale.ROOT));
      if (table != null) {
        find(table, name).ifPresent(found -> columns.add(table.name() + "." + found));
      }
    } else {
      for (TableMetadata table : aliases.values()) {
        Optional<String> found = find(table, name);
        if (found.isPresent()) {
          columns.add(table.name() + "." + found.get());
          return;
        }
      }
    }
  }

  private static Optional<String> find(TableMetadata table, String column) {
    return table.columns().stream()
        .map(TableMetadata.Column::name)
        .filter(column::equalsIgnoreCase)
        .findFirst();
  }

  /** Names of tables. */
  Set<String> tables() {
    return tables;
  }

  /** {@code table.column} each. */
  Set<String> columns() {
    return columns;
  }
}
