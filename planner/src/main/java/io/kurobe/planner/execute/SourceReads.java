package io.kurobe.planner.execute;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.source.PlannedTable;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.ScanRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.planner.bind.SourceTable;
import io.kurobe.planner.fragment.SourceFragment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.TableScan;
import org.jspecify.annotations.Nullable;

/** Reads a fragment from its source: by a query, or by a scan where the source takes one. */
final class SourceReads {
  private SourceReads() {}

  static BatchStream read(SourceFragment fragment, ReadRequest request) {
    return scan(fragment.tree(), request)
        .flatMap(fragment.source()::scan)
        .orElseGet(() -> fragment.source().read(over(fragment, request)));
  }

  private static ReadRequest over(SourceFragment fragment, ReadRequest request) {
    return request.over(
        List.copyOf(tables(fragment.tree()).values()), PlainColumns.isGiven(fragment.tree()));
  }

  /**
   * Compares the tables of attached sources that a tree of the engine reads with those it was
   * planned over, after the engine has bound it.
   */
  static void requireUnaltered(Set<Source> attached, RelNode tree) {
    Map<List<String>, PlannedTable> tables = tables(tree);
    for (Source source : attached) {
      source.requireUnaltered(
          tables.entrySet().stream()
              .filter(table -> table.getKey().get(0).equals(source.name()))
              .map(Map.Entry::getValue)
              .toList());
    }
  }

  /** The tables that a tree reads, by their names at whom reads them. */
  private static Map<List<String>, PlannedTable> tables(RelNode tree) {
    Map<List<String>, PlannedTable> tables = new LinkedHashMap<>();
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        if (node instanceof TableScan scan) {
          SourceTable table = scan.getTable().unwrap(SourceTable.class);
          if (table != null) {
            tables.put(scan.getTable().getQualifiedName(), table.planned());
          }
        }
        super.visit(node, ordinal, parent);
      }
    }.go(tree);
    return tables;
  }

  /**
   * The request for a fragment that is nothing but columns of one table, in the rows where some of
   * them equal a text, in an order.
   */
  private static Optional<ScanRequest> scan(RelNode tree, ReadRequest request) {
    return Scanned.of(tree)
        .map(
            scanned ->
                new ScanRequest(
                    scanned.table().get(1),
                    scanned.table().get(2),
                    scanned.names(),
                    request.columns(),
                    scanned.equal(),
                    scanned.order(),
                    request.batchRows()));
  }
}
