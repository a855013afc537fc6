package io.kurobe.server.security.account;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.config.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/** When a key ends, as it is written: a date, a timestamp, or a length such as {@code 90d}. */
final class Expiry {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd[['T'][' ']HH:mm[:ss]][XXX]");

  private Expiry() {}

  /**
   * The moment that a text means.
   *
   * @param zone of times that name none
   * @throws KurobeException INVALID_SETTING if it means none, or one that has passed
   */
  static Instant of(String text, Instant now, ZoneId zone) {
    Instant end = Durations.parse(text).map(now::plus).orElseGet(() -> moment(text, zone));
    if (!end.isAfter(now)) {
      throw new KurobeException(ErrorCode.INVALID_SETTING, "the key would have expired already");
    }
    return end;
  }

  private static Instant moment(String text, ZoneId zone) {
    try {
      TemporalAccessor read =
          FORM.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (read instanceof OffsetDateTime at) {
        return at.toInstant();
      }
      return read instanceof LocalDateTime at
          ? at.atZone(zone).toInstant()
          : LocalDate.from(read).atStartOfDay(zone).toInstant();
    } catch (DateTimeException e) {
      throw new KurobeException(
              ErrorCode.INVALID_SETTING, "'" + text + "' is no time at which a key could end", e)
          .withHint("Write one such as '2031-01-31', '2031-01-31 12:00' or '90d'.");
    }
  }
}
