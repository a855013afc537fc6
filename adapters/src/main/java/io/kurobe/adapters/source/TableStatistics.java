package io.kurobe.adapters.source;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

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
   * @param range the least and the greatest value, of types that have one; on the {@linkplain
   *     ValueAxis axis} of the column's type
   */
  public record ColumnStatistics(
      OptionalDouble distinctValues,
      OptionalDouble nullFraction,
      OptionalDouble averageBytes,
      List<String> frequentValues,
      Optional<Range> range) {
    public ColumnStatistics {
      requireNonNull(distinctValues, "distinctValues is null");
      requireNonNull(nullFraction, "nullFraction is null");
      requireNonNull(averageBytes, "averageBytes is null");
      frequentValues = List.copyOf(frequentValues);
      requireNonNull(range, "range is null");
    }
  }

  /** Two numbers, the first not above the second. */
  public record Range(double low, double high) {
    /** A range of two texts of values; empty if either has no place on the axis. */
    public static Optional<Range> of(@Nullable String low, @Nullable String high) {
      OptionalDouble from = ValueAxis.position(low);
      OptionalDouble to = ValueAxis.position(high);
      return from.isPresent() && to.isPresent() && from.getAsDouble() <= to.getAsDouble()
          ? Optional.of(new Range(from.getAsDouble(), to.getAsDouble()))
          : Optional.empty();
    }
  }
}
