package io.kurobe.driver;

import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/** An array value; its elements are what {@code getObject} gives for a column of their type. */
final class ListArray extends ElementArray {
  private final @Nullable ColumnMetaData column;
  private final List<?> elements;
  private final ZoneId zone;

  /**
   * An array.
   *
   * @param column of which it is a value; null for one within another value
   */
  ListArray(@Nullable ColumnMetaData column, List<?> elements, ZoneId zone) {
    this.column = column;
    this.elements = elements;
    this.zone = zone;
  }

  private ColumnMetaData.@Nullable AvaticaType elementType() {
    return column != null && column.type instanceof ColumnMetaData.ArrayType
        ? ((ColumnMetaData.ArrayType) column.type).getComponent()
        : null;
  }

  @Override
  public @Nullable String getBaseTypeName() {
    ColumnMetaData.AvaticaType type = elementType();
    return type == null ? null : type.name;
  }

  @Override
  public int getBaseType() {
    ColumnMetaData.AvaticaType type = elementType();
    return type == null ? java.sql.Types.OTHER : type.id;
  }

  @Override
  int size() {
    return elements.size();
  }

  @Override
  Object[] slice(int from, int count) throws SQLException {
    ColumnMetaData.AvaticaType type = elementType();
    Object[] values = new Object[count];
    for (int i = 0; i < count; i++) {
      Object raw = elements.get(from + i);
      values[i] =
          raw == null || column == null || type == null
              ? NestedValue.of(raw, zone)
              : new Cell(element(column, type), raw, zone).object();
    }
    return values;
  }

  private static ColumnMetaData element(ColumnMetaData column, ColumnMetaData.AvaticaType type) {
    return new ColumnMetaData(
        0,
        false,
        true,
        false,
        false,
        column.nullable,
        true,
        0,
        column.label,
        column.columnName,
        column.schemaName,
        0,
        0,
        column.tableName,
        column.catalogName,
        type,
        true,
        false,
        false,
        type.columnClassName());
  }

  @Override
  public String toString() {
    return elements.toString();
  }
}
