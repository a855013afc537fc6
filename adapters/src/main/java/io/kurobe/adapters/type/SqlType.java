package io.kurobe.adapters.type;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A type of Kurobe's SQL: the one meaning that the types of every source are mapped to
 * (docs/semantics.md).
 *
 * @param kind which type
 * @param precision digits of a DECIMAL, length of a CHAR, fractional digits of a time (6), else 0
 * @param scale digits after the point of a DECIMAL, else 0
 * @param fields the element of an ARRAY (one field), key and value of a MAP (two), the fields of a
 *     ROW; else empty
 */
public record SqlType(Kind kind, int precision, int scale, List<Field> fields) {

  /** The closed set of types. */
  public enum Kind {
    NULL,
    BOOLEAN,
    TINYINT,
    SMALLINT,
    INTEGER,
    BIGINT,
    REAL,
    DOUBLE,
    DECIMAL,
    CHAR,
    VARCHAR,
    VARBINARY,
    DATE,
    TIME,
    TIMESTAMP,
    /** TIMESTAMP WITH TIME ZONE: an instant, shown in the session's zone. */
    TIMESTAMP_TZ,
    INTERVAL_YEAR_MONTH,
    INTERVAL_DAY_TIME,
    UUID,
    /** Text that holds JSON; everywhere but in its name a VARCHAR. */
    JSON,
    ARRAY,
    MAP,
    ROW
  }

  /** A named, typed column or component. */
  public record Field(String name, SqlType type, boolean nullable) {
    public Field {
      requireNonNull(name, "name is null");
      requireNonNull(type, "type is null");
    }
  }

  public static final int MAX_DECIMAL_PRECISION = 38;

  public static final SqlType NULL = of(Kind.NULL);
  public static final SqlType BOOLEAN = of(Kind.BOOLEAN);
  public static final SqlType TINYINT = of(Kind.TINYINT);
  public static final SqlType SMALLINT = of(Kind.SMALLINT);
  public static final SqlType INTEGER = of(Kind.INTEGER);
  public static final SqlType BIGINT = of(Kind.BIGINT);
  public static final SqlType REAL = of(Kind.REAL);
  public static final SqlType DOUBLE = of(Kind.DOUBLE);
  public static final SqlType VARCHAR = of(Kind.VARCHAR);
  public static final SqlType VARBINARY = of(Kind.VARBINARY);
  public static final SqlType DATE = of(Kind.DATE);
  public static final SqlType TIME = new SqlType(Kind.TIME, 6, 0, List.of());
  public static final SqlType TIMESTAMP = new SqlType(Kind.TIMESTAMP, 6, 0, List.of());
  public static final SqlType TIMESTAMP_TZ = new SqlType(Kind.TIMESTAMP_TZ, 6, 0, List.of());
  public static final SqlType INTERVAL_YEAR_MONTH = of(Kind.INTERVAL_YEAR_MONTH);
  public static final SqlType INTERVAL_DAY_TIME =
      new SqlType(Kind.INTERVAL_DAY_TIME, 6, 0, List.of());
  public static final SqlType UUID = of(Kind.UUID);
  public static final SqlType JSON = of(Kind.JSON);

  public SqlType {
    requireNonNull(kind, "kind is null");
    fields = List.copyOf(fields);
    if (kind == Kind.DECIMAL
        && (precision < 1 || precision > MAX_DECIMAL_PRECISION || scale < 0 || scale > precision)) {
      throw new IllegalArgumentException("not a decimal: (" + precision + ", " + scale + ")");
    }
  }

  private static SqlType of(Kind kind) {
    return new SqlType(kind, 0, 0, List.of());
  }

  public static SqlType decimal(int precision, int scale) {
    return new SqlType(Kind.DECIMAL, precision, scale, List.of());
  }

  public static SqlType character(int length) {
    return new SqlType(Kind.CHAR, length, 0, List.of());
  }

  public static SqlType array(SqlType element) {
    return new SqlType(Kind.ARRAY, 0, 0, List.of(new Field("element", element, true)));
  }

  public static SqlType map(SqlType key, SqlType value) {
    return new SqlType(
        Kind.MAP, 0, 0, List.of(new Field("key", key, false), new Field("value", value, true)));
  }

  public static SqlType row(List<Field> fields) {
    return new SqlType(Kind.ROW, 0, 0, fields);
  }

  /** Whether values are text, whose order depends on a collation. */
  public boolean isText() {
    return kind == Kind.CHAR || kind == Kind.VARCHAR || kind == Kind.JSON;
  }

  /** The type as SQL writes it, such as {@code DECIMAL(12, 2)}. */
  @Override
  public String toString() {
    return switch (kind) {
      case DECIMAL -> "DECIMAL(" + precision + ", " + scale + ")";
      case CHAR -> "CHAR(" + precision + ")";
      case TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE";
      case INTERVAL_YEAR_MONTH -> "INTERVAL YEAR TO MONTH";
      case INTERVAL_DAY_TIME -> "INTERVAL DAY TO SECOND";
      case ARRAY -> fields.get(0).type() + " ARRAY";
      case MAP -> "MAP<" + fields.get(0).type() + ", " + fields.get(1).type() + ">";
      case ROW -> {
        var text = new StringBuilder("ROW(");
        for (Field field : fields) {
          text.append(text.length() > 4 ? ", " : "").append(field.name()).append(' ');
          text.append(field.type());
        }
        yield text.append(')').toString();
      }
      case NULL,
          BOOLEAN,
          TINYINT,
          SMALLINT,
          INTEGER,
          BIGINT,
          REAL,
          DOUBLE,
          VARCHAR,
          VARBINARY,
          DATE,
          TIME,
          TIMESTAMP,
          UUID,
          JSON ->
          kind.name();
    };
  }
}
