package io.kurobe.driver;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/** An array value; its elements are what {@code getObject} gives for a column of their type. */
final class ListArray implements Array {
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
  public Object getArray() throws SQLException {
    return slice(0, elements.size());
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    if (index < 1 || count < 0 || index - 1 + count > elements.size()) {
      throw SqlErrors.of(
          "2202E", "elements " + index + " and on of an array of " + elements.size());
    }
    return slice((int) index - 1, count);
  }

  private Object[] slice(int from, int count) throws SQLException {
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
  public Object getArray(Map<String, Class<?>> map) throws SQLException {
    return getArray();
  }

  @Override
  public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
    return getArray(index, count);
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    throw SqlErrors.unsupported("an array as a result set");
  }

  @Override
  public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
    return getResultSet();
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    return getResultSet();
  }

  @Override
  public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map)
      throws SQLException {
    return getResultSet();
  }

  @Override
  public void free() {
    // The elements belong to the row.
  }

  @Override
  public String toString() {
    return elements.toString();
  }
}
