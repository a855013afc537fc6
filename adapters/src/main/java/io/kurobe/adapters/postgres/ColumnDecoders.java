package io.kurobe.adapters.postgres;

import io.kurobe.adapters.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Picks the decoder of a column, whose wire type {@link CopyStatement} has seen to. */
final class ColumnDecoders {
  /** From PostgreSQL's epoch, the first day of 2000, to Unix's. */
  private static final int EPOCH_DAYS = 10_957;

  private static final long EPOCH_MICROS = 946_684_800_000_000L;
  private static final long DAY_MICROS = 86_400_000_000L;

  private ColumnDecoders() {}

  static ColumnDecoder of(SqlType type, FieldVector vector, Values problems) {
    return switch (type.kind()) {
      case NULL -> new NullDecoder((NullVector) vector);
      case BOOLEAN -> new Booleans((BitVector) vector, problems);
      case TINYINT -> new Bytes((BaseFixedWidthVector) vector, problems);
      case SMALLINT -> new Shorts((BaseFixedWidthVector) vector, problems);
      case INTEGER, REAL -> new Ints((BaseFixedWidthVector) vector, problems);
      case BIGINT, DOUBLE -> new Longs((BaseFixedWidthVector) vector, problems);
      case DECIMAL -> new DecimalDecoder((DecimalVector) vector, problems);
      case CHAR, VARCHAR, JSON, VARBINARY -> new BytesDecoder((BaseVariableWidthVector) vector);
      case DATE -> new Dates((BaseFixedWidthVector) vector, problems);
      case TIME -> new Times((BaseFixedWidthVector) vector, problems);
      case TIMESTAMP, TIMESTAMP_TZ -> new Timestamps((BaseFixedWidthVector) vector, type, problems);
      case INTERVAL_YEAR_MONTH -> new Months((BaseFixedWidthVector) vector, problems);
      case INTERVAL_DAY_TIME -> new Durations((BaseFixedWidthVector) vector, problems);
      case UUID -> new Uuids((BaseFixedWidthVector) vector, problems);
      case ARRAY -> {
        var list = (ListVector) vector;
        yield new ListDecoder(
            list, of(type.fields().get(0).type(), list.getDataVector(), problems), problems);
      }
      case ROW -> {
        var struct = (StructVector) vector;
        List<ColumnDecoder> fields = new ArrayList<>();
        for (int i = 0; i < type.fields().size(); i++) {
          fields.add(
              of(type.fields().get(i).type(), struct.getChildrenFromFields().get(i), problems));
        }
        yield new RowDecoder(struct, fields, problems);
      }
      case MAP -> throw problems.unsupported("PostgreSQL has no type for " + type);
    };
  }

  private static final class Booleans implements ColumnDecoder {
    private final BitVector vector;
    private final Values problems;

    Booleans(BitVector vector, Values problems) {
      this.vector = vector;
      this.problems = problems;
    }

    @Override
    public void start(int rows) {
      vector.clear();
      vector.allocateNew(rows);
    }

    @Override
    public void value(CopyInput input, int length, int row) {
      if (length != 1) {
        throw problems.length(length);
      }
      vector.setSafe(row, input.int8());
    }

    @Override
    public void missing(int row) {
      vector.setNull(row);
    }

    @Override
    public void finish(int rows) {
      vector.setValueCount(rows);
    }
  }

  /** There is no one-byte integer: a smallint, checked. */
  private static final class Bytes extends FixedWidthDecoder {
    private final Values problems;

    Bytes(BaseFixedWidthVector vector, Values problems) {
      super(vector, Short.BYTES, problems);
      this.problems = problems;
    }

    @Override
    void write(CopyInput input, long address) {
      short value = input.int16();
      if (value != (byte) value) {
        throw problems.outOfRange(Short.toString(value), "TINYINT");
      }
      MemoryUtil.putByte(address, (byte) value);
    }
  }

  private static final class Shorts extends FixedWidthDecoder {
    Shorts(BaseFixedWidthVector vector, Values problems) {
      super(vector, Short.BYTES, problems);
    }

