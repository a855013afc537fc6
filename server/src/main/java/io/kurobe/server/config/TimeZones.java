package io.kurobe.server.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Time zones as users write them, in the names that every source and the engine know: those of the
 * IANA database.
 */
public final class TimeZones {
  public static final ZoneId UTC = ZoneId.of("UTC");

  private TimeZones() {}

  /** Reads {@code UTC}, {@code Europe/Vienna}, {@code +02:00}; empty if it is no such text. */
  public static Optional<ZoneId> parse(String text) {
    ZoneId zone;
    try {
      zone = ZoneId.of(text.strip());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    if (!(zone.normalized() instanceof ZoneOffset)) {
      return Optional.of(zone);
    }
    return named(zone.getRules().getOffset(Instant.EPOCH));
  }

  /** Only offsets of whole hours have names, and those count westward. */
  private static Optional<ZoneId> named(ZoneOffset offset) {
    Duration difference = Duration.ofSeconds(offset.getTotalSeconds());
    long hours = difference.toHours();
    if (hours == 0 && difference.isZero()) {
      return Optional.of(UTC);
    }
    if (!difference.equals(Duration.ofHours(hours)) || hours > 14 || hours < -12) {
      return Optional.empty();
    }
    return Optional.of(ZoneId.of("Etc/GMT" + (hours > 0 ? "-" : "+") + Math.abs(hours)));
  }
}
