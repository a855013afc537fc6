package io.kurobe.server;

import io.kurobe.adapters.type.SqlType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/** Rows with a column of every type, whose values are extremes, oddities and NULL. */
final class EveryType {
  static final List<SqlType.Field> COLUMNS =
      List.of(
          column("nothing", SqlType.NULL),
          column("flag", SqlType.BOOLEAN),
          column("tiny", SqlType.TINYINT),
          column("small", SqlType.SMALLINT),
          column("whole", SqlType.INTEGER),
          column("large", SqlType.BIGINT),
          column("real", SqlType.REAL),
          column("double", SqlType.DOUBLE),
          column("price", SqlType.decimal(5, 2)),
          column("exact", SqlType.decimal(38, 12)),
          column("fixed", SqlType.character(4)),
          column("text", SqlType.VARCHAR),
          column("bytes", SqlType.VARBINARY),
          column("day", SqlType.DATE),
          column("time", SqlType.TIME),
          column("stamp", SqlType.TIMESTAMP),
          column("instant", SqlType.TIMESTAMP_TZ),
          column("months", SqlType.INTERVAL_YEAR_MONTH),
          column("span", SqlType.INTERVAL_DAY_TIME),
          column("uuid", SqlType.UUID),
          column("json", SqlType.JSON),
          column("list", SqlType.array(SqlType.INTEGER)),
          column("nested", SqlType.array(SqlType.array(SqlType.VARCHAR))),
          column("map", SqlType.map(SqlType.VARCHAR, SqlType.BIGINT)),
          column(
              "place",
              SqlType.row(
                  List.of(
                      column("x", SqlType.INTEGER),
                      column("y", SqlType.VARCHAR),
                      column("when", SqlType.TIMESTAMP)))));

  private static final BigDecimal LARGEST =
      new BigDecimal("99999999999999999999999999.999999999999");

  private static final List<List<@Nullable Object>> ROWS =
      List.of(
          row(
              null,
              false,
              Byte.MIN_VALUE,
              Short.MIN_VALUE,
              Integer.MIN_VALUE,
              Long.MIN_VALUE,
              -Float.MAX_VALUE,
              -Double.MAX_VALUE,
              new BigDecimal("-999.99"),
              LARGEST.negate(),
              "",
              "",
              bytes(),
              LocalDate.of(1, 1, 1),
              LocalTime.MIDNIGHT,
              LocalDateTime.of(1, 1, 1, 0, 0),
              Instant.parse("0001-01-01T00:00:00Z"),
              Period.ofMonths(Integer.MIN_VALUE).normalized(),
              Duration.of(Long.MIN_VALUE, ChronoUnit.MICROS),
              new UUID(0, 0),
              "null",
              List.of(),
              List.of(),
              Map.of(),
              row(null, null, null)),
          Collections.nCopies(COLUMNS.size(), null),
          row(
              null,
              true,
              Byte.MAX_VALUE,
              Short.MAX_VALUE,
              Integer.MAX_VALUE,
              Long.MAX_VALUE,
              Float.MAX_VALUE,
              Double.MAX_VALUE,
              new BigDecimal("999.99"),
              LARGEST,
              "ä山𝄞z",
              "Žofia 山 𝄞\n\0\"\\",
              bytes(0, -1, 127, -128),
              LocalDate.of(9999, 12, 31),
              LocalTime.parse("23:59:59.999999"),
              LocalDateTime.parse("9999-12-31T23:59:59.999999"),
              Instant.parse("9999-12-31T23:59:59.999999Z"),
              Period.ofMonths(Integer.MAX_VALUE).normalized(),
              Duration.of(Long.MAX_VALUE, ChronoUnit.MICROS),
              new UUID(-1, -1),
              "{\"k\": [1, null]}",
              row(Integer.MIN_VALUE, null, Integer.MAX_VALUE),
              row(row("a", null, ""), null, List.of()),
              map("k", 1L, "", null),
              row(1, "ü", LocalDateTime.parse("1969-12-31T23:59:59.999999"))),
          row(
              null,
              null,
              (byte) 0,
              (short) -1,
              0,
              -1L,
              Float.NaN,
              Double.POSITIVE_INFINITY,
              new BigDecimal("0.00"),
              new BigDecimal("-0.000000000001"),
              "a",
              "x".repeat(300),
              bytes(new int[257]),
              LocalDate.of(1582, 10, 4),
              LocalTime.parse("00:00:00.000001"),
              LocalDateTime.parse("1969-12-31T23:59:59.999999"),
              Instant.parse("1582-10-04T12:00:00Z"),
              Period.ofMonths(0),
              Duration.parse("PT-26H-3M-4.5S"),
              UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
              "[]",
              row((Object) null),
              row((Object) null),
              map("one", -1L, "two", Long.MAX_VALUE, "three", null),
              null),
          row(
              null,
              true,
              null,
              (short) 7,
              null,
              42L,
              -0.0f,
              Double.NaN,
              null,
              new BigDecimal("1.500000000000"),
              null,
              "plain",
              null,
              LocalDate.EPOCH,
              null,
              LocalDateTime.parse("2024-02-29T12:00:00.123456"),
              null,
              Period.ofMonths(14).normalized(),
              null,
              new UUID(1, -2),
              null,
              row(1, 2, 3),
              null,
              map("k", 0L),
              row(null, "only y", null)));

