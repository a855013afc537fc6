package io.kurobe.driver.arrow;

/** Which rows are NULL: a bitmap, least bit first, where a set bit means a value. */
final class Validity {
  static final Validity NO_NULLS = new Validity(new byte[0], -1);
  static final Validity ALL_NULLS = new Validity(new byte[0], -2);

  private final byte[] bytes;
  private final int start;

  private Validity(byte[] bytes, int start) {
    this.bytes = bytes;
    this.start = start;
  }

  static Validity of(Slice bitmap) {
    return new Validity(bitmap.bytes(), bitmap.start());
  }

  boolean isNull(int row) {
    return start < 0 ? start == -2 : (bytes[start + (row >> 3)] & (1 << (row & 7))) == 0;
  }
}
