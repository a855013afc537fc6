package io.kurobe.adapters.source;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a source estimates of a table.
 *
 * @param rowCount rows
 * @param columns by column name; a column the source knows nothing of is absent
 */
public record TableStatistics(double rowCount, Map<String, ColumnStatistics> columns) {
  public TableStatistics {
    columns = Map.copyOf(columns);
  }

  /**
   * Statistics of a column.
   *
   * @param distinctValues how many different values
   * @param nullFraction 0 to 1
   * @param averageBytes width of a value
   * @param frequentValues the most frequent values in text form, most frequent first
   */
  public record ColumnStatistics(
      OptionalDouble distinctValues,
      OptionalDouble nullFraction,
      OptionalDouble averageBytes,
      List<String> frequentValues) {
    public ColumnStatistics {
      frequentValues = List.copyOf(frequentValues);
    }
  }
}
