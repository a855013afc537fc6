package io.kurobe.server.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.TransferPair;

/**
 * A part of a stream in Arrow's IPC format, being written: whole messages, each aligned to 8 bytes,
 * so that parts one after the other are a stream again.
 */
final class ArrowStream {
  /** More than a message's metadata takes, for each buffer of its batch. */
  private static final int METADATA_BYTES = 64;

  /** Less than this goes in one packet, however small it is made. */
  private static final int WORTH_COMPRESSING = 1_400;

  private final boolean compressed;
  private final PageBytes bytes = new PageBytes();
  private final WriteChannel out = new WriteChannel(bytes);

  /**
   * A part to be written.
   *
   * @param compressed whether batches are made smaller, where that is worth it
   */
  ArrowStream(boolean compressed) {
    this.compressed = compressed;
  }

  void schema(Schema schema) {
    write(() -> MessageSerializer.serialize(out, schema));
  }

  /** Copies rows of a batch. */
  void batch(VectorSchemaRoot root, int from, int rows) {
    if (from == 0 && rows == root.getRowCount()) {
      batch(root);
      return;
    }
    List<FieldVector> slices = new ArrayList<>();
    try {
      for (FieldVector vector : root.getFieldVectors()) {
        TransferPair slice = vector.getTransferPair(vector.getAllocator());
        slices.add((FieldVector) slice.getTo());
        slice.splitAndTransfer(from, rows);
      }
      batch(new VectorSchemaRoot(root.getSchema().getFields(), slices, rows));
    } finally {
      slices.forEach(FieldVector::close);
    }
  }

  private void batch(VectorSchemaRoot root) {
    CompressionCodec codec =
        compressed && bytes(root) >= WORTH_COMPRESSING
            ? Lz4Frames.INSTANCE
            : NoCompressionCodec.INSTANCE;
    try (ArrowRecordBatch batch = new VectorUnloader(root, true, codec, true).getRecordBatch()) {
      long buffers = batch.getBuffersLayout().size();
      bytes.reserve(batch.computeBodyLength() + METADATA_BYTES * (buffers + 2));
      write(() -> MessageSerializer.serialize(out, batch));
    }
  }

  private static long bytes(VectorSchemaRoot root) {
    return root.getFieldVectors().stream().mapToLong(FieldVector::getBufferSize).sum();
  }

  /** Writes the mark after the last batch. */
  void end() {
    write(
        () -> {
          out.writeIntLittleEndian(MessageSerializer.IPC_CONTINUATION_TOKEN);
          return out.writeIntLittleEndian(0);
        });
  }

  /** What was written; nothing is written afterwards. */
  ByteBuffer written() {
    return bytes.written();
  }

  private interface Write {
    Object run() throws IOException;
  }

  private static void write(Write write) {
    try {
      write.run();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
  }
}
