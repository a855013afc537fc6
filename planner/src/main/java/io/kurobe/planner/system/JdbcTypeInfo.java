package io.kurobe.planner.system;

import static io.kurobe.planner.system.SystemTable.column;
import static io.kurobe.planner.system.SystemTable.row;

import io.kurobe.adapters.type.JdbcTypes;
import io.kurobe.adapters.type.SqlType;
import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code system.jdbc.type_info}: the types that a column may have. */
final class JdbcTypeInfo {
  private static final List<SqlType> TYPES =
      List.of(
          SqlType.BOOLEAN,
          SqlType.TINYINT,
          SqlType.SMALLINT,
          SqlType.INTEGER,
          SqlType.BIGINT,
          SqlType.REAL,
          SqlType.DOUBLE,
          SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, 0),
          SqlType.character(JdbcTypes.UNBOUNDED_LENGTH),
          SqlType.VARCHAR,
          SqlType.JSON,
          SqlType.UUID,
          SqlType.VARBINARY,
          SqlType.DATE,
          SqlType.TIME,
          SqlType.TIMESTAMP,
          SqlType.TIMESTAMP_TZ);

  static final JdbcRelation RELATION =
      new JdbcRelation(
          "type_info",
          "the types of columns",
          List.of(
              column("type_name", SqlType.VARCHAR),
              column("data_type", SqlType.INTEGER),
              column("precision", SqlType.INTEGER),
              column("literal_prefix", SqlType.VARCHAR),
              column("literal_suffix", SqlType.VARCHAR),
              column("create_params", SqlType.VARCHAR),
              column("nullable", SqlType.SMALLINT),
              column("case_sensitive", SqlType.BOOLEAN),
              column("searchable", SqlType.SMALLINT),
              column("unsigned_attribute", SqlType.BOOLEAN),
              column("fixed_prec_scale", SqlType.BOOLEAN),
              column("auto_increment", SqlType.BOOLEAN),
              column("local_type_name", SqlType.VARCHAR),
              column("minimum_scale", SqlType.SMALLINT),
              column("maximum_scale", SqlType.SMALLINT),
              column("sql_data_type", SqlType.INTEGER),
              column("sql_datetime_sub", SqlType.INTEGER),
              column("num_prec_radix", SqlType.INTEGER),
              // Of those of a number the closest comes first, which its name does not tell.
              column("position", SqlType.INTEGER)),
          (catalog, wanted) ->
              IntStream.range(0, TYPES.size()).mapToObj(i -> type(TYPES.get(i), i + 1)).toList());

  private JdbcTypeInfo() {}

  private static List<@Nullable Object> type(SqlType type, int position) {
    boolean decimal = type.kind() == SqlType.Kind.DECIMAL;
    return row(
        JdbcTypes.name(type),
        JdbcTypes.code(type),
        JdbcTypes.size(type),
        prefix(type),
        prefix(type) == null ? null : "'",
        decimal ? "precision,scale" : type.kind() == SqlType.Kind.CHAR ? "length" : null,
        DatabaseMetaData.typeNullable,
        type.isText(),
        DatabaseMetaData.typeSearchable,
        false,
        false,
        false,
        null,
        0,
        maximumScale(type),
        null,
        null,
        JdbcTypes.isNumeric(type) ? 10 : null,
        position);
  }

  private static @Nullable String prefix(SqlType type) {
    return switch (JdbcTypes.code(type)) {
      case Types.CHAR, Types.VARCHAR -> "'";
      case Types.VARBINARY -> "X'";
      case Types.DATE, Types.TIME -> type.kind() + " '";
      case Types.TIMESTAMP -> type.kind() == SqlType.Kind.TIMESTAMP ? "TIMESTAMP '" : null;
      default -> null;
    };
  }

  private static int maximumScale(SqlType type) {
    return switch (type.kind()) {
      case DECIMAL -> SqlType.MAX_DECIMAL_PRECISION;
      case TIME, TIMESTAMP, TIMESTAMP_TZ -> type.precision();
      default -> 0;
    };
  }
}
