package io.kurobe.driver;

import io.kurobe.driver.arrow.BooleanVector;
import io.kurobe.driver.arrow.ColumnVector;
import io.kurobe.driver.arrow.DecimalVector;
import io.kurobe.driver.arrow.FloatingVector;
import io.kurobe.driver.arrow.IntegerVector;
import io.kurobe.driver.arrow.TextVector;

/**
 * Values that are read from a column as they lie there, without an object for each. A {@link Cell}
 * reads the same of any column, and tells what is wrong with what cannot be read so.
 */
final class PlainValues {
  private PlainValues() {}

  /** Whether {@link #whole} reads the value of a row that is not NULL. */
  static boolean isWhole(ColumnVector vector, int row) {
    return vector instanceof IntegerVector
        || vector instanceof DecimalVector && ((DecimalVector) vector).hasWhole(row);
  }

  /** A number without what stands behind its point. */
  static long whole(ColumnVector vector, int row) {
    return vector instanceof IntegerVector
        ? ((IntegerVector) vector).value(row)
        : ((DecimalVector) vector).whole(row);
  }

  /** Whether {@link #real} reads the values of a column. */
  static boolean isReal(ColumnVector vector) {
    return vector instanceof FloatingVector
        || vector instanceof IntegerVector
        || vector instanceof DecimalVector;
  }

  /** A number as the nearest floating one. */
  static double real(ColumnVector vector, int row) {
    if (vector instanceof FloatingVector) {
      return ((FloatingVector) vector).value(row);
    }
    return vector instanceof IntegerVector
        ? ((IntegerVector) vector).value(row)
        : ((DecimalVector) vector).real(row);
  }

  /** Whether a column's values as objects are those of {@code getObject}. */
  static boolean isObject(ColumnVector vector) {
    return vector instanceof IntegerVector
        || vector instanceof FloatingVector
        || vector instanceof BooleanVector
        || vector instanceof DecimalVector;
  }

  /** Whether {@link #text} reads the values of a column. */
  static boolean isText(ColumnVector vector) {
    return vector instanceof TextVector
        || vector instanceof IntegerVector
        || vector instanceof DecimalVector
        || vector instanceof BooleanVector;
  }

  static String text(ColumnVector vector, int row) {
    if (vector instanceof TextVector) {
      return ((TextVector) vector).value(row);
    }
    if (vector instanceof DecimalVector) {
      return ((DecimalVector) vector).text(row);
    }
    return vector instanceof IntegerVector
        ? Long.toString(((IntegerVector) vector).value(row))
        : Boolean.toString(((BooleanVector) vector).value(row));
  }
}
