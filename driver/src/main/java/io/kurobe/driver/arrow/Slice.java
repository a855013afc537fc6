package io.kurobe.driver.arrow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A buffer of a record batch: a range of a page's bytes, read as little-endian numbers. */
final class Slice {
  private static final VarHandle SHORT = view(short[].class);

  /** A number anywhere in an array, the lowest byte first. */
  static final VarHandle INT = view(int[].class);

  static final VarHandle LONG = view(long[].class);

  private final byte[] bytes;
  private final int start;
  private final int length;

  Slice(byte[] bytes, int start, int length) {
    this.bytes = bytes;
    this.start = start;
    this.length = length;
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  /** What it has from a byte on, which has to be in it. */
  Slice from(int first) {
    return new Slice(bytes, start + first, length - first);
  }

  /** Itself, if it has room for so many values. */
  Slice holding(long values, int bitsEach) {
    if ((values * bitsEach + 7) / 8 > length) {
      throw new ArrowFormatException("a buffer is shorter than its column");
    }
    return this;
  }

  byte byteAt(int index) {
    return bytes[start + index];
  }

  int shortAt(int index) {
    return (short) SHORT.get(bytes, start + 2 * index);
  }

  int intAt(int index) {
    return (int) INT.get(bytes, start + 4 * index);
  }

  long longAt(int index) {
    return (long) LONG.get(bytes, start + 8 * index);
  }
}
