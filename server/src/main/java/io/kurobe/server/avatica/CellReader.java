package io.kurobe.server.avatica;

import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.JdbcTypes;
import io.kurobe.adapters.type.SqlType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Reads the values of one vector in the form Avatica sends them ({@link ColumnTypes}). */
interface CellReader {
  /** The value of a row; null for SQL's NULL. */
  @Nullable Object read(int row);

  /**
   * A reader of a vector.
   *
   * @param zone in whose wall clock instants are shown in the stock form
   */
  static CellReader of(FieldVector vector, ZoneId zone, WireForm form) {
    SqlType type = ArrowTypes.type(vector.getField());
    CellReader reader = notNull(vector, type, zone, form);
    return row -> vector.isNull(row) ? null : reader.read(row);
  }

  private static CellReader notNull(FieldVector vector, SqlType type, ZoneId zone, WireForm form) {
    if (vector instanceof BitVector bits) {
      return row -> bits.get(row) != 0;
    }
    if (vector instanceof TinyIntVector integers) {
      return row -> (int) integers.get(row);
    }
    if (vector instanceof SmallIntVector integers) {
      return row -> (int) integers.get(row);
    }
    if (vector instanceof IntVector integers) {
      return integers::get;
    }
    if (vector instanceof BigIntVector integers) {
      return integers::get;
    }
    if (vector instanceof DateDayVector days) {
      return days::get;
    }
    if (form == WireForm.EXACT && isTime(type)) {
      return row -> ScalarText.of(vector, row, ZoneOffset.UTC);
    }
    if (vector instanceof TimeMicroVector times) {
      return row -> (int) Math.floorDiv(times.get(row), 1_000L);
    }
    if (vector instanceof TimeStampVector times) {
      return type.kind() == SqlType.Kind.TIMESTAMP_TZ
          ? row -> wallClock(Math.floorDiv(times.get(row), 1_000L), zone)
          : row -> Math.floorDiv(times.get(row), 1_000L);
    }
    if (vector instanceof IntervalYearVector months) {
      return row -> Period.ofMonths(months.get(row)).normalized().toString();
    }
    if (vector instanceof DurationVector durations) {
      // Arrow's own reading goes through nanoseconds, which end at 292 years.
      return row ->
          Duration.of(DurationVector.get(durations.getDataBuffer(), row), ChronoUnit.MICROS)
              .toString();
    }
    if (vector instanceof FixedSizeBinaryVector bytes && type.kind() == SqlType.Kind.UUID) {
      return row -> uuid(bytes.get(row));
    }
    if (vector instanceof ListVector list && JdbcTypes.isArray(type)) {
      return elements(list, zone, form);
    }
    if (vector instanceof ListVector || vector instanceof StructVector) {
      return row -> {
        var text = new StringBuilder();
        write(text, vector, row, zone);
        return text.toString();
      };
    }
    return switch (type.kind()) {
      case CHAR -> row -> padded(String.valueOf(vector.getObject(row)), type.precision());
      case VARCHAR, JSON -> row -> String.valueOf(vector.getObject(row));
      default -> vector::getObject;
    };
  }

  private static CellReader elements(ListVector list, ZoneId zone, WireForm form) {
    CellReader element = of(list.getDataVector(), zone, form);
    return row -> {
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = list.getElementStartIndex(row); i < list.getElementEndIndex(row); i++) {
        values.add(element.read(i));
      }
      return values;
    };
  }

  /** Milliseconds of the wall clock that shows an instant in a zone. */
  private static long wallClock(long epochMillis, ZoneId zone) {
    if (zone.equals(ZoneOffset.UTC)) {
      return epochMillis;
    }
    return epochMillis
        + zone.getRules().getOffset(Instant.ofEpochMilli(epochMillis)).getTotalSeconds() * 1_000L;
  }

  private static boolean isTime(SqlType type) {
    return switch (type.kind()) {
      case TIME, TIMESTAMP, TIMESTAMP_TZ -> true;
      default -> false;
    };
  }

  /** A CHAR travels in batches without the blanks that its length adds. */
  private static String padded(String text, int length) {
    int missing = length - text.codePointCount(0, text.length());
    return missing > 0 ? text + " ".repeat(missing) : text;
  }

  private static String uuid(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong()).toString();
  }

  /** Writes nested values as JSON, where text and what is neither number nor truth is quoted. */
  private static void write(StringBuilder text, ValueVector vector, int row, ZoneId zone) {
    if (vector.isNull(row)) {
      text.append("null");
    } else if (vector instanceof MapVector map) {
      StructVector entries = (StructVector) map.getDataVector();
      String separator = "{";
      for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
        text.append(separator);
        key(text, of(entries.getChildrenFromFields().get(0), zone, WireForm.STOCK).read(i));
        write(text, entries.getChildrenFromFields().get(1), i, zone);
        separator = ", ";
      }
      text.append(separator.equals("{") ? "{}" : "}");
    } else if (vector instanceof ListVector list) {
      text.append('[');
      for (int i = list.getElementStartIndex(row); i < list.getElementEndIndex(row); i++) {
        text.append(i > list.getElementStartIndex(row) ? ", " : "");
        write(text, list.getDataVector(), i, zone);
      }
      text.append(']');
    } else if (vector instanceof StructVector struct) {
      text.append('{');
      for (FieldVector child : struct.getChildrenFromFields()) {
        text.append(text.charAt(text.length() - 1) == '{' ? "" : ", ");
        key(text, child.getName());
        write(text, child, row, zone);
      }
      text.append('}');
    } else {
      Object value = ScalarText.of((FieldVector) vector, row, zone);
      if (value instanceof Number || value instanceof Boolean) {
        text.append(value);
      } else {
        quote(text, String.valueOf(value));
      }
    }
  }

  private static void key(StringBuilder text, @Nullable Object key) {
    quote(text, String.valueOf(key));
    text.append(": ");
  }

  private static void quote(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      text.append(ScalarText.ESCAPES.getOrDefault(c, String.valueOf(c)));
    }
    text.append('"');
  }
}
