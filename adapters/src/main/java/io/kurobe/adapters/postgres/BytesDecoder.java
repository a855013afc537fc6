package io.kurobe.adapters.postgres;

import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseVariableWidthVector;

/** Text (UTF-8 on the wire too) and bytes: copied as they come. */
final class BytesDecoder implements ColumnDecoder {
  private static final int EXPECTED_WIDTH = 16;

  private final BaseVariableWidthVector vector;
  private long data;
  private long offsets;
  private long validity;
  private long dataCapacity;
  private int capacity;
  private int end;

  BytesDecoder(BaseVariableWidthVector vector) {
    this.vector = vector;
  }

  @Override
  public void start(int rows) {
    vector.clear();
    vector.allocateNew((long) rows * EXPECTED_WIDTH, rows);
    refresh();
    end = 0;
    MemoryUtil.putInt(offsets, 0);
  }

  @Override
  public void value(CopyInput input, int length, int row) {
    ensure(row);
    long needed = (long) end + length;
    if (needed > dataCapacity) {
      vector.reallocDataBuffer(Math.max(needed, 2 * dataCapacity));
      refresh();
    }
    input.copy(length, data + end);
    end += length;
    long bits = validity + (row >> 3);
    MemoryUtil.putByte(bits, (byte) (MemoryUtil.getByte(bits) | 1 << (row & 7)));
    MemoryUtil.putInt(offsets + 4L * (row + 1), end);
  }

  @Override
  public void missing(int row) {
    ensure(row);
    MemoryUtil.putInt(offsets + 4L * (row + 1), end);
  }

  @Override
  public void finish(int rows) {
    vector.setLastSet(rows - 1);
    vector.setValueCount(rows);
  }

  private void ensure(int row) {
    while (row >= capacity) {
      vector.reallocValidityAndOffsetBuffers();
      refresh();
    }
  }

  private void refresh() {
    data = vector.getDataBuffer().memoryAddress();
    offsets = vector.getOffsetBuffer().memoryAddress();
    validity = vector.getValidityBuffer().memoryAddress();
    dataCapacity = vector.getDataBuffer().capacity();
    capacity = vector.getValueCapacity();
  }
}
