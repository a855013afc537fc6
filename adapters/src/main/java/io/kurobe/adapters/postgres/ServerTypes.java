package io.kurobe.adapters.postgres;

import io.kurobe.adapters.type.ArrowTypes;
import io.kurobe.adapters.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server's types (pg_type) and what each is here (docs/semantics.md). What is not known is text
 * in the server's form.
 *
 * @param types by oid; without the row types of tables
 * @param composites fields of each composite type, by the oid of its relation
 * @param numericScale scale of a numeric that declares none
 */
record ServerTypes(
    Map<Long, ServerType> types, Map<Long, List<ServerField>> composites, int numericScale) {
  private static final int HEADER = 4;
  private static final int YEAR_AND_MONTH = 1 << 2 | 1 << 1;
  private static final int DAY_TO_SECOND = 1 << 3 | 1 << 10 | 1 << 11 | 1 << 12;

  /** A row of pg_type; {@code builtIn} if it is in pg_catalog. */
  record ServerType(
      String name,
      boolean builtIn,
      char kind,
      boolean array,
      long element,
      long base,
      int baseModifier,
      long relation) {}

  /** A field of a composite type. */
  record ServerField(String name, long type, int modifier) {}

  /** The type of a column, by the oid of its type and its modifier (-1 for none). */
  SqlType sqlType(long oid, int modifier) {
    ServerType type = types.get(oid);
    if (type == null) {
      return SqlType.VARCHAR;
    }
    if (type.kind() == 'd') {
      return sqlType(type.base(), type.baseModifier());
    }
    if (type.kind() == 'c') {
      return row(type.relation()).orElse(SqlType.VARCHAR);
    }
    if (type.array()) {
      SqlType element = sqlType(type.element(), modifier);
      return ArrowTypes.isLeaf(element) ? SqlType.array(element) : SqlType.VARCHAR;
    }
    return type.kind() == 'b' && type.builtIn() ? scalar(type.name(), modifier) : SqlType.VARCHAR;
  }

  private Optional<SqlType> row(long relation) {
    List<SqlType.Field> fields = new ArrayList<>();
    for (ServerField field : composites.getOrDefault(relation, List.of())) {
      SqlType type = sqlType(field.type(), field.modifier());
      if (!ArrowTypes.isLeaf(type)) {
        return Optional.empty();
      }
      fields.add(new SqlType.Field(field.name(), type, true));
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of(SqlType.row(fields));
  }

  private SqlType scalar(String name, int modifier) {
    return switch (name) {
      case "bool" -> SqlType.BOOLEAN;
      case "int2" -> SqlType.SMALLINT;
      case "int4" -> SqlType.INTEGER;
      case "int8" -> SqlType.BIGINT;
      case "float4" -> SqlType.REAL;
      case "float8" -> SqlType.DOUBLE;
      case "numeric" -> decimal(modifier);
      case "bpchar" -> modifier > HEADER ? SqlType.character(modifier - HEADER) : SqlType.VARCHAR;
      case "bytea" -> SqlType.VARBINARY;
      case "date" -> SqlType.DATE;
      case "time" -> SqlType.TIME;
      case "timestamp" -> SqlType.TIMESTAMP;
      case "timestamptz" -> SqlType.TIMESTAMP_TZ;
      case "interval" -> interval(modifier);
      case "uuid" -> SqlType.UUID;
      case "json", "jsonb" -> SqlType.JSON;
      default -> SqlType.VARCHAR;
    };
  }

  private SqlType decimal(int modifier) {
    if (modifier >= HEADER) {
      int precision = (modifier - HEADER) >> 16 & 0xffff;
      // Eleven bits with a sign: numeric(2, -3) and numeric(2, 5) are declared, too.
      int scale = ((modifier - HEADER & 0x7ff) ^ 1024) - 1024;
      int digits = scale < 0 ? precision - scale : Math.max(precision, scale);
      if (digits <= SqlType.MAX_DECIMAL_PRECISION) {
        return SqlType.decimal(digits, Math.max(scale, 0));
      }
    }
    return SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, numericScale);
  }

  private static SqlType interval(int modifier) {
    int fields = modifier < 0 ? -1 : modifier >> 16 & 0x7fff;
    if (fields > 0 && (fields & ~YEAR_AND_MONTH) == 0) {
      return SqlType.INTERVAL_YEAR_MONTH;
    }
    if (fields > 0 && (fields & ~DAY_TO_SECOND) == 0) {
      return SqlType.INTERVAL_DAY_TIME;
    }
    return SqlType.VARCHAR;
  }
}
