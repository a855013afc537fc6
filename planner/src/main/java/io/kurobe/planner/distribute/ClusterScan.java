package io.kurobe.planner.distribute;

import io.kurobe.adapters.source.PlannedTable;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.bind.GuardedScan;
import io.kurobe.planner.bind.RelTypes;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * A table's scan at the cluster, instead of one at its source.
 *
 * @param scan all columns that the cluster shows, in its order
 * @param positions where a column of the source's table is among them
 */
record ClusterScan(TableScan scan, Map<Integer, Integer> positions) {
  ClusterScan {
    positions = Map.copyOf(positions);
  }

  /** Where columns of a source's table are that the cluster shows with the same type. */
  static Map<Integer, Integer> positions(TableMetadata own, TableMetadata shown) {
    Map<Integer, Integer> positions = new HashMap<>();
    for (int i = 0; i < own.columns().size(); i++) {
      int index = i;
      TableMetadata.Column column = own.columns().get(i);
      ClusterCatalogs.only(shown.columns(), TableMetadata.Column::name, column.name())
          .filter(there -> there.type().equals(column.type()))
          .ifPresent(there -> positions.put(index, shown.columns().indexOf(there)));
    }
    return positions;
  }

  /** The scan that stands for one at the source. */
  static ClusterScan of(
      TableScan original,
      TableName name,
      String cluster,
      String catalog,
      ClusterCatalogs.Shown shown,
      Map<Integer, Integer> positions) {
    RelDataType rowType = rowType(original, shown.table(), positions);
    var table =
        new ClusterTable(
            name,
            new PlannedTable(Optional.of(catalog), shown.schema(), shown.table()),
            rowType,
            positions,
            original.getTable());
    List<String> path = List.of(cluster, catalog, shown.schema(), shown.table().name());
    RelOptTable there =
        RelOptTableImpl.create(
            null, rowType, path, table, (org.apache.calcite.linq4j.tree.Expression) null);
    TableScan scan =
        original instanceof GuardedScan guarded
            ? new GuardedScan(
                original.getCluster(), there, guarded.filter().map(numbered(positions)::apply))
            : LogicalTableScan.create(original.getCluster(), there, List.of());
    return new ClusterScan(scan, positions);
  }

  /** The cluster's columns; those of the source's table have the type they were bound with. */
  private static RelDataType rowType(
      TableScan original, TableMetadata shown, Map<Integer, Integer> positions) {
    RelDataTypeFactory types = original.getCluster().getTypeFactory();
    List<SqlType.Field> fields =
        shown.columns().stream()
            .map(column -> new SqlType.Field(column.name(), column.type(), column.nullable()))
            .toList();
    RelDataType there = RelTypes.rowType(types, fields);
    List<RelDataType> columnTypes =
        new ArrayList<>(there.getFieldList().stream().map(field -> field.getType()).toList());
    positions.forEach(
        (own, position) ->
            columnTypes.set(position, original.getRowType().getFieldList().get(own).getType()));
    return types.createStructType(columnTypes, there.getFieldNames());
  }

  /** The columns of the source's table, all of which the cluster shows. */
  RelNode columns(List<String> names) {
    List<RexNode> columns =
        IntStream.range(0, names.size())
            .<RexNode>mapToObj(
                own -> scan.getCluster().getRexBuilder().makeInputRef(scan, positions.get(own)))
            .toList();
    return LogicalProject.create(scan, List.of(), columns, names, Set.of());
  }

  /** A projection of the source's table over the cluster's. */
  RelNode under(Project project) {
    return project.copy(
        project.getTraitSet(),
        scan,
        numbered(positions).apply(project.getProjects()),
        project.getRowType());
  }

  private static RexShuttle numbered(Map<Integer, Integer> positions) {
    return new RexShuttle() {
      @Override
      public RexNode visitInputRef(RexInputRef reference) {
        return new RexInputRef(positions.get(reference.getIndex()), reference.getType());
      }
    };
  }
}
