package io.kurobe.driver.arrow;

import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * The nodes and buffers of a record batch, taken in the order of the schema, depth first. Buffers
 * may be compressed as "Compression" of the format's specification says.
 */
final class BatchParts {
  /** A page's bytes at most, four times; one row may have more. */
  private static final long MOST_BYTES = 8L << 20;

  /** What says that a buffer is as it was. */
  private static final long NOT_COMPRESSED = -1;

  private final RecordBatch batch;
  private final Slice body;
  private final boolean compressed;
  private int node;
  private int buffer;
  private long room;

  BatchParts(RecordBatch batch, Slice body) {
    this.batch = batch;
    this.body = body;
    this.compressed = isCompressed(batch.compression());
    long most = (long) body.length() * Lz4Frame.MOST_EXPANSION;
    this.room = batch.length() > 1 ? Math.min(MOST_BYTES, most) : most;
  }

  private static boolean isCompressed(@Nullable BodyCompression how) {
    if (how == null) {
      return false;
    }
    if (how.codec() != CompressionType.LZ4_FRAME || how.method() != BodyCompressionMethod.BUFFER) {
      throw new ArrowFormatException("a batch is compressed as was not asked for");
    }
    return true;
  }

  /**
   * The next node, which has to have so many rows.
   *
   * @return how many of them are NULL
   */
  long nulls(int rows) {
    FieldNode next = node(rows);
    return next.nullCount();
  }

  /** How many rows the next node has, without taking it. */
  int length() {
    FieldNode next = batch.nodes(node);
    if (next == null || next.length() < 0 || next.length() > Integer.MAX_VALUE) {
      throw new ArrowFormatException("a batch has too few nodes");
    }
    return (int) next.length();
  }

  private FieldNode node(int rows) {
    if (node >= batch.nodesLength()) {
      throw new ArrowFormatException("a batch has too few nodes");
    }
    FieldNode next = batch.nodes(node++);
    if (next.length() != rows) {
      throw new ArrowFormatException("a column has " + next.length() + " rows, not " + rows);
    }
    return next;
  }

  /** The next buffer. */
  Slice buffer() {
    Slice sent = sent();
    return compressed && sent.length() > 0 ? expanded(sent) : sent;
  }

  /** Passes by a buffer of which nothing is wanted. */
  void skipBuffer() {
    sent();
  }

  private Slice sent() {
    if (buffer >= batch.buffersLength()) {
      throw new ArrowFormatException("a batch has too few buffers");
    }
    Buffer next = batch.buffers(buffer++);
    long offset = next.offset();
    long length = next.length();
    if (offset < 0 || length < 0 || offset > body.length() || length > body.length() - offset) {
      throw new ArrowFormatException("a buffer is outside of its batch");
    }
    return new Slice(body.bytes(), body.start() + (int) offset, (int) length);
  }

  private Slice expanded(Slice sent) {
    if (sent.length() < Long.BYTES) {
      throw new ArrowFormatException("a compressed buffer does not say its length");
    }
    long length = sent.longAt(0);
    Slice content = sent.from(Long.BYTES);
    if (length == NOT_COMPRESSED) {
      return content;
    }
    if (length < 0
        || length > room
        || length > (long) content.length() * Lz4Frame.MOST_EXPANSION
        || length > Integer.MAX_VALUE - Long.BYTES) {
      throw new ArrowFormatException(
          "a compressed buffer says that it holds " + length + " bytes, which it cannot");
    }
    room -= length;
    byte[] bytes = new byte[(int) length];
    if (length > 0) {
      Lz4Frame.read(content, bytes);
    }
    return new Slice(bytes, 0, bytes.length);
  }
}
