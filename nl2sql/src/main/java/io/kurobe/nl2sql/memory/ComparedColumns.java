package io.kurobe.nl2sql.memory;

import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * The columns that a query compares with a text. Names are in full; whoever is not found is left
 * out, so that nothing is believed that is not known.
 */
final class ComparedColumns {
  /** A column of a table. */
  record Compared(TableName table, String column) {}

  private final CatalogSnapshot catalog;
  private final Map<String, TableName> byAlias = new HashMap<>();
  private final Set<TableName> tables = new LinkedHashSet<>();

  private ComparedColumns(CatalogSnapshot catalog) {
    this.catalog = catalog;
  }

  /** The columns that a text is compared with. */
  static Set<Compared> with(SqlNode query, String text, CatalogSnapshot catalog) {
    var columns = new ComparedColumns(catalog);
    query.accept(columns.new Tables());
    Set<Compared> found = new LinkedHashSet<>();
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (holds(call, text)) {
              for (SqlNode operand : call.getOperandList()) {
                if (operand instanceof SqlIdentifier name) {
                  columns.column(name).ifPresent(found::add);
                }
              }
            }
            return super.visit(call);
          }
        });
    return found;
  }

  private static boolean holds(SqlCall call, String text) {
    if (!Set.of(SqlKind.EQUALS, SqlKind.NOT_EQUALS, SqlKind.IN, SqlKind.NOT_IN)
        .contains(call.getKind())) {
      return false;
    }
    List<SqlNode> operands = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      if (operand instanceof SqlNodeList list) {
        operands.addAll(list.getList());
      } else {
        operands.add(operand);
      }
    }
    return operands.stream()
        .anyMatch(
            operand ->
                operand instanceof SqlCharStringLiteral literal
                    && text.equals(literal.getValueAs(String.class)));
  }

  private Optional<Compared> column(SqlIdentifier name) {
    List<String> parts = name.names;
    String column = parts.get(parts.size() - 1);
    if (parts.size() > 1) {
      TableName table = byAlias.get(parts.get(parts.size() - 2).toLowerCase(Locale.ROOT));
      return Optional.ofNullable(table).map(found -> new Compared(found, column));
    }
    List<TableName> having =
        tables.stream()
            .filter(
                table ->
                    catalog.table(table).map(TableMetadata::columns).orElse(List.of()).stream()
                        .anyMatch(known -> known.name().equals(column)))
            .toList();
    return having.size() == 1 ? Optional.of(new Compared(having.get(0), column)) : Optional.empty();
  }

  private Optional<TableName> table(List<String> parts) {
    if (parts.size() != 3) {
      return Optional.empty();
    }
    for (SourceCatalog source : catalog.sources()) {
      for (SchemaMetadata schema : source.metadata().schemas()) {
        if (source.name().equals(parts.get(0)) && schema.name().equals(parts.get(1))) {
          return schema.tables().stream()
              .filter(table -> table.name().equals(parts.get(2)))
              .map(table -> new TableName(source.name(), schema.name(), table.name()))
              .findFirst();
        }
      }
    }
    return Optional.empty();
  }

  /** Notes the tables of FROM, under their aliases. */
  private final class Tables extends SqlBasicVisitor<Void> {
    @Override
    public Void visit(SqlCall call) {
      if (call.getKind() == SqlKind.AS
          && call instanceof SqlBasicCall as
          && as.operand(0) instanceof SqlIdentifier name
          && as.operand(1) instanceof SqlIdentifier alias) {
        table(name.names).ifPresent(found -> add(alias.getSimple(), found));
      }
      return super.visit(call);
    }

    @Override
    public Void visit(SqlIdentifier name) {
      table(name.names).ifPresent(found -> add(found.table(), found));
      return null;
    }

    private void add(String alias, TableName table) {
      byAlias.putIfAbsent(alias.toLowerCase(Locale.ROOT), table);
      tables.add(table);
    }
  }
}
