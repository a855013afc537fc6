package io.kurobe.server.security.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.KurobeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final String HOME = "10.0.0.1";
  private static final String EVIL = "10.6.6.6";

  private final Steps clock = new Steps();
  private final Throttle throttle = new Throttle(clock);

  private static final class Steps extends Clock {
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** How many seconds the next attempt has to wait. */
  private long wait(String user, String address) {
    Instant before = clock.now;
    for (long seconds = 0; ; seconds++) {
      try {
        clock.now = before.plusSeconds(seconds);
        throttle.check(user, address);
        return seconds;
      } catch (KurobeException e) {
        assertThat(e.code().sqlState()).isEqualTo("28000");
      } finally {
        clock.now = before;
      }
    }
  }

  private void wrong(String user, String address) {
    clock.now = clock.now.plusSeconds(wait(user, address));
    throttle.attempt(user, address);
  }

  @Test
  void whoGuessesWaitsTwiceAsLongEachTime() {
    for (int i = 0; i < 4; i++) {
      wrong("ada", EVIL);
      assertThat(wait("ada", EVIL)).isZero();
    }
    for (long expected : new long[] {1, 2, 4, 8, 16, 32}) {
      wrong("ada", EVIL);
      assertThat(wait("ada", EVIL)).isEqualTo(expected);
      assertThat(wait("ADA", EVIL)).isEqualTo(expected);
    }
    assertThat(wait("ada", HOME)).isZero();
    assertThat(wait("bob", EVIL)).isZero();
  }

  @Test
  void anAddressThatTriesManyUsersWaitsAndItsOldGuestsDoNot() {
    throttle.attempt("bob", EVIL);
    throttle.right("bob", EVIL);
    for (int i = 0; i < 20; i++) {
      wrong("user" + i, EVIL);
    }
    assertThat(wait("another", EVIL)).isPositive();
    assertThat(wait("bob", EVIL)).isZero();
    assertThat(wait("another", HOME)).isZero();
  }

  @Test
  void nobodyCanShutOutAnother() {
    throttle.attempt("ada", HOME);
    throttle.right("ada", HOME);
    for (int i = 0; i < 500; i++) {
      throttle.right("other", EVIL + i);
      wrong("ada", EVIL + i);
    }
    // From where she came of late not at all, from elsewhere for half a minute at most.
    assertThat(wait("ada", HOME)).isZero();
    assertThat(wait("ada", "10.0.0.2")).isBetween(1L, 30L);
  }

  @Test
  void manyAtOnceAreNoWayRound() {
    for (int i = 0; i < 5; i++) {
      throttle.attempt("ada", EVIL);
    }
    assertThatThrownBy(() -> throttle.attempt("ada", EVIL)).isInstanceOf(KurobeException.class);
  }

  @Test
  void whoIsRightBeginsAnew() {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 4; i++) {
        throttle.attempt("ada", HOME);
      }
      assertThatCode(() -> throttle.attempt("ada", HOME)).doesNotThrowAnyException();
      throttle.right("ada", HOME);
      assertThat(wait("ada", HOME)).isZero();
    }
  }

  @Test
  void waitsNoLongerThanAQuarterOfAnHour() {
    for (int i = 0; i < 40; i++) {
      wrong("ada", EVIL);
    }
    assertThat(wait("ada", EVIL)).isEqualTo(Duration.ofMinutes(15).toSeconds());
  }
}
