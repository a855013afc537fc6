package io.kurobe.server.statement;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives query ids, such as {@code q20260131_142500_00007}: they sort as statements started. */
final class QueryIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("'q'yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private final Clock clock;
  private final AtomicInteger count = new AtomicInteger();

  QueryIds(Clock clock) {
    this.clock = requireNonNull(clock, "clock is null");
  }

  String next() {
    int number = Math.floorMod(count.incrementAndGet(), 100_000);
    String digits = Integer.toString(100_000 + number).substring(1);
    return TIME.format(clock.instant()) + "_" + digits;
  }
}
