package io.kurobe.driver.arrow;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Interval;
import org.apache.arrow.flatbuf.IntervalUnit;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/** Makes the vectors of one column of the schema, batch by batch. */
interface VectorReader {
  /** A column may hold lists of lists, but not without end. */
  int DEEPEST = 64;

  /** More than any source lets a CHAR be. */
  int LONGEST_CHAR = 1 << 24;

  /** Takes what the column has in a batch. */
  ColumnVector read(BatchParts parts, int rows);

  /**
   * The reader of a field.
   *
   * @param depth in how many others it is
   */
  static VectorReader of(Field field, int depth) {
    if (depth > DEEPEST) {
      throw new ArrowFormatException("a column is nested too deeply");
    }
    if (field.dictionary() != null) {
      throw new ArrowFormatException("a column has a dictionary");
    }
    switch (field.typeType()) {
      case Type.Null:
        return (parts, rows) -> {
          parts.nulls(rows);
          return new NullVector();
        };
      case Type.Bool:
        return (parts, rows) -> {
          Validity validity = validity(parts, rows);
          return new BooleanVector(validity, parts.buffer().holding(rows, 1));
        };
      case Type.Int:
        return integer((Int) field.type(new Int()));
      case Type.FloatingPoint:
        return floating((FloatingPoint) field.type(new FloatingPoint()));
      case Type.Decimal:
        return decimal((Decimal) field.type(new Decimal()));
      case Type.Utf8:
        return text(field);
      case Type.Binary:
        return (parts, rows) -> {
          Validity validity = validity(parts, rows);
          Slice offsets = parts.buffer();
          Slice values = parts.buffer();
          return new BinaryVector(validity, Offsets.of(offsets, rows, values.length()), values);
        };
      case Type.FixedSizeBinary:
        return uuid((FixedSizeBinary) field.type(new FixedSizeBinary()));
      case Type.List:
      case Type.Map:
      case Type.Struct_:
        return nested(field, depth);
      default:
        return time(field);
    }
  }

  private static Validity validity(BatchParts parts, int rows) {
    if (parts.nulls(rows) == 0) {
      parts.skipBuffer();
      return Validity.NO_NULLS;
    }
    return Validity.of(parts.buffer().holding(rows, 1));
  }

  private static VectorReader integer(Int type) {
    int bits = type.bitWidth();
    if (!type.isSigned() || bits < Byte.SIZE || bits > Long.SIZE || Integer.bitCount(bits) != 1) {
      throw new ArrowFormatException("a column is of whole numbers of an unknown kind");
    }
    return (parts, rows) -> {
      Validity validity = validity(parts, rows);
      return new IntegerVector(validity, parts.buffer().holding(rows, bits), bits);
    };
  }

  private static VectorReader floating(FloatingPoint type) {
    boolean single = type.precision() == Precision.SINGLE;
    if (!single && type.precision() != Precision.DOUBLE) {
      throw new ArrowFormatException("a column is of floating numbers of an unknown kind");
    }
    int bits = single ? Float.SIZE : Double.SIZE;
    return (parts, rows) -> {
      Validity validity = validity(parts, rows);
      return new FloatingVector(validity, parts.buffer().holding(rows, bits), single);
    };
  }

  private static VectorReader decimal(Decimal type) {
    int bits = 2 * Long.SIZE;
    if (type.bitWidth() != bits) {
      throw new ArrowFormatException("a column is of decimals of " + type.bitWidth() + " bits");
    }
    return (parts, rows) -> {
      Validity validity = validity(parts, rows);
      return new DecimalVector(validity, parts.buffer().holding(rows, bits), type.scale());
    };
  }

  private static VectorReader uuid(FixedSizeBinary type) {
    int bits = 2 * Long.SIZE;
    if (type.byteWidth() * Byte.SIZE != bits) {
      throw new ArrowFormatException("a column is of " + type.byteWidth() + " bytes each");
    }
    return (parts, rows) -> {
      Validity validity = validity(parts, rows);
      return new UuidVector(validity, parts.buffer().holding(rows, bits));
    };
  }

