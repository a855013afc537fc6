package io.kurobe.adapters.type;

import io.kurobe.adapters.type.SqlType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The Arrow form of each {@link SqlType}. What Arrow's type alone cannot tell (CHAR, UUID, JSON,
 * the precision of an interval) stands in the field's metadata under {@value #TYPE_KEY}, so a
 * schema leads back to exactly the types it was made from.
 */
public final class ArrowTypes {
  /** Metadata key of the SQL type's name where Arrow's type does not imply it. */
  public static final String TYPE_KEY = "kurobe.type";

  /** Metadata key of a CHAR's length. */
  public static final String LENGTH_KEY = "kurobe.length";

  private ArrowTypes() {}

  /** The schema of a relation with these columns. */
  public static Schema schema(List<SqlType.Field> columns) {
    return new Schema(columns.stream().map(ArrowTypes::field).toList());
  }

  /** The columns a schema made by {@link #schema} describes. */
  public static List<SqlType.Field> columns(Schema schema) {
    return schema.getFields().stream().map(ArrowTypes::column).toList();
  }

  /** The Arrow field of a column. */
  public static Field field(SqlType.Field column) {
    SqlType type = column.type();
    return switch (type.kind()) {
      case NULL -> leaf(column, ArrowType.Null.INSTANCE);
      case BOOLEAN -> leaf(column, ArrowType.Bool.INSTANCE);
      case TINYINT -> leaf(column, new ArrowType.Int(8, true));
      case SMALLINT -> leaf(column, new ArrowType.Int(16, true));
      case INTEGER -> leaf(column, new ArrowType.Int(32, true));
      case BIGINT -> leaf(column, new ArrowType.Int(64, true));
      case REAL -> leaf(column, new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
      case DOUBLE -> leaf(column, new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
      case DECIMAL -> leaf(column, new ArrowType.Decimal(type.precision(), type.scale(), 128));
      case VARCHAR -> leaf(column, ArrowType.Utf8.INSTANCE);
      case CHAR ->
          marked(
              column,
              ArrowType.Utf8.INSTANCE,
              Map.of(TYPE_KEY, "CHAR", LENGTH_KEY, Integer.toString(type.precision())));
      case JSON -> marked(column, ArrowType.Utf8.INSTANCE, Map.of(TYPE_KEY, "JSON"));
      case VARBINARY -> leaf(column, ArrowType.Binary.INSTANCE);
      case DATE -> leaf(column, new ArrowType.Date(DateUnit.DAY));
      case TIME -> leaf(column, new ArrowType.Time(TimeUnit.MICROSECOND, 64));
      case TIMESTAMP -> leaf(column, new ArrowType.Timestamp(TimeUnit.MICROSECOND, null));
      case TIMESTAMP_TZ -> leaf(column, new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"));
      case INTERVAL_YEAR_MONTH -> leaf(column, new ArrowType.Interval(IntervalUnit.YEAR_MONTH));
      case INTERVAL_DAY_TIME -> leaf(column, new ArrowType.Duration(TimeUnit.MICROSECOND));
      case UUID -> marked(column, new ArrowType.FixedSizeBinary(16), Map.of(TYPE_KEY, "UUID"));
      case ARRAY -> nested(column, ArrowType.List.INSTANCE, fields(type.fields()));
      case MAP ->
          nested(
              column,
              new ArrowType.Map(false),
              List.of(
                  new Field(
                      MapVector.DATA_VECTOR_NAME,
                      FieldType.notNullable(ArrowType.Struct.INSTANCE),
                      fields(type.fields()))));
      case ROW -> nested(column, ArrowType.Struct.INSTANCE, fields(type.fields()));
    };
  }

  /** The column an Arrow field stands for. */
  public static SqlType.Field column(Field field) {
    return new SqlType.Field(field.getName(), type(field), field.isNullable());
  }

  /** The SQL type of an Arrow field, also of one that Kurobe did not make. */
  public static SqlType type(Field field) {
    ArrowType type = field.getType();
    String mark = field.getMetadata().getOrDefault(TYPE_KEY, "");
    if (type instanceof ArrowType.Int integer) {
      return switch (integer.getBitWidth()) {
        case 8 -> integer.getIsSigned() ? SqlType.TINYINT : SqlType.SMALLINT;
        case 16 -> integer.getIsSigned() ? SqlType.SMALLINT : SqlType.INTEGER;
        case 32 -> integer.getIsSigned() ? SqlType.INTEGER : SqlType.BIGINT;
        default -> integer.getIsSigned() ? SqlType.BIGINT : SqlType.decimal(20, 0);
      };
    }
    if (type instanceof ArrowType.FloatingPoint floating) {
      return floating.getPrecision() == FloatingPointPrecision.DOUBLE
          ? SqlType.DOUBLE
          : SqlType.REAL;
    }
    if (type instanceof ArrowType.Decimal decimal) {
      return SqlType.decimal(
          Math.min(decimal.getPrecision(), SqlType.MAX_DECIMAL_PRECISION), decimal.getScale());
    }
    if (type instanceof ArrowType.Utf8 || type instanceof ArrowType.LargeUtf8) {
      return switch (mark) {
        case "CHAR" ->
            SqlType.character(Integer.parseInt(field.getMetadata().getOrDefault(LENGTH_KEY, "1")));
        case "JSON" -> SqlType.JSON;
        default -> SqlType.VARCHAR;
      };
    }
    if (type instanceof ArrowType.FixedSizeBinary && mark.equals("UUID")) {
      return SqlType.UUID;
    }
    if (type instanceof ArrowType.Timestamp timestamp) {
      return timestamp.getTimezone() == null ? SqlType.TIMESTAMP : SqlType.TIMESTAMP_TZ;
    }
    if (type instanceof ArrowType.Interval interval) {
      return interval.getUnit() == IntervalUnit.YEAR_MONTH
          ? SqlType.INTERVAL_YEAR_MONTH
          : SqlType.INTERVAL_DAY_TIME;
    }
    return switch (type.getTypeID()) {
      case Null -> SqlType.NULL;
      case Bool -> SqlType.BOOLEAN;
      case Date -> SqlType.DATE;
      case Time -> SqlType.TIME;
      case Duration -> SqlType.INTERVAL_DAY_TIME;
      case Binary, LargeBinary, FixedSizeBinary -> SqlType.VARBINARY;
      case List, LargeList, FixedSizeList -> SqlType.array(type(field.getChildren().get(0)));
      case Map -> {
        List<Field> entry = field.getChildren().get(0).getChildren();
        yield SqlType.map(type(entry.get(0)), type(entry.get(1)));
      }
      case Struct -> SqlType.row(field.getChildren().stream().map(ArrowTypes::column).toList());
      default -> throw new IllegalArgumentException("no SQL type for Arrow's " + type);
    };
  }

  private static Field leaf(SqlType.Field column, ArrowType type) {
    return new Field(column.name(), new FieldType(column.nullable(), type, null), null);
  }

  private static Field marked(SqlType.Field column, ArrowType type, Map<String, String> metadata) {
    return new Field(column.name(), new FieldType(column.nullable(), type, null, metadata), null);
  }

  private static Field nested(SqlType.Field column, ArrowType type, List<Field> children) {
    return new Field(column.name(), new FieldType(column.nullable(), type, null), children);
  }

  private static List<Field> fields(List<SqlType.Field> fields) {
    List<Field> result = new ArrayList<>();
    for (SqlType.Field field : fields) {
      result.add(field(field));
    }
    return result;
  }

  /** Whether a type is one of Kurobe's leaf types, that is, neither ARRAY, MAP nor ROW. */
  public static boolean isLeaf(SqlType type) {
    return type.kind() != Kind.ARRAY && type.kind() != Kind.MAP && type.kind() != Kind.ROW;
  }
}
