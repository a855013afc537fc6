package io.kurobe.adapters.testing;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.util.Text;
import org.jspecify.annotations.Nullable;

/**
 * The rows of batches as Java values that compare by {@code equals}: numbers, String, LocalDate,
 * LocalTime, LocalDateTime, Instant, UUID, Duration, Period, ByteBuffer for bytes, List for ARRAY
 * and ROW, Map for MAP.
 */
public final class Rows {
  private Rows() {}

  /** Reads a stream to its end and closes it. */
  public static List<List<@Nullable Object>> of(BatchStream stream) {
    try (stream) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (List<List<@Nullable Object>> batch : batches(stream.reader())) {
        rows.addAll(batch);
      }
      return rows;
    }
  }

  /** Reads to the end, keeping the batches apart. */
  public static List<List<List<@Nullable Object>>> batches(ArrowReader reader) {
    try {
      List<List<List<@Nullable Object>>> batches = new ArrayList<>();
      while (reader.loadNextBatch()) {
        batches.add(of(reader.getVectorSchemaRoot()));
      }
      return batches;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of one batch. */
  public static List<List<@Nullable Object>> of(VectorSchemaRoot root) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int row = 0; row < root.getRowCount(); row++) {
      List<@Nullable Object> values = new ArrayList<>();
      for (FieldVector vector : root.getFieldVectors()) {
        values.add(value(vector, row));
      }
      rows.add(values);
    }
    return rows;
  }

  /** One value; null for NULL. */
  public static @Nullable Object value(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    SqlType type = ArrowTypes.type(vector.getField());
    return switch (type.kind()) {
      case DATE -> LocalDate.ofEpochDay(((DateDayVector) vector).get(row));
      case TIME ->
          LocalTime.ofNanoOfDay(Math.multiplyExact(((TimeMicroVector) vector).get(row), 1000L));
      case TIMESTAMP_TZ ->
          Instant.EPOCH.plus(((TimeStampVector) vector).get(row), ChronoUnit.MICROS);
      case TIMESTAMP ->
          Instant.EPOCH
              .plus(((TimeStampVector) vector).get(row), ChronoUnit.MICROS)
              .atOffset(ZoneOffset.UTC)
              .toLocalDateTime();
      case UUID -> uuid(((FixedSizeBinaryVector) vector).get(row));
      case VARBINARY -> ByteBuffer.wrap(((VarBinaryVector) vector).get(row));
      case INTERVAL_YEAR_MONTH -> ((IntervalYearVector) vector).getObject(row).normalized();
      case INTERVAL_DAY_TIME ->
          Duration.of(
              DurationVector.get(((DurationVector) vector).getDataBuffer(), row),
              ChronoUnit.MICROS);
      case ARRAY -> elements((ListVector) vector, row);
      case MAP -> entries((ListVector) vector, row);
      case ROW -> fields((StructVector) vector, row);
      case CHAR, VARCHAR, JSON -> ((Text) vector.getObject(row)).toString();
      default -> vector.getObject(row);
    };
  }

  private static UUID uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  private static List<@Nullable Object> elements(ListVector vector, int row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = vector.getElementStartIndex(row); i < vector.getElementEndIndex(row); i++) {
      values.add(value(vector.getDataVector(), i));
    }
    return values;
  }

  private static Map<Object, @Nullable Object> entries(ListVector vector, int row) {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (Object entry : elements(vector, row)) {
      List<?> pair = (List<?>) entry;
      map.put(pair.get(0), pair.get(1));
    }
    return map;
  }

  private static List<@Nullable Object> fields(StructVector vector, int row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (FieldVector child : vector.getChildrenFromFields()) {
      values.add(value(child, row));
    }
    return values;
  }
}
