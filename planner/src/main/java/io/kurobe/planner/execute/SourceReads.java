package io.kurobe.planner.execute;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.source.PlannedTable;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.ScanRequest;
import io.kurobe.planner.bind.SourceTable;
import io.kurobe.planner.fragment.SourceFragment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Reads a fragment from its source: by a query, or by a scan where the source takes one. */
final class SourceReads {
  private SourceReads() {}

  static BatchStream read(SourceFragment fragment, ReadRequest request) {
    return scan(fragment.tree(), request)
        .flatMap(fragment.source()::scan)
        .orElseGet(() -> fragment.source().read(request.over(tables(fragment.tree()))));
  }

  /** The tables that a fragment reads, each once. */
  private static List<PlannedTable> tables(RelNode tree) {
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
    return List.copyOf(tables.values());
  }

  /** The request for a fragment that is nothing but columns of one table. */
  private static Optional<ScanRequest> scan(RelNode tree, ReadRequest request) {
    if (tree instanceof TableScan table) {
      return Optional.of(request(table, table.getRowType().getFieldNames(), request));
    }
    if (tree instanceof Project project && project.getInput() instanceof TableScan table) {
      List<String> names = new ArrayList<>();
      for (RexNode field : project.getProjects()) {
        if (!(field instanceof RexInputRef column)) {
          return Optional.empty();
        }
        names.add(table.getRowType().getFieldNames().get(column.getIndex()));
      }
      return names.isEmpty() ? Optional.empty() : Optional.of(request(table, names, request));
    }
    return Optional.empty();
  }

  private static ScanRequest request(TableScan table, List<String> names, ReadRequest request) {
    List<String> name = table.getTable().getQualifiedName();
    return new ScanRequest(name.get(1), name.get(2), names, request.columns(), request.batchRows());
  }
}
