package io.kurobe.adapters.embedded;

import io.kurobe.adapters.batch.Loss;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.TypeLayout;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Brings a batch that DuckDB exported into the layout of the requested fields, at any depth. Nearly
 * all buffers are taken as they are; DuckDB exports a UUID as text, an interval as months, days and
 * nanoseconds, and TIMESTAMP_NS as nanoseconds, which are rewritten.
 */
final class VectorLayouts {
  private static final int INTERVAL_BYTES = 16;
  private static final int UUID_BYTES = 16;
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final int DAYS_PER_MONTH = 30;

  private final Iterator<ArrowFieldNode> nodes;
  private final Iterator<ArrowBuf> buffers;
  private final BufferAllocator allocator;
  private final List<ArrowFieldNode> adaptedNodes = new ArrayList<>();
  private final List<ArrowBuf> adaptedBuffers = new ArrayList<>();
  private final List<ArrowBuf> made = new ArrayList<>();
  private boolean cut;

  private VectorLayouts(ArrowRecordBatch batch, BufferAllocator allocator) {
    this.nodes = batch.getNodes().iterator();
    this.buffers = batch.getBuffers().iterator();
    this.allocator = allocator;
  }

  /**
   * The same rows in the layout of the wanted fields; the caller closes it and the given batch.
   *
   * @param losses told what values lost
   */
  static ArrowRecordBatch adapt(
      ArrowRecordBatch batch,
      List<Field> given,
      List<Field> wanted,
      BufferAllocator allocator,
      Consumer<Loss> losses) {
    var layouts = new VectorLayouts(batch, allocator);
    try {
      for (int i = 0; i < wanted.size(); i++) {
        layouts.adapt(given.get(i), wanted.get(i));
      }
      if (layouts.cut) {
        losses.accept(Loss.TIME_CUT);
      }
      return new ArrowRecordBatch(batch.getLength(), layouts.adaptedNodes, layouts.adaptedBuffers);
    } finally {
      // The batch holds its own references.
      layouts.made.forEach(ArrowBuf::close);
    }
  }

  private void adapt(Field given, Field wanted) {
    if (wanted.getType() instanceof ArrowType.Null) {
      adaptedNodes.add(new ArrowFieldNode(skip(given), 0));
    } else if (isInterval(given)) {
      interval(wanted);
    } else if (wanted.getType() instanceof ArrowType.FixedSizeBinary) {
      uuid();
    } else if (isNanoseconds(given) && !isNanoseconds(wanted)) {
      microseconds();
    } else {
      adaptedNodes.add(nodes.next());
      for (int i = TypeLayout.getTypeBufferCount(given.getType()); i > 0; i--) {
        adaptedBuffers.add(buffers.next());
      }
      for (int i = 0; i < given.getChildren().size(); i++) {
        adapt(given.getChildren().get(i), wanted.getChildren().get(i));
      }
    }
  }

  private int skip(Field given) {
    int rows = nodes.next().getLength();
    for (int i = TypeLayout.getTypeBufferCount(given.getType()); i > 0; i--) {
      buffers.next();
    }
    given.getChildren().forEach(this::skip);
    return rows;
  }

  private static boolean isInterval(Field field) {
    return field.getType() instanceof ArrowType.Interval interval
        && interval.getUnit() == IntervalUnit.MONTH_DAY_NANO;
  }

  private static boolean isNanoseconds(Field field) {
    return field.getType() instanceof ArrowType.Timestamp timestamp
        && timestamp.getUnit() == TimeUnit.NANOSECOND;
  }

  /** What is finer is cut, downward before 1970 too; the infinite stays so. */
  private void microseconds() {
    ArrowFieldNode node = nodes.next();
    ArrowBuf validity = buffers.next();
    ArrowBuf data = buffers.next();
    adaptedNodes.add(node);
    adaptedBuffers.add(validity);
    int rows = node.getLength();
    ArrowBuf micros = make((long) rows * Long.BYTES);
    for (int row = 0; row < rows; row++) {
      long at = (long) row * Long.BYTES;
      long nanos = data.getLong(at);
      boolean infinite = nanos == Long.MAX_VALUE || nanos == -Long.MAX_VALUE;
      micros.setLong(at, infinite ? nanos : Math.floorDiv(nanos, NANOS_PER_MICRO));
      cut |= !infinite && nanos % NANOS_PER_MICRO != 0 && !isNull(node, validity, row);
    }
  }

