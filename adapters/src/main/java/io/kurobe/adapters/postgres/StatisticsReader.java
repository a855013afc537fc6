package io.kurobe.adapters.postgres;

import io.kurobe.adapters.source.TableStatistics;
import io.kurobe.adapters.source.TableStatistics.ColumnStatistics;
import io.kurobe.adapters.source.TableStatistics.Range;
import io.kurobe.adapters.source.ValueAxis;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Reads what ANALYZE has left in pg_class and pg_stats. */
record StatisticsReader(Connection connection) {

  /** Empty for a view, and for a table of which nothing is known. */
  Optional<TableStatistics> read(String schema, String table) throws SQLException {
    OptionalDouble rowCount = rowCount(schema, table);
    if (rowCount.isEmpty()) {
      return Optional.empty();
    }
    double rows = rowCount.getAsDouble();
    Map<String, ColumnStatistics> columns = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(CatalogSql.COLUMN_STATISTICS)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          columns.put(
              row.getString(1),
              new ColumnStatistics(
                  distinct(row.getDouble(4), rows),
                  OptionalDouble.of(row.getDouble(2)),
                  OptionalDouble.of(row.getDouble(3)),
                  texts(row.getArray(5)),
                  range(texts(row.getArray(5)), row.getString(6), row.getString(7))));
        }
      }
    }
    return Optional.of(new TableStatistics(rows, columns));
  }

  private OptionalDouble rowCount(String schema, String table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CatalogSql.TABLE_STATISTICS)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return OptionalDouble.empty();
        }
        double rows = row.getDouble(1);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(Math.rint(rows));
      }
    }
  }

  /** pg_stats says 0 for unknown and a negative fraction of the rows where the count grows. */
  private static OptionalDouble distinct(double value, double rows) {
    if (value == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(value > 0 ? value : -value * rows);
  }

  /** The ends of the histogram, which leaves out the most frequent values. */
  private static Optional<Range> range(List<String> frequent, String low, String high) {
    DoubleSummaryStatistics all =
        Stream.concat(frequent.stream(), Stream.of(low, high).filter(Objects::nonNull))
            .map(ValueAxis::position)
            .flatMapToDouble(OptionalDouble::stream)
            .summaryStatistics();
    boolean complete = low != null || !frequent.isEmpty();
    return complete && all.getCount() > 0
        ? Optional.of(new Range(all.getMin(), all.getMax()))
        : Optional.empty();
  }

  private static List<String> texts(Array array) throws SQLException {
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }
}
