package io.kurobe.adapters.embedded;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBConnection;

/**
 * A query to DuckDB, exported as Arrow batches through the C data interface. Where DuckDB's type of
 * a column is not the requested one, the query is wrapped in one that casts.
 */
public final class DuckDbQuery {
  private static final Set<String> WIDE_INTEGERS = Set.of("HUGEINT", "UHUGEINT");

  private DuckDbQuery() {}

  /**
   * Binds a query of the engine; it starts to run when the first batch is asked for.
   *
   * @param connection its caller's, which nothing else uses until the stream is closed
   * @param columns what the batches must have, by position; their names are given to the batches
   * @param allocator what the batches are allocated from
   * @return the stream; the caller closes it, then the connection
   */
  public static CancellableStream run(
      DuckDBConnection connection,
      String sql,
      List<SqlType.Field> columns,
      BufferAllocator allocator,
      int batchRows) {
    return run(connection, sql, columns, allocator, batchRows, DuckDbErrors::ofEngine);
  }

  /** As above, with errors told by the caller's own mapping. */
  public static CancellableStream run(
      DuckDBConnection connection,
      String sql,
      List<SqlType.Field> columns,
      BufferAllocator allocator,
      int batchRows,
      Function<Throwable, KurobeException> errors) {
    try {
      PreparedStatement statement = connection.prepareStatement(sql);
      try {
        String casted = castTo(columns, statement.getMetaData(), sql);
        if (!casted.equals(sql)) {
          statement.close();
          statement = connection.prepareStatement(casted);
        }
        // What was prepared runs: preparing costs DuckDB as much as a small query takes to run.
        return new DuckDbStream(
            connection, statement, casted, columns, allocator, batchRows, errors);
      } catch (SQLException | RuntimeException e) {
        statement.close();
        throw e;
      }
    } catch (SQLException e) {
      throw errors.apply(e);
    }
  }

  private static String castTo(List<SqlType.Field> columns, ResultSetMetaData given, String sql)
      throws SQLException {
    if (given.getColumnCount() != columns.size()) {
      throw new KurobeException(
          ErrorCode.INTERNAL,
          "DuckDB gives " + given.getColumnCount() + " columns, not " + columns.size());
    }
    var expressions = new StringJoiner(", ");
    var names = new StringJoiner(", ");
    boolean asIs = true;
    for (int i = 0; i < columns.size(); i++) {
      SqlType wanted = columns.get(i).type();
      String name = "c" + i;
      names.add(name);
      if (DuckDbTypes.isExportedAs(given.getColumnTypeName(i + 1), wanted)) {
        expressions.add(name);
      } else {
        expressions.add(cast(name, given.getColumnTypeName(i + 1), columns.get(i)));
        asIs = false;
      }
    }
    // DuckDB keeps the order of a subquery's rows (preserve_insertion_order).
    return asIs ? sql : "SELECT " + expressions + " FROM (" + sql + ") AS q(" + names + ")";
  }

  private static String cast(String value, String given, SqlType.Field column) {
    SqlType wanted = column.type();
    String cast = "CAST(" + value + " AS " + DuckDbTypes.name(wanted) + ")";
    if (!WIDE_INTEGERS.contains(given) || wanted.kind() != SqlType.Kind.DECIMAL) {
      return cast;
    }
    // They have more digits than a decimal of 38; DuckDB's own error would not name the column.
    String most =
        "CAST('" + "9".repeat(wanted.precision() - wanted.scale()) + "' AS " + given + ")";
    String problem =
        DuckDbInstance.literal("22003: column \"" + column.name() + "\": the value ")
            + " || "
            + value
            + " || "
            + DuckDbInstance.literal(" does not fit into " + wanted);
    String least = given.equals("HUGEINT") ? value + " < -" + most : "false";
    return "CASE WHEN "
        + value
        + " > "
        + most
        + " OR "
        + least
        + " THEN error("
        + problem
        + ") ELSE "
        + cast
        + " END";
  }
}