  private void interval(Field wanted) {
    ArrowFieldNode node = nodes.next();
    ArrowBuf validity = buffers.next();
    ArrowBuf data = buffers.next();
    int rows = node.getLength();
    adaptedNodes.add(node);
    adaptedBuffers.add(validity);
    if (wanted.getType() instanceof ArrowType.Utf8) {
      intervalText(node, validity, data);
    } else if (wanted.getType() instanceof ArrowType.Interval) {
      ArrowBuf months = make((long) rows * Integer.BYTES);
      for (int row = 0; row < rows; row++) {
        months.setInt((long) row * Integer.BYTES, data.getInt((long) row * INTERVAL_BYTES));
      }
    } else {
      ArrowBuf micros = make((long) rows * Long.BYTES);
      for (int row = 0; row < rows; row++) {
        long at = (long) row * INTERVAL_BYTES;
        long days = (long) data.getInt(at) * DAYS_PER_MONTH + data.getInt(at + 4);
        long value = days * MICROS_PER_DAY + data.getLong(at + 8) / 1000;
        micros.setLong((long) row * Long.BYTES, isNull(node, validity, row) ? 0 : value);
      }
    }
  }

  private void intervalText(ArrowFieldNode node, ArrowBuf validity, ArrowBuf data) {
    int rows = node.getLength();
    var texts = new byte[rows][];
    long bytes = 0;
    for (int row = 0; row < rows; row++) {
      long at = (long) row * INTERVAL_BYTES;
      texts[row] =
          isNull(node, validity, row)
              ? new byte[0]
              : iso(data.getInt(at), data.getInt(at + 4), data.getLong(at + 8))
                  .getBytes(StandardCharsets.US_ASCII);
      bytes += texts[row].length;
    }
    ArrowBuf offsets = make((long) (rows + 1) * Integer.BYTES);
    ArrowBuf text = make(bytes);
    int offset = 0;
    offsets.setInt(0, 0);
    for (int row = 0; row < rows; row++) {
      text.setBytes(offset, texts[row]);
      offset += texts[row].length;
      offsets.setInt((long) (row + 1) * Integer.BYTES, offset);
    }
  }

  /** ISO 8601, such as {@code P1Y2M3DT4H5M6.5S}. */
  private static String iso(int months, int days, long nanos) {
    String date = Period.of(0, months, days).normalized().toString();
    if (nanos == 0) {
      return date.equals("P0D") ? "PT0S" : date;
    }
    String time = Duration.ofNanos(nanos).toString();
    return date.equals("P0D") ? time : date + time.substring(1);
  }

  private void uuid() {
    ArrowFieldNode node = nodes.next();
    ArrowBuf validity = buffers.next();
    ArrowBuf offsets = buffers.next();
    ArrowBuf text = buffers.next();
    adaptedNodes.add(node);
    adaptedBuffers.add(validity);
    int rows = node.getLength();
    ArrowBuf binary = make((long) rows * UUID_BYTES);
    for (int row = 0; row < rows; row++) {
      long to = (long) row * UUID_BYTES;
      if (isNull(node, validity, row)) {
        binary.setZero(to, UUID_BYTES);
        continue;
      }
      long from = offsets.getInt((long) row * Integer.BYTES) & 0xFFFF_FFFFL;
      for (int i = 0; i < UUID_BYTES; i++) {
        from += text.getByte(from) == '-' ? 1 : 0;
        int high = Character.digit(text.getByte(from++), 16);
        int low = Character.digit(text.getByte(from++), 16);
        binary.setByte(to + i, (byte) (high << 4 | low));
      }
    }
  }

  private static boolean isNull(ArrowFieldNode node, ArrowBuf validity, int row) {
    return node.getNullCount() != 0 && BitVectorHelper.get(validity, row) == 0;
  }

  private ArrowBuf make(long bytes) {
    ArrowBuf buffer = allocator.buffer(bytes);
    buffer.writerIndex(bytes);
    made.add(buffer);
    adaptedBuffers.add(buffer);
    return buffer;
  }
}
