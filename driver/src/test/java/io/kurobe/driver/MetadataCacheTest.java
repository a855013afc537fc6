package io.kurobe.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetadataCacheTest {
  private final AtomicLong clock = new AtomicLong(-5);
  private final MetadataCache cache = new MetadataCache(clock::get);

  private void answered(String question, String before, String after) {
    cache.told(before);
    long asked = cache.moment();
    cache.told(after);
    cache.keep(question, asked, question + "!", 10);
  }

  private boolean isKnown(String question) {
    return cache.find(question, String.class).filter((question + "!")::equals).isPresent();
  }

  @Test
  void keepsWhatIsOfTheVersionBeforeAndAfter() {
    answered("tables", "7", "7");
    assertThat(isKnown("tables")).isTrue();
    assertThat(isKnown("columns")).isFalse();
  }

  @Test
  void keepsNothingThatTheVersionPassedBy() {
    answered("tables", "7", "8");
    assertThat(isKnown("tables")).isFalse();
    cache.told("7");
    long asked = cache.moment();
    cache.told("8");
    cache.told("7");
    cache.keep("tables", asked, "tables!", 10);
    assertThat(isKnown("tables")).isFalse();
  }

  @Test
  void keepsNothingOfAServerThatTellsNoVersion() {
    answered("tables", null, null);
    assertThat(isKnown("tables")).isFalse();
    answered("tables", "7", "7");
    cache.told(null);
    cache.told("7");
    assertThat(isKnown("tables")).isFalse();
  }

  @Test
  void anotherVersionDropsAll() {
    answered("tables", "7", "7");
    cache.told("8");
    assertThat(isKnown("tables")).isFalse();
  }

  @Test
  void isBelievedForTenSecondsAfterTheLastWord() {
    answered("tables", "7", "7");
    clock.addAndGet(TimeUnit.SECONDS.toNanos(9));
    cache.told("7");
    clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
    assertThat(isKnown("tables")).isTrue();
    clock.addAndGet(1);
    assertThat(isKnown("tables")).isFalse();
    cache.told("7");
    assertThat(isKnown("tables")).isTrue();
  }

  @Test
  void whatIsForgottenWhileItIsAskedForIsNotKept() {
    cache.told("7");
    long asked = cache.moment();
    cache.forget();
    cache.keep("tables", asked, "tables!", 10);
    assertThat(isKnown("tables")).isFalse();
  }

  @Test
  void holdsSoManyAnswersAndDropsWhatWasNotUsedLongest() {
    for (int i = 0; i < 64; i++) {
      answered("columns of " + i, "7", "7");
    }
    assertThat(isKnown("columns of 0")).isTrue();
    answered("tables", "7", "7");
    assertThat(isKnown("columns of 0")).isTrue();
    assertThat(isKnown("columns of 1")).isFalse();
    assertThat(isKnown("columns of 2")).isTrue();
    assertThat(isKnown("tables")).isTrue();
  }

  @Test
  void holdsSoManyBytes() {
    cache.told("7");
    cache.keep("huge", cache.moment(), "huge!", (4 << 20) + 1);
    assertThat(isKnown("huge")).isFalse();
    for (int i = 0; i < 5; i++) {
      cache.keep("large " + i, cache.moment(), "large " + i + "!", 1 << 20);
    }
    assertThat(isKnown("large 0")).isFalse();
    assertThat(isKnown("large 1")).isTrue();
    cache.keep("large 1", cache.moment(), "large 1!", 3 << 20);
    assertThat(isKnown("large 1")).isTrue();
    assertThat(isKnown("large 4")).isTrue();
    assertThat(isKnown("large 3")).isFalse();
  }
}
