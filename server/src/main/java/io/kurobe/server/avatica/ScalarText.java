package io.kurobe.server.avatica;

import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.jspecify.annotations.Nullable;

/** Scalars inside maps, rows and nested arrays, which Avatica carries as text. */
final class ScalarText {
  static final Map<Character, String> ESCAPES =
      Map.of('"', "\\\"", '\\', "\\\\", '\n', "\\n", '\r', "\\r", '\t', "\\t");

  private ScalarText() {}

  /** A number or truth value as itself, everything else as text without loss. */
  static @Nullable Object of(FieldVector vector, int row, ZoneId zone) {
    SqlType type = ArrowTypes.type(vector.getField());
    return switch (type.kind()) {
      case DATE ->
          LocalDate.ofEpochDay(((Number) required(vector, row, zone)).longValue()).toString();
      case TIME -> LocalTime.ofNanoOfDay(((TimeMicroVector) vector).get(row) * 1_000L).toString();
      case TIMESTAMP -> LocalDateTime.ofInstant(instant(vector, row), ZoneOffset.UTC).toString();
      case TIMESTAMP_TZ -> instant(vector, row).atZone(zone).toOffsetDateTime().toString();
      case VARBINARY -> Base64.getEncoder().encodeToString((byte[]) required(vector, row, zone));
      default -> CellReader.of(vector, zone, WireForm.STOCK).read(row);
    };
  }

  private static Object required(FieldVector vector, int row, ZoneId zone) {
    Object value = CellReader.of(vector, zone, WireForm.STOCK).read(row);
    if (value == null) {
      throw new IllegalStateException("a value was expected");
    }
    return value;
  }

  private static Instant instant(FieldVector vector, int row) {
    return Instant.EPOCH.plus(((TimeStampVector) vector).get(row), ChronoUnit.MICROS);
  }
}
