package io.kurobe.planner.bind;

import io.kurobe.adapters.source.PlannedTable;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.catalog.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.Wrapper;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * A table of a source as the validator sees it. However it was named, its {@link RelOptTable} bears
 * the full name, so that {@code public.customers.id} is a column of {@code customers}.
 */
final class CatalogTable extends AbstractTable
    implements TranslatableTable, Wrapper, TextColumns, SourceTable {
  private static final double UNKNOWN_ROWS = 1000;

  private final TableName name;
  private final TableMetadata metadata;
  private final RelDataTypeFactory typeFactory;
  private final List<SqlType.Field> columns;
  private @Nullable RelOptTableImpl bound;

  CatalogTable(TableName name, TableMetadata metadata, RelDataTypeFactory typeFactory) {
    this.name = name;
    this.metadata = metadata;
    this.typeFactory = typeFactory;
    this.columns =
        metadata.columns().stream()
            .map(column -> new SqlType.Field(column.name(), column.type(), column.nullable()))
            .toList();
  }

  @Override
  public TableName name() {
    return name;
  }

  /** The columns with the types of the catalog, which say more than the validator's. */
  List<SqlType.Field> columns() {
    return columns;
  }

  @Override
  public PlannedTable planned() {
    return new PlannedTable(name.schema(), metadata);
  }

  @Override
  public Map<String, String> nativeTypesOfText() {
    Map<String, String> types = new LinkedHashMap<>();
    for (TableMetadata.Column column : metadata.columns()) {
      switch (column.type().kind()) {
        case VARCHAR, CHAR, JSON -> types.put(column.name(), column.nativeType());
        default -> {}
      }
    }
    return types;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    return RelTypes.rowType(factory, columns);
  }

  @Override
  public Statistic getStatistic() {
    List<ImmutableBitSet> keys = new ArrayList<>();
    if (!metadata.primaryKey().isEmpty()) {
      keys.add(positions(metadata.primaryKey()));
    }
    metadata.uniqueKeys().stream()
        .filter(key -> key.stream().noneMatch(this::isNullable))
        .forEach(key -> keys.add(positions(key)));
    double rows = metadata.rowCount().isPresent() ? metadata.rowCount().getAsLong() : UNKNOWN_ROWS;
    return Statistics.of(Math.max(rows, 1), keys);
  }

  private boolean isNullable(String column) {
    return metadata.columns().stream()
        .anyMatch(candidate -> candidate.name().equals(column) && candidate.nullable());
  }

  private ImmutableBitSet positions(List<String> names) {
    List<String> all = metadata.columns().stream().map(TableMetadata.Column::name).toList();
    return ImmutableBitSet.of(names.stream().map(all::indexOf).toList());
  }

  @Override
  public <C> @Nullable C unwrap(Class<C> type) {
    if (type == Prepare.PreparingTable.class) {
      if (bound == null) {
        bound =
            RelOptTableImpl.create(
                null,
                getRowType(typeFactory),
                name.parts(),
                this,
                (org.apache.calcite.linq4j.tree.Expression) null);
      }
      return type.cast(bound);
    }
    return super.unwrap(type);
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return LogicalTableScan.create(context.getCluster(), table, context.getTableHints());
  }
}
