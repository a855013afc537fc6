package io.kurobe.driver.arrow;

/** Where the values of a column of varying length begin and end. */
final class Offsets {
  private final Slice slice;

  private Offsets(Slice slice) {
    this.slice = slice;
  }

  /**
   * Offsets of a column.
   *
   * @param limit what the last may be at most: the length of what they point into
   */
  static Offsets of(Slice slice, int rows, int limit) {
    if (rows == 0) {
      return new Offsets(slice);
    }
    slice.holding(rows + 1L, Integer.SIZE);
    int before = 0;
    for (int i = 0; i <= rows; i++) {
      int offset = slice.intAt(i);
      if (offset < before) {
        throw new ArrowFormatException("offsets of a column do not grow");
      }
      before = offset;
    }
    if (before > limit) {
      throw new ArrowFormatException("a value ends beyond its column");
    }
    return new Offsets(slice);
  }

  int start(int row) {
    return slice.intAt(row);
  }

  int end(int row) {
    return slice.intAt(row + 1);
  }
}
