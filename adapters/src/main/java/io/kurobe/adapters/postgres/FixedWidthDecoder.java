package io.kurobe.adapters.postgres;

import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseFixedWidthVector;

/** A decoder into a vector whose values have one width; subclasses write the value's bytes. */
abstract class FixedWidthDecoder implements ColumnDecoder {
  private final BaseFixedWidthVector vector;
  private final int width;
  private final int wireLength;
  private final Values problems;
  private long data;
  private long validity;
  private int capacity;

  FixedWidthDecoder(BaseFixedWidthVector vector, int wireLength, Values problems) {
    this.vector = vector;
    this.width = vector.getTypeWidth();
    this.wireLength = wireLength;
    this.problems = problems;
  }

  /** Reads one value, all of it, and writes it at the address. */
  abstract void write(CopyInput input, long address);

  @Override
  public void start(int rows) {
    vector.clear();
    vector.allocateNew(rows);
    refresh();
  }

  @Override
  public void value(CopyInput input, int length, int row) {
    if (length != wireLength) {
      throw problems.length(length);
    }
    write(input, slot(row));
  }

  /** Where a value that is present goes. */
  final long slot(int row) {
    while (row >= capacity) {
      grow();
    }
    long bits = validity + (row >> 3);
    MemoryUtil.putByte(bits, (byte) (MemoryUtil.getByte(bits) | 1 << (row & 7)));
    return data + (long) row * width;
  }

  @Override
  public void missing(int row) {
    // The bits of new buffers are zero.
    while (row >= capacity) {
      grow();
    }
  }

  @Override
  public void finish(int rows) {
    vector.setValueCount(rows);
  }

  private void grow() {
    vector.reAlloc();
    refresh();
  }

  private void refresh() {
    data = vector.getDataBuffer().memoryAddress();
    validity = vector.getValidityBuffer().memoryAddress();
    capacity = vector.getValueCapacity();
  }
}
