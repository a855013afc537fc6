package io.kurobe.adapters.embedded;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * DuckDB's infinite dates and timestamps, which are the ends of the range of their numbers. No SQL
 * date is infinite, and none would be read for the far one that such a number also is.
 */
final class InfiniteTimes {
  private InfiniteTimes() {}

  /**
   * Fails if there is one.
   *
   * @throws KurobeException 22008 with its column
   */
  static void refuse(VectorSchemaRoot rows) {
    for (FieldVector vector : rows.getFieldVectors()) {
      if (vector instanceof DateDayVector) {
        refuse(vector, "DATE", isInfiniteDay());
      } else if (vector instanceof TimeStampMicroVector) {
        refuse(vector, "TIMESTAMP", isInfiniteMicro());
      } else if (vector instanceof TimeStampMicroTZVector) {
        refuse(vector, "TIMESTAMP WITH TIME ZONE", isInfiniteMicro());
      }
    }
  }

  private interface Infinite {
    boolean at(ArrowBuf data, int row);
  }

  private static Infinite isInfiniteDay() {
    return (data, row) -> {
      int days = data.getInt((long) row * Integer.BYTES);
      return days == Integer.MAX_VALUE || days == -Integer.MAX_VALUE;
    };
  }

  private static Infinite isInfiniteMicro() {
    return (data, row) -> {
      long micros = data.getLong((long) row * Long.BYTES);
      return micros == Long.MAX_VALUE || micros == -Long.MAX_VALUE;
    };
  }

  private static void refuse(FieldVector vector, String type, Infinite infinite) {
    ArrowBuf data = vector.getDataBuffer();
    int rows = vector.getValueCount();
    for (int row = 0; row < rows; row++) {
      // What a NULL has in its place means nothing.
      if (infinite.at(data, row) && !vector.isNull(row)) {
        throw new KurobeException(
                ErrorCode.DATETIME_OUT_OF_RANGE,
                "column \"" + vector.getName() + "\": " + type + " holds no infinity")
            .withHint("Cast the column to VARCHAR, or leave such rows out.");
      }
    }
  }
}
