package io.kurobe.server.wire;

import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** How many bytes of vectors the rows of a batch take, without looking at each. */
final class RowSizes {
  private final List<FieldVector> vectors;

  RowSizes(List<FieldVector> vectors) {
    this.vectors = vectors;
  }

  long bytes(int from, int rows) {
    return upTo(from + rows) - upTo(from);
  }

  /** How many rows from one on take no more than so many bytes; may be none. */
  int fitting(int from, int most, long room) {
    if (bytes(from, most) <= room) {
      return most;
    }
    int fits = 0;
    int tooMany = most;
    while (tooMany - fits > 1) {
      int tried = (fits + tooMany) >>> 1;
      if (bytes(from, tried) <= room) {
        fits = tried;
      } else {
        tooMany = tried;
      }
    }
    return fits;
  }

  private long upTo(int row) {
    long sum = 0;
    for (FieldVector vector : vectors) {
      sum += vector.getBufferSizeFor(row);
    }
    return sum;
  }
}
