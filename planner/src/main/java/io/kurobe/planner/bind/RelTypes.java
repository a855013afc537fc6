package io.kurobe.planner.bind;

import io.kurobe.adapters.type.SqlType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** The two-way map between {@link SqlType} and Calcite's types. */
public final class RelTypes {
  private static final SqlIntervalQualifier YEAR_TO_MONTH =
      new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO);
  private static final SqlIntervalQualifier DAY_TO_SECOND =
      new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO);

  private RelTypes() {}

  /** A factory with Kurobe's type system, whose text is UTF-8. */
  static RelDataTypeFactory newFactory() {
    return new SqlTypeFactoryImpl(KurobeTypeSystem.INSTANCE) {
      @Override
      public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
      }

      /** REAL and another number are DOUBLE together, which holds the values of both. */
      @Override
      public @Nullable RelDataType leastRestrictive(
          List<RelDataType> types, SqlTypeMappingRule rule) {
        RelDataType least = super.leastRestrictive(types, rule);
        boolean mixed =
            least != null
                && least.getSqlTypeName() == SqlTypeName.REAL
                && types.stream().anyMatch(RelTypes::isOtherNumber);
        return mixed
            ? createTypeWithNullability(createSqlType(SqlTypeName.DOUBLE), least.isNullable())
            : least;
      }
    };
  }

  private static boolean isOtherNumber(RelDataType type) {
    return SqlTypeUtil.isNumeric(type) && type.getSqlTypeName() != SqlTypeName.REAL;
  }

  /** The row type of a table with these columns. */
  public static RelDataType rowType(RelDataTypeFactory factory, List<SqlType.Field> columns) {
    RelDataTypeFactory.Builder builder = factory.builder();
    columns.forEach(
        column -> builder.add(column.name(), toRel(factory, column.type(), column.nullable())));
    return builder.build();
  }

  /** Calcite's form of a type. */
  static RelDataType toRel(RelDataTypeFactory factory, SqlType type, boolean nullable) {
    return factory.createTypeWithNullability(toRel(factory, type), nullable);
  }

  private static RelDataType toRel(RelDataTypeFactory factory, SqlType type) {
    return switch (type.kind()) {
      case NULL -> factory.createSqlType(SqlTypeName.NULL);
      case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
      case TINYINT -> factory.createSqlType(SqlTypeName.TINYINT);
      case SMALLINT -> factory.createSqlType(SqlTypeName.SMALLINT);
      case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
      case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
      case REAL -> factory.createSqlType(SqlTypeName.REAL);
      case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
      case DECIMAL -> factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
      case CHAR -> factory.createSqlType(SqlTypeName.CHAR, type.precision());
      case VARCHAR, JSON -> factory.createSqlType(SqlTypeName.VARCHAR);
      case VARBINARY -> factory.createSqlType(SqlTypeName.VARBINARY);
      case DATE -> factory.createSqlType(SqlTypeName.DATE);
      case TIME -> factory.createSqlType(SqlTypeName.TIME, type.precision());
      case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, type.precision());
      case TIMESTAMP_TZ ->
          factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, type.precision());
      case INTERVAL_YEAR_MONTH -> factory.createSqlIntervalType(YEAR_TO_MONTH);
      case INTERVAL_DAY_TIME -> factory.createSqlIntervalType(DAY_TO_SECOND);
      case UUID -> factory.createSqlType(SqlTypeName.UUID);
      case ARRAY -> factory.createArrayType(toRel(factory, type.fields().get(0).type(), true), -1);
      case MAP ->
          factory.createMapType(
              toRel(factory, type.fields().get(0).type(), false),
              toRel(factory, type.fields().get(1).type(), true));
      case ROW -> rowType(factory, type.fields());
    };
  }

  /** Kurobe's form of a type of Calcite's. */
  public static SqlType fromRel(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case NULL -> SqlType.NULL;
      case BOOLEAN -> SqlType.BOOLEAN;
      case TINYINT -> SqlType.TINYINT;
      case SMALLINT, UTINYINT -> SqlType.SMALLINT;
      case INTEGER, USMALLINT -> SqlType.INTEGER;
      case BIGINT, UINTEGER -> SqlType.BIGINT;
      case UBIGINT -> SqlType.decimal(20, 0);
      case REAL -> SqlType.REAL;
      case FLOAT, DOUBLE -> SqlType.DOUBLE;
      case DECIMAL ->
          SqlType.decimal(
              Math.min(Math.max(type.getPrecision(), 1), SqlType.MAX_DECIMAL_PRECISION),
              Math.max(type.getScale(), 0));
      case CHAR -> SqlType.character(Math.max(type.getPrecision(), 1));
      case BINARY, VARBINARY -> SqlType.VARBINARY;
      case DATE -> SqlType.DATE;
      case TIME, TIME_TZ, TIME_WITH_LOCAL_TIME_ZONE -> time(SqlType.TIME, type);
      case TIMESTAMP -> time(SqlType.TIMESTAMP, type);
      case TIMESTAMP_TZ, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> time(SqlType.TIMESTAMP_TZ, type);
      case INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH -> SqlType.INTERVAL_YEAR_MONTH;
      case INTERVAL_DAY,
          INTERVAL_DAY_HOUR,
          INTERVAL_DAY_MINUTE,
          INTERVAL_DAY_SECOND,
          INTERVAL_HOUR,
          INTERVAL_HOUR_MINUTE,
          INTERVAL_HOUR_SECOND,
          INTERVAL_MINUTE,
          INTERVAL_MINUTE_SECOND,
          INTERVAL_SECOND ->
          SqlType.INTERVAL_DAY_TIME;
      case UUID -> SqlType.UUID;
      case ARRAY, MULTISET -> SqlType.array(fromRel(type.getComponentType()));
      case MAP -> SqlType.map(fromRel(type.getKeyType()), fromRel(type.getValueType()));
      case ROW, STRUCTURED ->
          SqlType.row(type.getFieldList().stream().map(RelTypes::column).toList());
      default -> SqlType.VARCHAR;
    };
  }

  private static SqlType time(SqlType finest, RelDataType type) {
    int precision = type.getPrecision();
    return precision < 0 || precision >= finest.precision()
        ? finest
        : new SqlType(finest.kind(), precision, 0, List.of());
  }

  /** A field of a row type as a column. */
  public static SqlType.Field column(RelDataTypeField field) {
    return new SqlType.Field(
        field.getName(), fromRel(field.getType()), field.getType().isNullable());
  }
}
