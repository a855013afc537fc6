package io.kurobe.planner.plan;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.bind.SourceTable;
import io.kurobe.planner.catalog.Catalog;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.execute.Constants;
import io.kurobe.planner.execute.Replanning;
import io.kurobe.planner.fragment.FragmentPlan;
import io.kurobe.planner.fragment.SourceFragment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.TableScan;

/**
 * Tells a plan that was made over tables as they no longer are. The catalog is believed for some
 * minutes, so a table may be altered between planning and running, or while a statement is
 * prepared. The source then refuses what the plan asks of it; its catalog is read again, and only
 * if a table of the plan is another now is the statement planned again.
 */
final class StalePlans {
  private final Catalog catalog;
  private final Map<String, CatalogMetadata> known = new HashMap<>();

  /** Remembers what is known of the sources, before a statement is bound. */
  StalePlans(Catalog catalog) {
    this.catalog = catalog;
    catalog.sources().forEach(source -> known.put(source.name(), catalog.known(source.name())));
  }

  /** The way to another plan for one execution of a plan. */
  Replanning of(QueryPlan plan, Constants constants, Supplier<QueryPlan> again) {
    return (failure, sources) -> {
      if (!maySpeakOfAge(failure)) {
        return Optional.empty();
      }
      List<TableName> altered = altered(plan.planned(), sources);
      if (altered.isEmpty()) {
        return Optional.empty();
      }
      QueryPlan next = again.get();
      if (!next.columns().equals(plan.columns())) {
        throw new KurobeException(
                ErrorCode.TABLE_ALTERED,
                "table "
                    + altered.get(0)
                    + " was altered after the statement was planned, and the statement's columns"
                    + " are others now",
                failure)
            .withHint("Prepare or ask the statement again.");
      }
      return Optional.of(next.toRun(constants));
    };
  }

  /**
   * A name or type that is no longer there, or a value that no longer has the type it had. Of a
   * file that was replaced the engine says so, which is INTERNAL: it cannot tell that from ours.
   */
  private static boolean maySpeakOfAge(KurobeException failure) {
    return switch (failure.code()) {
      case SOURCE_FAILED, TABLE_ALTERED, INVALID_TEXT_FORM, NUMERIC_OUT_OF_RANGE, DATA, INTERNAL ->
          true;
      default -> false;
    };
  }

  private List<TableName> altered(FragmentPlan plan, Set<String> sources) {
    Map<String, List<TableName>> suspects = new LinkedHashMap<>();
    tables(plan)
        .forEach(
            (table, readAt) -> {
              if (sources.contains(readAt) && known.containsKey(table.source())) {
                suspects.computeIfAbsent(table.source(), key -> new ArrayList<>()).add(table);
              }
            });
    List<TableName> altered = new ArrayList<>();
    suspects.forEach((source, tables) -> altered.addAll(altered(source, tables)));
    return altered;
  }

  /** Those tables of a source that are no longer what they were. */
  private List<TableName> altered(String source, List<TableName> tables) {
    try {
      catalog.refresh(Optional.of(source));
    } catch (KurobeException e) {
      // What failed first is the one to tell.
      return List.of();
    }
    CatalogMetadata now = catalog.known(source);
    return tables.stream()
        .filter(table -> !columns(known.get(source), table).equals(columns(now, table)))
        .toList();
  }

  private static Optional<List<TableMetadata.Column>> columns(
      CatalogMetadata metadata, TableName name) {
    return metadata.schemas().stream()
        .filter(schema -> schema.name().equals(name.schema()))
        .flatMap(schema -> schema.tables().stream())
        .filter(table -> table.name().equals(name.table()))
        .map(TableMetadata::columns)
        .findFirst();
  }

  /** The tables of a plan, each with the source that reads it. */
  private static Map<TableName, String> tables(FragmentPlan plan) {
    Map<TableName, String> tables = new LinkedHashMap<>();
    for (RelNode tree : trees(plan)) {
      new RelVisitor() {
        @Override
        public void visit(RelNode node, int ordinal, RelNode parent) {
          if (node instanceof TableScan scan) {
            SourceTable table = scan.getTable().unwrap(SourceTable.class);
            if (table != null) {
              tables.put(table.name(), scan.getTable().getQualifiedName().get(0));
            }
          }
          super.visit(node, ordinal, parent);
        }
      }.go(tree);
    }
    return tables;
  }

  private static List<RelNode> trees(FragmentPlan plan) {
    List<RelNode> trees = new ArrayList<>();
    if (plan instanceof FragmentPlan.AtSource at) {
      trees.add(at.fragment().tree());
    } else {
      FragmentPlan.AtEngine at = (FragmentPlan.AtEngine) plan;
      at.staged().stream().map(SourceFragment::tree).forEach(trees::add);
      trees.add(at.tree());
    }
    return trees;
  }
}
