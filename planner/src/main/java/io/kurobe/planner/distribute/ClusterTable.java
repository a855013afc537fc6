package io.kurobe.planner.distribute;

import io.kurobe.adapters.source.PlannedTable;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.bind.SourceTable;
import io.kurobe.planner.bind.TextColumns;
import io.kurobe.planner.catalog.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A source's table as the cluster shows it: under the cluster's names, with the source's keys and
 * estimates.
 */
final class ClusterTable extends AbstractTable implements TextColumns, SourceTable {
  private final TableName name;
  private final PlannedTable shown;
  private final RelDataType rowType;
  private final Map<Integer, Integer> positions;
  private final RelOptTable original;

  /**
   * Makes a table.
   *
   * @param name its name in the unified catalog
   * @param shown the table as the cluster describes it
   * @param rowType its columns, with the types that the query was bound with
   * @param positions where a column of the source's table is among them
   * @param original the table that the query was bound with
   */
  ClusterTable(
      TableName name,
      PlannedTable shown,
      RelDataType rowType,
      Map<Integer, Integer> positions,
      RelOptTable original) {
    this.name = name;
    this.shown = shown;
    this.rowType = rowType;
    this.positions = Map.copyOf(positions);
    this.original = original;
  }

  @Override
  public TableName name() {
    return name;
  }

  @Override
  public PlannedTable planned() {
    return shown;
  }

  @Override
  public Map<String, String> nativeTypesOfText() {
    Map<String, String> types = new LinkedHashMap<>();
    for (TableMetadata.Column column : shown.table().columns()) {
      switch (column.type().kind()) {
        case VARCHAR, CHAR, JSON -> types.put(column.name(), column.nativeType());
        default -> {}
      }
    }
    return types;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    return rowType;
  }

  /** Keys of which the cluster shows all columns. */
  @Override
  public Statistic getStatistic() {
    List<ImmutableBitSet> known = original.getKeys();
    List<ImmutableBitSet> keys =
        (known == null ? List.<ImmutableBitSet>of() : known)
            .stream()
                .filter(key -> positions.keySet().containsAll(key.toList()))
                .map(key -> ImmutableBitSet.of(key.toList().stream().map(positions::get).toList()))
                .toList();
    return Statistics.of(original.getRowCount(), keys);
  }
}
