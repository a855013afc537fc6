package io.kurobe.adapters.jdbc;

import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;

/** Reads one column of a result set into a vector. */
@FunctionalInterface
interface JdbcColumn {
  /** Reads the column of the current row into a row of the vector. */
  void read(ResultSet rows, int column, int row) throws SQLException;

  /** The reader for a vector. */
  static JdbcColumn of(FieldVector vector, Function<Object, Object> values, Consumer<Loss> losses) {
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
