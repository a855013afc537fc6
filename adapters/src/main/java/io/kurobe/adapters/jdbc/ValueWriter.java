package io.kurobe.adapters.jdbc;

import io.kurobe.adapters.batch.Loss;
import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.time.Duration;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
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
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a JDBC driver gives for a value into a vector of the requested type. What that does
 * not hold is an ArithmeticException or a DateTimeException.
 */
final class ValueWriter {
  /** Of a CHAR they mean nothing, and batches carry it without. */
  private static final Pattern BLANKS_AT_END = Pattern.compile(" +$");

  private final Function<Object, Object> values;
  private final Consumer<Loss> losses;

  ValueWriter(Function<Object, Object> values, Consumer<Loss> losses) {
    this.values = values;
    this.losses = losses;
  }

  void write(FieldVector vector, SqlType type, int row, @Nullable Object given)
      throws SQLException {
    if (given == null || vector instanceof NullVector) {
      if (!(vector instanceof NullVector)) {
        vector.setNull(row);
      }
      return;
    }
    Object value = values.apply(given);
    switch (type.kind()) {
      case BOOLEAN -> ((BitVector) vector).setSafe(row, (Boolean) value ? 1 : 0);
      case TINYINT -> ((TinyIntVector) vector).setSafe(row, integer(value).byteValueExact());
      case SMALLINT -> ((SmallIntVector) vector).setSafe(row, integer(value).shortValueExact());
      case INTEGER -> ((IntVector) vector).setSafe(row, integer(value).intValueExact());
      case BIGINT -> ((BigIntVector) vector).setSafe(row, integer(value).longValueExact());
      case REAL -> ((Float4Vector) vector).setSafe(row, ((Number) value).floatValue());
      case DOUBLE -> ((Float8Vector) vector).setSafe(row, ((Number) value).doubleValue());
      case DECIMAL -> ((DecimalVector) vector).setSafe(row, decimal(value, type));
      case CHAR -> text(vector, row, BLANKS_AT_END.matcher(value.toString()).replaceFirst(""));
      case VARCHAR, JSON -> text(vector, row, value.toString());
      case VARBINARY -> ((VarBinaryVector) vector).setSafe(row, (byte[]) value);
      case DATE ->
          ((DateDayVector) vector)
              .setSafe(row, Math.toIntExact(TemporalText.date(value.toString())));
      case TIME -> ((TimeMicroVector) vector).setSafe(row, TemporalText.time(time(value)));
      case TIMESTAMP ->
          ((TimeStampVector) vector).setSafe(row, TemporalText.timestamp(time(value)));
      case TIMESTAMP_TZ ->
          ((TimeStampVector) vector).setSafe(row, TemporalText.instant(time(value)));
      case INTERVAL_YEAR_MONTH ->
          ((IntervalYearVector) vector)
              .setSafe(row, Math.toIntExact(((Period) value).toTotalMonths()));
      case INTERVAL_DAY_TIME ->
          ((DurationVector) vector).setSafe(row, ((Duration) value).toNanos() / 1000);
      case UUID -> ((FixedSizeBinaryVector) vector).setSafe(row, uuid(value));
      case ARRAY -> list((ListVector) vector, type, row, elements(value));
      case MAP -> map((ListVector) vector, type, row, (Map<?, ?>) value);
      case ROW -> struct((StructVector) vector, row, elements(value));
      case NULL -> {}
    }
  }

  private static void text(FieldVector vector, int row, String text) {
    ((VarCharVector) vector).setSafe(row, text.getBytes(StandardCharsets.UTF_8));
  }

  private static BigInteger integer(Object value) {
    return value instanceof BigDecimal decimal
        ? decimal.setScale(0, RoundingMode.HALF_UP).toBigInteger()
        : BigInteger.valueOf(((Number) value).longValue());
  }

  private BigDecimal decimal(Object value, SqlType type) {
    BigDecimal exact =
        value instanceof BigDecimal given ? given : new BigDecimal(value.toString().strip());
    BigDecimal rounded = exact.setScale(type.scale(), RoundingMode.HALF_UP);
    if (rounded.compareTo(exact) != 0) {
      losses.accept(Loss.DECIMALS_ROUNDED);
    }
    if (rounded.precision() > type.precision()) {
      throw new ArithmeticException("too many digits");
    }
    return rounded;
  }

  private String time(Object value) {
    String text = value.toString();
    if (TemporalText.isCut(text)) {
      losses.accept(Loss.TIME_CUT);
    }
    return text;
  }

  private static byte[] uuid(Object value) {
    UUID uuid = value instanceof UUID given ? given : UUID.fromString(value.toString());
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static List<?> elements(Object value) throws SQLException {
    if (value instanceof List<?> list) {
      return list;
    }
    if (value instanceof Struct struct) {
      return Arrays.asList(struct.getAttributes());
    }
    return Arrays.asList(
        value instanceof Array array ? (Object[]) array.getArray() : (Object[]) value);
  }

  private void list(ListVector vector, SqlType type, int row, List<?> elements)
      throws SQLException {
    int start = vector.startNewValue(row);
    for (int i = 0; i < elements.size(); i++) {
      write(vector.getDataVector(), type.fields().get(0).type(), start + i, elements.get(i));
    }
    vector.endValue(row, elements.size());
  }

  private void map(ListVector vector, SqlType type, int row, Map<?, ?> map) throws SQLException {
    int at = vector.startNewValue(row);
    var entries = (StructVector) vector.getDataVector();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      entries.setIndexDefined(at);
      for (int i = 0; i < 2; i++) {
        var child = (FieldVector) entries.getChildByOrdinal(i);
        Object value = i == 0 ? entry.getKey() : entry.getValue();
        write(child, type.fields().get(i).type(), at, value);
      }
      at++;
    }
    vector.endValue(row, map.size());
  }

  private void struct(StructVector vector, int row, List<?> fields) throws SQLException {
    vector.setIndexDefined(row);
    for (int i = 0; i < fields.size(); i++) {
      var child = (FieldVector) vector.getChildByOrdinal(i);
      write(child, ArrowTypes.type(child.getField()), row, fields.get(i));
    }
  }
}
