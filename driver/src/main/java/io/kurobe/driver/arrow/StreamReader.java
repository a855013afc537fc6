package io.kurobe.driver.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads an Arrow IPC stream that comes in parts, each of whole messages: "Encapsulated message
 * format" and "IPC streaming format" of the specification. One thread at a time uses it.
 */
public final class StreamReader {
  private static final int CONTINUATION = -1;
  private static final int PREFIX_BYTES = 8;

  private @Nullable List<VectorReader> columns;
  private Map<String, String> metadata = Map.of();
  private boolean ended;

  /** What the schema says of itself under a key; empty until the schema was read. */
  public Optional<String> metadata(String key) {
    return Optional.ofNullable(metadata.get(key));
  }

  /** Whether the mark of the stream's end was read. */
  public boolean ended() {
    return ended;
  }

  /**
   * Reads the next part. The batches read from its bytes, which must not be changed afterwards.
   *
   * @throws ArrowFormatException if it is not one
   */
  public List<Batch> read(byte[] part) {
    List<Batch> batches = new ArrayList<>();
    try {
      int position = 0;
      while (position < part.length) {
        position = message(part, position, batches);
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException | NullPointerException e) {
      // The generated classes follow offsets wherever they lead.
      throw new ArrowFormatException("a message is broken", e);
    }
    return batches;
  }

  private int message(byte[] part, int position, List<Batch> batches) {
    if (ended || position + PREFIX_BYTES > part.length) {
      throw new ArrowFormatException("there are bytes after the last message");
    }
    ByteBuffer bytes = ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.getInt(position) != CONTINUATION) {
      throw new ArrowFormatException("a message does not begin as one");
    }
    int length = bytes.getInt(position + Integer.BYTES);
    int start = position + PREFIX_BYTES;
    if (length == 0) {
      ended = true;
      return start;
    }
    if (length < 0 || length > part.length - start) {
      throw new ArrowFormatException("a message is longer than its page");
    }
    ByteBuffer header = ByteBuffer.wrap(part, start, length).slice();
    Message message = Message.getRootAsMessage(header.order(ByteOrder.LITTLE_ENDIAN));
    long body = message.bodyLength();
    int bodyStart = start + length;
    if (body < 0 || body > part.length - bodyStart) {
      throw new ArrowFormatException("the body of a message is longer than its page");
    }
    Slice content = new Slice(part, bodyStart, (int) body);
    if (message.headerType() == MessageHeader.Schema) {
      schema((Schema) required(message.header(new Schema())));
    } else if (message.headerType() == MessageHeader.RecordBatch) {
      batches.add(batch((RecordBatch) required(message.header(new RecordBatch())), content));
    } else {
      throw new ArrowFormatException("a message is of kind " + message.headerType());
    }
    return bodyStart + (int) body;
  }

  private void schema(Schema schema) {
    if (columns != null) {
      throw new ArrowFormatException("the schema comes twice");
    }
    List<VectorReader> readers = new ArrayList<>();
    for (int i = 0; i < schema.fieldsLength(); i++) {
      readers.add(VectorReader.of(required(schema.fields(i)), 0));
    }
    Map<String, String> entries = new HashMap<>();
    for (int i = 0; i < schema.customMetadataLength(); i++) {
      KeyValue entry = required(schema.customMetadata(i));
      entries.put(required(entry.key()), required(entry.value()));
    }
    columns = readers;
    metadata = Map.copyOf(entries);
  }

  private Batch batch(RecordBatch batch, Slice body) {
    if (columns == null) {
      throw new ArrowFormatException("a batch comes before the schema");
    }
    long rows = batch.length();
    if (rows < 0 || rows > Integer.MAX_VALUE) {
      throw new ArrowFormatException("a batch has " + rows + " rows");
    }
    BatchParts parts = new BatchParts(batch, body);
    List<ColumnVector> vectors = new ArrayList<>();
    for (VectorReader column : columns) {
      vectors.add(column.read(parts, (int) rows));
    }
    return new Batch((int) rows, vectors);
  }

  private static <T> T required(@Nullable T part) {
    if (part == null) {
      throw new ArrowFormatException("a message lacks a part");
    }
    return part;
  }
}
