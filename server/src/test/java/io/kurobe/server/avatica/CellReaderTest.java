package io.kurobe.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.complex.impl.UnionMapWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CellReaderTest {
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void nothingIsLeftOpen() {
    allocator.close();
  }

  @Test
  void numbersKeepTheirValue() {
    assertThat(read(SqlType.BOOLEAN, (BitVector v) -> v.setSafe(0, 1))).isEqualTo(true);
    assertThat(read(SqlType.TINYINT, (TinyIntVector v) -> v.setSafe(0, -7))).isEqualTo(-7);
    assertThat(read(SqlType.SMALLINT, (SmallIntVector v) -> v.setSafe(0, 300))).isEqualTo(300);
    assertThat(read(SqlType.BIGINT, (BigIntVector v) -> v.setSafe(0, Long.MIN_VALUE)))
        .isEqualTo(Long.MIN_VALUE);
    assertThat(read(SqlType.REAL, (Float4Vector v) -> v.setSafe(0, 0.1f))).isEqualTo(0.1f);
    assertThat(read(SqlType.DOUBLE, (Float8Vector v) -> v.setSafe(0, Double.NaN)))
        .isEqualTo(Double.NaN);
    BigDecimal wide = new BigDecimal("-12345678901234567890123456789012345.678");
    assertThat(read(SqlType.decimal(38, 3), (DecimalVector v) -> v.setSafe(0, wide)))
        .isEqualTo(wide);
  }

  @Test
  void textAndBytesKeepTheirValue() {
    byte[] text = "Größe 漢 \uD83D\uDE00".getBytes(StandardCharsets.UTF_8);
    for (SqlType type : List.of(SqlType.VARCHAR, SqlType.JSON, SqlType.character(9))) {
      assertThat(read(type, (VarCharVector v) -> v.setSafe(0, text)))
          .isEqualTo("Größe 漢 \uD83D\uDE00");
    }
    assertThat(read(SqlType.VARBINARY, (VarBinaryVector v) -> v.setSafe(0, new byte[] {0, -1})))
        .isEqualTo(new byte[] {0, -1});
    UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
    assertThat(read(SqlType.UUID, (FixedSizeBinaryVector v) -> v.setSafe(0, bytes)))
        .isEqualTo(uuid.toString());
  }

  @Test
  void timesAreCutToMillisecondsTowardThePast() {
    int day = (int) LocalDate.of(1969, 12, 31).toEpochDay();
    assertThat(read(SqlType.DATE, (DateDayVector v) -> v.setSafe(0, day))).isEqualTo(-1);
    assertThat(read(SqlType.TIME, (TimeMicroVector v) -> v.setSafe(0, 1_234_567L)))
        .isEqualTo(1_234);
    assertThat(read(SqlType.TIMESTAMP, (TimeStampVector v) -> v.setSafe(0, -1L))).isEqualTo(-1L);
  }

  @Test
  void instantsShowTheWallClockOfTheSessionsZone() {
    long summer = Instant.parse("2026-07-01T10:00:00Z").toEpochMilli();
    Consumer<TimeStampVector> set = v -> v.setSafe(0, summer * 1_000);
    assertThat(read(SqlType.TIMESTAMP_TZ, set)).isEqualTo(summer);
    assertThat(read(SqlType.TIMESTAMP_TZ, set, VIENNA))
        .isEqualTo(Instant.parse("2026-07-01T12:00:00Z").toEpochMilli());
    assertThat(read(SqlType.TIMESTAMP, set, VIENNA)).isEqualTo(summer);
  }

  @Test
  void theExactFormHasTimesAsTextWithMicroseconds() {
    assertThat(read(SqlType.TIME, (TimeMicroVector v) -> v.setSafe(0, 1L), VIENNA, WireForm.EXACT))
        .isEqualTo("00:00:00.000001");
    Consumer<TimeStampVector> set = v -> v.setSafe(0, -1L);
    assertThat(read(SqlType.TIMESTAMP, set, VIENNA, WireForm.EXACT))
        .isEqualTo("1969-12-31T23:59:59.999999");
    assertThat(read(SqlType.TIMESTAMP_TZ, set, VIENNA, WireForm.EXACT))
        .isEqualTo("1969-12-31T23:59:59.999999Z");
  }

  @Test
  void charIsPaddedToItsLength() {
    byte[] duck = "🦆".getBytes(StandardCharsets.UTF_8);
    assertThat(read(SqlType.character(3), (VarCharVector v) -> v.setSafe(0, duck)))
        .isEqualTo("🦆  ");
  }

  @Test
  void intervalsAreIso8601() {
    assertThat(read(SqlType.INTERVAL_YEAR_MONTH, (IntervalYearVector v) -> v.setSafe(0, 14)))
        .isEqualTo("P1Y2M");
    long micros = Duration.ofHours(25).plusMillis(500).toNanos() / 1_000;
    assertThat(read(SqlType.INTERVAL_DAY_TIME, (DurationVector v) -> v.setSafe(0, micros)))
        .isEqualTo("PT25H0.5S");
    assertThat(read(SqlType.INTERVAL_DAY_TIME, (DurationVector v) -> v.setSafe(0, Long.MAX_VALUE)))
        .isEqualTo("PT2562047788H54.775807S");
  }

  @Test
  void nullIsNullInEveryType() {
    for (SqlType type :
        List.of(
            SqlType.NULL,
            SqlType.BOOLEAN,
            SqlType.decimal(9, 2),
            SqlType.VARCHAR,
            SqlType.TIMESTAMP_TZ,
            SqlType.UUID,
            SqlType.array(SqlType.INTEGER),
            SqlType.map(SqlType.VARCHAR, SqlType.INTEGER),
            SqlType.row(List.of(new SqlType.Field("a", SqlType.DATE, true))))) {
      assertThat(read(type, (FieldVector v) -> v.setInitialCapacity(1))).as("%s", type).isNull();
    }
  }

  @Test
  void arraysOfScalarsAreLists() {
    Object value =
        read(
            SqlType.array(SqlType.BIGINT),
            (ListVector v) -> {
              UnionListWriter writer = v.getWriter();
              writer.setPosition(0);
              writer.startList();
              writer.bigInt().writeBigInt(1);
              writer.writeNull();
              writer.bigInt().writeBigInt(3);
              writer.endList();
            });
    assertThat(value)
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .containsExactly(1L, null, 3L);
  }

  @Test
  void mapsAndRowsAreJson() {
    Object map =
        read(
            SqlType.map(SqlType.VARCHAR, SqlType.INTEGER),
            (MapVector v) -> {
              UnionMapWriter writer = v.getWriter();
              writer.setPosition(0);
              writer.startMap();
              writer.startEntry();
              writer.key().varChar().writeVarChar("say \"hi\"");
              writer.value().integer().writeInt(1);
              writer.endEntry();
              writer.endMap();
            });
    assertThat(map).isEqualTo("{\"say \\\"hi\\\"\": 1}");
    SqlType row =
        SqlType.row(
            List.of(
                new SqlType.Field("day", SqlType.DATE, true),
                new SqlType.Field("count", SqlType.BIGINT, true)));
    Object struct =
        read(
            row,
            (StructVector v) -> {
              v.setIndexDefined(0);
              ((DateDayVector) v.getChild("day")).setSafe(0, 0);
              ((BigIntVector) v.getChild("count")).setNull(0);
            });
    assertThat(struct).isEqualTo("{\"day\": \"1970-01-01\", \"count\": null}");
  }

  private <V extends FieldVector> @Nullable Object read(SqlType type, Consumer<V> set) {
    return read(type, set, ZoneOffset.UTC);
  }

  private <V extends FieldVector> @Nullable Object read(
      SqlType type, Consumer<V> set, ZoneId zone) {
    return read(type, set, zone, WireForm.STOCK);
  }

  @SuppressWarnings("unchecked")
  private <V extends FieldVector> @Nullable Object read(
      SqlType type, Consumer<V> set, ZoneId zone, WireForm form) {
    try (FieldVector vector =
        ArrowTypes.field(new SqlType.Field("c", type, true)).createVector(allocator)) {
      vector.allocateNew();
      set.accept((V) vector);
      vector.setValueCount(1);
      return CellReader.of(vector, zone, form).read(0);
    }
  }
}
