package io.kurobe.planner.bind;

import java.util.List;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.Wrapper;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/** A view: a table whose scan is the bound tree of its query, in the statement's own cluster. */
final class ViewTable extends AbstractTable implements TranslatableTable, Wrapper {
  private final List<String> name;
  private final RelNode query;
  private final RelOptTableImpl bound;

  ViewTable(List<String> name, RelNode query) {
    this.name = name;
    this.query = query;
    this.bound =
        RelOptTableImpl.create(
            null, query.getRowType(), name, this, (org.apache.calcite.linq4j.tree.Expression) null);
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    return query.getRowType();
  }

  @Override
  public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable table) {
    return query;
  }

  @Override
  public <C> @Nullable C unwrap(Class<C> type) {
    return type == Prepare.PreparingTable.class ? type.cast(bound) : super.unwrap(type);
  }

  @Override
  public String toString() {
    return "view " + String.join(".", name);
  }
}
