package io.kurobe.adapters.jdbc;

import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;

/** Reads one column of a result set into a vector. */
@FunctionalInterface
interface JdbcColumn {
  int LONGEST_VALUE = 100;

  /** Reads the column of the current row into a row of the vector. */
  void read(ResultSet rows, int column, int row) throws SQLException;

  /**
   * The reader for a vector. A value that its type does not hold is an error with the source, the
   * column and the value.
   */
  static JdbcColumn of(
      FieldVector vector, String source, Function<Object, Object> values, Consumer<Loss> losses) {
    JdbcColumn column = plain(vector, values, losses);
    return (rows, index, row) -> {
      try {
        column.read(rows, index, row);
      } catch (ArithmeticException | DateTimeException e) {
        throw unfit(source, vector, rows.getString(index), e);
      }
    };
  }

  private static KurobeException unfit(
      String source, FieldVector vector, String value, RuntimeException e) {
    SqlType type = ArrowTypes.type(vector.getField());
    boolean time =
        switch (type.kind()) {
          case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> true;
          default -> false;
        };
    return new KurobeException(
        time ? ErrorCode.DATETIME_OUT_OF_RANGE : ErrorCode.NUMERIC_OUT_OF_RANGE,
        "source "
            + source
            + ", column \""
            + vector.getName()
            + "\": the value "
            + (value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value)
            + " does not fit into "
            + type,
        e);
  }

  private static JdbcColumn plain(
      FieldVector vector, Function<Object, Object> values, Consumer<Loss> losses) {
    SqlType type = ArrowTypes.type(vector.getField());
    return switch (type.kind()) {
      case INTEGER -> {
        var integers = (IntVector) vector;
        yield (rows, column, row) -> {
          int value = rows.getInt(column);
          if (rows.wasNull()) {
            integers.setNull(row);
          } else {
            integers.setSafe(row, value);
          }
        };
      }
      case BIGINT -> {
        var longs = (BigIntVector) vector;
        yield (rows, column, row) -> {
          long value = rows.getLong(column);
          if (rows.wasNull()) {
            longs.setNull(row);
          } else {
            longs.setSafe(row, value);
          }
        };
      }
      case DOUBLE -> {
        var doubles = (Float8Vector) vector;
        yield (rows, column, row) -> {
          double value = rows.getDouble(column);
          if (rows.wasNull()) {
            doubles.setNull(row);
          } else {
            doubles.setSafe(row, value);
          }
        };
      }
      // The text of a time is exact to the last digit and knows no zone but its own.
      case CHAR, VARCHAR, JSON, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> {
        var writer = new ValueWriter(values, losses);
        yield (rows, column, row) -> writer.write(vector, type, row, rows.getString(column));
      }
      default -> {
        var writer = new ValueWriter(values, losses);
        yield (rows, column, row) -> writer.write(vector, type, row, rows.getObject(column));
      }
    };
  }
}
