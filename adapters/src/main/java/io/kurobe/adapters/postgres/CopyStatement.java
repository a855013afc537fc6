package io.kurobe.adapters.postgres;

import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.type.SqlType;
import java.util.List;

/**
 * The COPY of a query: every column cast to the one wire type that its decoder reads.
 *
 * <p>To ask the server what a query gives and cast only where that differs would cost a round trip
 * before each query. A cast to the type that a value already has is nothing to the server, which
 * also flattens the outer query away, or keeps the order of an inner ORDER BY where it cannot.
 */
final class CopyStatement {
  private CopyStatement() {}

  static String of(ReadRequest request) {
    List<SqlType.Field> columns = request.columns();
    var select = new StringBuilder("COPY (SELECT ");
    var names = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      String name = "c" + i;
      select.append(i == 0 ? "" : ", ").append(cast("t." + name, columns.get(i).type()));
      names.append(i == 0 ? "(" : ", ").append(name);
    }
    if (!columns.isEmpty()) {
      names.append(')');
    }
    // A line break, should the query end in a comment.
    return select
        .append(" FROM (")
        .append(request.sql())
        .append("\n) AS t")
        .append(names)
        .append(") TO STDOUT (FORMAT binary)")
        .toString();
  }

  private static String cast(String column, SqlType type) {
    if (type.kind() != SqlType.Kind.ROW) {
      return column + "::" + wireType(type);
    }
    var row = new StringBuilder("CASE WHEN ").append(column);
    row.append(" IS DISTINCT FROM NULL THEN ROW(");
    for (int i = 0; i < type.fields().size(); i++) {
      SqlType.Field field = type.fields().get(i);
      String name = '"' + field.name().replace("\"", "\"\"") + '"';
      row.append(i == 0 ? "" : ", ").append(cast("(" + column + ")." + name, field.type()));
    }
    return row.append(") END").toString();
  }

  /** The server's type whose binary form the decoder of a type reads. */
  private static String wireType(SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "bool";
      case TINYINT, SMALLINT -> "int2";
      case INTEGER -> "int4";
      case BIGINT -> "int8";
      case REAL -> "float4";
      case DOUBLE -> "float8";
      case DECIMAL -> "numeric";
      // char(n) loses its padding here: blanks at its end mean nothing.
      case NULL, CHAR, VARCHAR, JSON -> "text";
      case VARBINARY -> "bytea";
      case DATE -> "date";
      case TIME -> "time";
      case TIMESTAMP -> "timestamp";
      case TIMESTAMP_TZ -> "timestamptz";
      case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> "interval";
      case UUID -> "uuid";
      case ARRAY -> wireType(type.fields().get(0).type()) + "[]";
      // Only a column or a field of one has these, never an element.
      case ROW, MAP -> "text";
    };
  }
}
