package io.kurobe.adapters.source;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line on which values of one type stand in their order, so that statistics of any source can
 * be compared: numbers stand where they are, dates and times at their seconds since 1970.
 */
public final class ValueAxis {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d*\\.?\\d+([eE][+-]?\\d+)?");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern TIMESTAMP =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?");
  private static final Pattern INSTANT = Pattern.compile(TIMESTAMP.pattern() + "(Z|[+-]\\d\\d.*)");
  private static final Pattern WHOLE_HOUR = Pattern.compile("[+-]\\d\\d");
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?");

  private ValueAxis() {}

  /** Where a value stands, by the text a source writes it in; empty for text and what is odd. */
  public static OptionalDouble position(@Nullable String text) {
    if (text == null) {
      return OptionalDouble.empty();
    }
    try {
      if (NUMBER.matcher(text).matches()) {
        return OptionalDouble.of(Double.parseDouble(text));
      }
      if (DATE.matcher(text).matches()) {
        return seconds(LocalDate.parse(text).atStartOfDay());
      }
      if (TIMESTAMP.matcher(text).matches()) {
        return seconds(LocalDateTime.parse(text.replace(' ', 'T')));
      }
      if (INSTANT.matcher(text).matches()) {
        return seconds(instant(text.replace(' ', 'T')));
      }
      return TIME.matcher(text).matches()
          ? OptionalDouble.of(LocalTime.parse(text).toNanoOfDay() / 1e9)
          : OptionalDouble.empty();
    } catch (DateTimeException e) {
      return OptionalDouble.empty();
    }
  }

  private static LocalDateTime instant(String text) {
    int offset = text.length() - 3;
    String whole = WHOLE_HOUR.matcher(text.substring(offset)).matches() ? text + ":00" : text;
    return OffsetDateTime.parse(whole).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
  }

  private static OptionalDouble seconds(LocalDateTime value) {
    return OptionalDouble.of(value.toEpochSecond(ZoneOffset.UTC) + value.getNano() / 1e9);
  }
}