  private EveryType() {}

  private static SqlType.Field column(String name, SqlType type) {
    return new SqlType.Field(name, type, true);
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Collections.unmodifiableList(Arrays.asList(values));
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return buffer.flip();
  }

  private static Map<Object, @Nullable Object> map(@Nullable Object... pairs) {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  /** The rows of a batch, or of a result of one batch. */
  static List<List<@Nullable Object>> rows(int count) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      rows.add(ROWS.get(row % ROWS.size()));
    }
    return rows;
  }

  /** Writes a row of a batch. */
  static void write(VectorSchemaRoot root, int row) {
    List<@Nullable Object> values = ROWS.get(row % ROWS.size());
    for (int i = 0; i < values.size(); i++) {
      write(root.getVector(i), row, values.get(i));
    }
  }

  private static long micros(long seconds, int nanos) {
    return seconds * 1_000_000 + nanos / 1_000;
  }

  private static void write(FieldVector vector, int row, @Nullable Object value) {
    if (value == null) {
      vector.setNull(row);
    } else if (vector instanceof BitVector bits) {
      bits.setSafe(row, (Boolean) value ? 1 : 0);
    } else if (vector instanceof TinyIntVector integers) {
      integers.setSafe(row, (Byte) value);
    } else if (vector instanceof SmallIntVector integers) {
      integers.setSafe(row, (Short) value);
    } else if (vector instanceof IntVector integers) {
      integers.setSafe(row, (Integer) value);
    } else if (vector instanceof BigIntVector integers) {
      integers.setSafe(row, (Long) value);
    } else if (vector instanceof Float4Vector floats) {
      floats.setSafe(row, (Float) value);
    } else if (vector instanceof Float8Vector doubles) {
      doubles.setSafe(row, (Double) value);
    } else if (vector instanceof DecimalVector decimals) {
      decimals.setSafe(row, (BigDecimal) value);
    } else if (vector instanceof VarCharVector texts) {
      texts.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof VarBinaryVector binaries) {
      binaries.setSafe(row, ((ByteBuffer) value).array());
    } else if (vector instanceof DateDayVector days) {
      days.setSafe(row, (int) ((LocalDate) value).toEpochDay());
    } else if (vector instanceof TimeMicroVector times) {
      times.setSafe(row, ((LocalTime) value).toNanoOfDay() / 1_000);
    } else if (vector instanceof TimeStampVector stamps) {
      Instant instant =
          value instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) value;
      stamps.setSafe(row, micros(instant.getEpochSecond(), instant.getNano()));
    } else if (vector instanceof IntervalYearVector months) {
      months.setSafe(row, (int) ((Period) value).toTotalMonths());
    } else if (vector instanceof DurationVector durations) {
      Duration span = (Duration) value;
      durations.setSafe(row, micros(span.getSeconds(), span.getNano()));
    } else if (vector instanceof FixedSizeBinaryVector uuids) {
      UUID uuid = (UUID) value;
      ByteBuffer bits = ByteBuffer.allocate(16);
      bits.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
      uuids.setSafe(row, bits.array());
    } else if (vector instanceof StructVector struct) {
      struct.setIndexDefined(row);
      for (int i = 0; i < struct.size(); i++) {
        write((FieldVector) struct.getChildByOrdinal(i), row, ((List<?>) value).get(i));
      }
    } else if (vector instanceof ListVector list) {
      List<?> elements =
          value instanceof Map<?, ?> map
              ? map.entrySet().stream().map(entry -> row(entry.getKey(), entry.getValue())).toList()
              : (List<?>) value;
      int start = list.startNewValue(row);
      for (int i = 0; i < elements.size(); i++) {
        write(list.getDataVector(), start + i, elements.get(i));
      }
      list.endValue(row, elements.size());
    } else {
      throw new IllegalStateException("no value of type " + vector.getField());
    }
  }
}
