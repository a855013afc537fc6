package io.kurobe.server.avatica;

import io.kurobe.adapters.type.JdbcTypes;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.PlannedStatement.Origin;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.AvaticaType;
import org.apache.calcite.avatica.ColumnMetaData.Rep;

/**
 * The Avatica form of columns and parameters. What Avatica's protocol has no form for goes as text
 * under its own type name: UUID, JSON, intervals (ISO 8601), maps, rows and nested arrays. How
 * times go is a matter of the {@link WireForm}.
 */
final class ColumnTypes {
  private ColumnTypes() {}

  static List<ColumnMetaData> columns(
      List<SqlType.Field> fields, List<Optional<Origin>> origins, WireForm form) {
    List<ColumnMetaData> columns = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Optional<Origin> origin = i < origins.size() ? origins.get(i) : Optional.empty();
      columns.add(column(i, fields.get(i), origin, form));
    }
    return columns;
  }

  private static ColumnMetaData column(
      int ordinal, SqlType.Field field, Optional<Origin> origin, WireForm form) {
    SqlType type = field.type();
    AvaticaType avatica = type(type);
    return new ColumnMetaData(
        ordinal,
        false,
        type.isText(),
        true,
        false,
        field.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
        JdbcTypes.isNumeric(type),
        displaySize(type),
        field.name(),
        origin.map(Origin::column).orElse(field.name()),
        origin.map(Origin::schema).orElse(""),
        precision(type, form),
        type.scale(),
        origin.map(Origin::table).orElse(""),
        origin.map(Origin::source).orElse(""),
        avatica,
        true,
        false,
        false,
        className(type));
  }

  static AvaticaType type(SqlType type) {
    if (type.kind() == SqlType.Kind.ARRAY && JdbcTypes.isArray(type)) {
      SqlType element = type.fields().get(0).type();
      Rep rep = JdbcTypes.isNumeric(element) ? Rep.NUMBER : rep(element);
      return ColumnMetaData.array(
          ColumnMetaData.scalar(JdbcTypes.code(element), JdbcTypes.name(element), rep),
          JdbcTypes.name(type),
          Rep.ARRAY);
    }
    return ColumnMetaData.scalar(JdbcTypes.code(type), JdbcTypes.name(type), rep(type));
  }

  static AvaticaParameter parameter(int position, SqlType type, WireForm form) {
    return new AvaticaParameter(
        JdbcTypes.isNumeric(type),
        precision(type, form),
        type.scale(),
        JdbcTypes.code(type),
        JdbcTypes.name(type),
        className(type),
        "?" + position);
  }

  private static Rep rep(SqlType type) {
    return switch (type.kind()) {
      case NULL -> Rep.OBJECT;
      case BOOLEAN -> Rep.BOOLEAN;
      case TINYINT, SMALLINT, INTEGER, DATE, TIME -> Rep.INTEGER;
      case BIGINT, TIMESTAMP, TIMESTAMP_TZ -> Rep.LONG;
      case REAL -> Rep.FLOAT;
      case DOUBLE -> Rep.DOUBLE;
      case DECIMAL -> Rep.NUMBER;
      case VARBINARY -> Rep.BYTE_STRING;
      case CHAR, VARCHAR, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, UUID, JSON, ARRAY, MAP, ROW ->
          Rep.STRING;
    };
  }

  private static String className(SqlType type) {
    return switch (type.kind()) {
      case NULL -> Object.class.getName();
      case BOOLEAN -> Boolean.class.getName();
      case TINYINT, SMALLINT, INTEGER -> Integer.class.getName();
      case BIGINT -> Long.class.getName();
      case REAL -> Float.class.getName();
      case DOUBLE -> Double.class.getName();
      case DECIMAL -> java.math.BigDecimal.class.getName();
      case VARBINARY -> "[B";
      case DATE -> java.sql.Date.class.getName();
      case TIME -> java.sql.Time.class.getName();
      case TIMESTAMP, TIMESTAMP_TZ -> java.sql.Timestamp.class.getName();
      case ARRAY ->
          JdbcTypes.isArray(type) ? java.sql.Array.class.getName() : String.class.getName();
      case CHAR, VARCHAR, INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME, UUID, JSON, MAP, ROW ->
          String.class.getName();
    };
  }

  /** Digits, characters or bytes, as {@code getPrecision} means it; fraction digits of times. */
  static int precision(SqlType type, WireForm form) {
    return switch (type.kind()) {
      case TIME, TIMESTAMP, TIMESTAMP_TZ -> Math.min(type.precision(), form.fractionDigits());
      default -> JdbcTypes.size(type);
    };
  }

  private static int displaySize(SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> 5;
      case TINYINT, SMALLINT, INTEGER, BIGINT -> JdbcTypes.size(type) + 1;
      case REAL -> 15;
      case DOUBLE -> 25;
      case DECIMAL -> type.precision() + 2;
      default -> JdbcTypes.size(type);
    };
  }
}