    @Override
    void write(CopyInput input, long address) {
      MemoryUtil.putShort(address, input.int16());
    }
  }

  /** integer, and real by its bits. */
  private static final class Ints extends FixedWidthDecoder {
    Ints(BaseFixedWidthVector vector, Values problems) {
      super(vector, Integer.BYTES, problems);
    }

    @Override
    void write(CopyInput input, long address) {
      MemoryUtil.putInt(address, input.int32());
    }
  }

  /** bigint, and double precision by its bits. */
  private static final class Longs extends FixedWidthDecoder {
    Longs(BaseFixedWidthVector vector, Values problems) {
      super(vector, Long.BYTES, problems);
    }

    @Override
    void write(CopyInput input, long address) {
      MemoryUtil.putLong(address, input.int64());
    }
  }

  private static final class Dates extends FixedWidthDecoder {
    private final Values problems;

    Dates(BaseFixedWidthVector vector, Values problems) {
      super(vector, Integer.BYTES, problems);
      this.problems = problems;
    }

    @Override
    void write(CopyInput input, long address) {
      int days = input.int32();
      if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
        throw problems.infinite("DATE");
      }
      MemoryUtil.putInt(address, days + EPOCH_DAYS);
    }
  }

  private static final class Times extends FixedWidthDecoder {
    private final Values problems;

    Times(BaseFixedWidthVector vector, Values problems) {
      super(vector, Long.BYTES, problems);
      this.problems = problems;
    }

    @Override
    void write(CopyInput input, long address) {
      long micros = input.int64();
      if (micros >= DAY_MICROS) {
        throw problems.dateTime("TIME ends before 24:00:00");
      }
      MemoryUtil.putLong(address, micros);
    }
  }

  private static final class Timestamps extends FixedWidthDecoder {
    private final SqlType type;
    private final Values problems;

    Timestamps(BaseFixedWidthVector vector, SqlType type, Values problems) {
      super(vector, Long.BYTES, problems);
      this.type = type;
      this.problems = problems;
    }

    @Override
    void write(CopyInput input, long address) {
      long micros = input.int64();
      if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
        throw problems.infinite(type.toString());
      }
      long unix = micros + EPOCH_MICROS;
      if (unix < micros) {
        throw problems.dateTime("a value is after the last " + type);
      }
      MemoryUtil.putLong(address, unix);
    }
  }

  /** An interval of months alone; on the wire time, days, months. */
  private static final class Months extends FixedWidthDecoder {
    private final Values problems;

    Months(BaseFixedWidthVector vector, Values problems) {
      super(vector, 16, problems);
      this.problems = problems;
    }

    @Override
    void write(CopyInput input, long address) {
      long micros = input.int64();
      int days = input.int32();
      int months = input.int32();
      if (micros != 0 || days != 0) {
        throw problems.dateTime("an interval has days or time beside months");
      }
      MemoryUtil.putInt(address, months);
    }
  }

  /** An interval without months; a day has 24 hours. */
  private static final class Durations extends FixedWidthDecoder {
    private final Values problems;

    Durations(BaseFixedWidthVector vector, Values problems) {
      super(vector, 16, problems);
      this.problems = problems;
    }

    @Override
    void write(CopyInput input, long address) {
      long micros = input.int64();
      int days = input.int32();
      int months = input.int32();
      if (months != 0) {
        throw problems.dateTime("an interval has months beside days and time");
      }
      long total = micros + days * DAY_MICROS;
      if (((micros ^ total) & (days ^ total)) < 0) {
        throw problems.dateTime("an interval is too long");
      }
      MemoryUtil.putLong(address, total);
    }
  }

  private static final class Uuids extends FixedWidthDecoder {
    Uuids(BaseFixedWidthVector vector, Values problems) {
      super(vector, 16, problems);
    }

    @Override
    void write(CopyInput input, long address) {
      input.copy(16, address);
    }
  }
}
