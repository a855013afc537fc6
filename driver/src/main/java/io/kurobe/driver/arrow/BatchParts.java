package io.kurobe.driver.arrow;

import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;

/** The nodes and buffers of a record batch, taken in the order of the schema, depth first. */
final class BatchParts {
  private final RecordBatch batch;
  private final Slice body;
  private int node;
  private int buffer;

  BatchParts(RecordBatch batch, Slice body) {
    if (batch.compression() != null) {
      throw new ArrowFormatException("a batch is compressed, which was not asked for");
    }
    this.batch = batch;
    this.body = body;
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
}
