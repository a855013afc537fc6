package io.kurobe.server.avatica;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;

/** Whether times lose microseconds in {@link WireForm#STOCK}, which has milliseconds alone. */
final class MillisecondCut {
  private static final int MICROS_PER_MILLI = 1_000;

  private MillisecondCut() {}

  /** Whether one of a vector's first rows does, or an element of its arrays. */
  static boolean isIn(FieldVector vector, int rows) {
    if (vector instanceof ListVector list && !(vector instanceof MapVector)) {
      int elements = rows == 0 ? 0 : list.getElementEndIndex(rows - 1);
      return isIn(list.getDataVector(), elements);
    }
    for (int row = 0; row < rows; row++) {
      if (vector instanceof TimeMicroVector times) {
        if (!times.isNull(row) && times.get(row) % MICROS_PER_MILLI != 0) {
          return true;
        }
      } else if (vector instanceof TimeStampVector times) {
        if (!times.isNull(row) && times.get(row) % MICROS_PER_MILLI != 0) {
          return true;
        }
      } else {
        return false;
      }
    }
    return false;
  }
}