  private static VectorReader text(Field field) {
    int length = characterLength(field);
    return (parts, rows) -> {
      Validity validity = validity(parts, rows);
      Slice offsets = parts.buffer();
      Slice values = parts.buffer();
      return new TextVector(validity, Offsets.of(offsets, rows, values.length()), values, length);
    };
  }

  /** Of a CHAR; 0 for other texts. */
  private static int characterLength(Field field) {
    for (int i = 0; i < field.customMetadataLength(); i++) {
      KeyValue entry = field.customMetadata(i);
      if ("kurobe.length".equals(entry.key())) {
        int length = Integer.parseInt(entry.value());
        if (length < 0 || length > LONGEST_CHAR) {
          throw new ArrowFormatException("a CHAR has a length of " + length);
        }
        return length;
      }
    }
    return 0;
  }

  private static VectorReader time(Field field) {
    TimeVector.Kind kind = kind(field);
    return (parts, rows) -> {
      Validity validity = validity(parts, rows);
      return new TimeVector(validity, parts.buffer().holding(rows, kind.bits()), kind);
    };
  }

  private static TimeVector.Kind kind(Field field) {
    switch (field.typeType()) {
      case Type.Date:
        if (((Date) field.type(new Date())).unit() == DateUnit.DAY) {
          return TimeVector.Kind.DATE;
        }
        break;
      case Type.Time:
        if (((Time) field.type(new Time())).unit() == TimeUnit.MICROSECOND) {
          return TimeVector.Kind.TIME;
        }
        break;
      case Type.Timestamp:
        Timestamp timestamp = (Timestamp) field.type(new Timestamp());
        if (timestamp.unit() == TimeUnit.MICROSECOND) {
          return timestamp.timezone() == null ? TimeVector.Kind.TIMESTAMP : TimeVector.Kind.INSTANT;
        }
        break;
      case Type.Interval:
        if (((Interval) field.type(new Interval())).unit() == IntervalUnit.YEAR_MONTH) {
          return TimeVector.Kind.MONTHS;
        }
        break;
      case Type.Duration:
        if (((Duration) field.type(new Duration())).unit() == TimeUnit.MICROSECOND) {
          return TimeVector.Kind.DURATION;
        }
        break;
      default:
    }
    throw new ArrowFormatException("a column is of type " + Type.name(field.typeType()));
  }

  private static VectorReader nested(Field field, int depth) {
    List<VectorReader> children = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < field.childrenLength(); i++) {
      Field child = field.children(i);
      children.add(of(child, depth + 1));
      names.add(child.name() == null ? "" : child.name());
    }
    if (field.typeType() == Type.Struct_) {
      return (parts, rows) -> {
        Validity validity = validity(parts, rows);
        List<ColumnVector> fields = new ArrayList<>();
        for (VectorReader child : children) {
          fields.add(child.read(parts, rows));
        }
        return new RowVector(validity, names, fields);
      };
    }
    boolean map = field.typeType() == Type.Map;
    if (children.size() != 1 || (map && !isEntry(field.children(0)))) {
      throw new ArrowFormatException("a list or map is not made as one");
    }
    return (parts, rows) -> {
      Validity validity = validity(parts, rows);
      Slice ends = parts.buffer();
      int elements = parts.length();
      Offsets offsets = Offsets.of(ends, rows, elements);
      ColumnVector content = children.get(0).read(parts, elements);
      if (!map) {
        return new ListVector(validity, offsets, content);
      }
      RowVector entries = (RowVector) content;
      return new MapVector(validity, offsets, entries.field(0), entries.field(1));
    };
  }

  private static boolean isEntry(Field field) {
    return field.typeType() == Type.Struct_ && field.childrenLength() == 2;
  }
}
