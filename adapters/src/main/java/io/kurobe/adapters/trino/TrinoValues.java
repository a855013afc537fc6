package io.kurobe.adapters.trino;

import io.trino.jdbc.Row;
import io.trino.jdbc.RowField;
import io.trino.jdbc.TrinoIntervalDayTime;
import io.trino.jdbc.TrinoIntervalYearMonth;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The driver's own classes of values as standard ones. */
final class TrinoValues {
  private TrinoValues() {}

  static Object standard(Object value) {
    if (value instanceof Row row) {
      List<@Nullable Object> fields = new ArrayList<>();
      for (RowField field : row.getFields()) {
        fields.add(field.getValue());
      }
      return fields;
    }
    if (value instanceof TrinoIntervalDayTime interval) {
      return Duration.ofMillis(interval.getMilliSeconds());
    }
    if (value instanceof TrinoIntervalYearMonth interval) {
      return Period.ofMonths(interval.getMonths());
    }
    return value;
  }
}
