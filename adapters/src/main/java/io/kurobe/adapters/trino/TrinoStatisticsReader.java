package io.kurobe.adapters.trino;

import io.kurobe.adapters.source.TableStatistics;
import io.kurobe.adapters.source.TableStatistics.ColumnStatistics;
import io.kurobe.adapters.source.TableStatistics.Range;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads {@code SHOW STATS}. */
final class TrinoStatisticsReader {
  private TrinoStatisticsReader() {}

  static Optional<TableStatistics> read(Statement statement, String schema, String table)
      throws SQLException {
    String name =
        TrinoDialect.INSTANCE.quoteIdentifier(schema)
            + "."
            + TrinoDialect.INSTANCE.quoteIdentifier(table);
    Map<String, ColumnStatistics> columns = new HashMap<>();
    Map<String, Double> sizes = new HashMap<>();
    OptionalDouble rowCount = OptionalDouble.empty();
    try (ResultSet rows = statement.executeQuery("SHOW STATS FOR " + name)) {
      while (rows.next()) {
        String column = rows.getString("column_name");
        if (column == null) {
          rowCount = number(rows, "row_count");
          continue;
        }
        number(rows, "data_size").ifPresent(size -> sizes.put(column, size));
        columns.put(
            column,
            new ColumnStatistics(
                number(rows, "distinct_values_count"),
                number(rows, "nulls_fraction"),
                OptionalDouble.empty(),
                List.of(),
                Range.of(rows.getString("low_value"), rows.getString("high_value"))));
      }
    }
    if (rowCount.isEmpty()) {
      return Optional.empty();
    }
    double count = rowCount.getAsDouble();
    columns.replaceAll(
        (column, known) -> withWidth(known, sizes.getOrDefault(column, 0.0) / Math.max(count, 1)));
    return Optional.of(new TableStatistics(count, columns));
  }

  private static ColumnStatistics withWidth(ColumnStatistics known, double bytes) {
    return new ColumnStatistics(
        known.distinctValues(),
        known.nullFraction(),
        bytes > 0 ? OptionalDouble.of(bytes) : OptionalDouble.empty(),
        List.of(),
        known.range());
  }

  private static OptionalDouble number(ResultSet rows, String column) throws SQLException {
    double value = rows.getDouble(column);
    return rows.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
