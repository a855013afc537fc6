package io.kurobe.server.wire;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** A channel into the heap: what is written is copied once, and read where it stands. */
final class PageBytes implements WritableByteChannel {
  private static final int FEW = 1 << 10;
  private static final int MOST = Integer.MAX_VALUE - 8;

  private byte[] bytes = new byte[FEW];
  private int size;

  /** Makes room for what is about to be written, so that growing does not copy it again. */
  void reserve(long more) {
    int needed = Math.toIntExact(size + more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * size, MOST)));
    }
  }

  @Override
  public int write(ByteBuffer source) {
    int length = source.remaining();
    reserve(length);
    source.get(bytes, size, length);
    size += length;
    return length;
  }

  /** All that was written; nothing is written afterwards. */
  ByteBuffer written() {
    return ByteBuffer.wrap(bytes, 0, size);
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
