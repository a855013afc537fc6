package io.kurobe.driver;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** An array by its elements; it has no result set of them, and its classes are not mapped. */
abstract class ElementArray implements Array {
  /** How many elements there are. */
  abstract int size();

  /** Some of them, counted from 0; a new array. */
  abstract Object[] slice(int from, int count) throws SQLException;

  @Override
  public Object getArray() throws SQLException {
    return slice(0, size());
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    if (index < 1 || count < 0 || index - 1 + count > size()) {
      throw SqlErrors.of("2202E", "elements " + index + " and on of an array of " + size());
    }
    return slice((int) index - 1, count);
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
    // The elements are the garbage collector's.
  }
}
