package io.kurobe.planner.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.CatalogMetadata;
import io.kurobe.adapters.source.CatalogMetadata.SchemaMetadata;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.testing.SettableClock;
import io.kurobe.planner.session.Limits;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.ScriptedSource;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two sources, of which one is slow, down or changed. */
@Timeout(60)
class CatalogTest {
  private final SettableClock clock = new SettableClock();
  private final ExecutorService loading = Executors.newCachedThreadPool();
  private final ScriptedSource good = new ScriptedSource("good");
  private final ScriptedSource bad = new ScriptedSource("bad");
  private final Catalog catalog =
      new Catalog(List.of(good, bad), List.of(), (whole, session) -> whole, clock, loading);

  @AfterEach
  void stop() {
    loading.shutdownNow();
  }

  @Test
  void aSourceThatDoesNotAnswerHoldsUpNoStatementOfOthers() {
    CompletableFuture<CatalogMetadata> answer = new CompletableFuture<>();
    good.has("t");
    bad.waitsFor(answer);
    long start = System.nanoTime();
    assertThat(tables(catalog.snapshot(session(30), Set.of("good")), "good")).containsExactly("t");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(catalog.failure("bad").orElseThrow().code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(catalog.failure("bad").orElseThrow()).hasMessageContaining("bad");

    answer.complete(ScriptedSource.tables("late"));
    assertThat(tables(catalog.snapshot(session(30), Set.of("bad")), "bad")).containsExactly("late");
    assertThat(catalog.failure("bad")).isEmpty();
  }

  @Test
  void aStatementWaitsForTheSourceItNamesNoLongerThanItMayTake() {
    bad.waitsFor(new CompletableFuture<>());
    long start = System.nanoTime();
    CatalogSnapshot seen = catalog.snapshot(session(1), Set.of("bad"));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(20));
    assertThat(tables(seen, "bad")).isEmpty();
  }

  @Test
  void aStatementThatMayMeanAnySourceWaitsOnlyDuringItsFirstReading() {
    good.has("t");
    bad.waitsFor(new CompletableFuture<>());
    catalog.snapshot(session(30), Set.of("good"));
    clock.pass(Duration.ofSeconds(6));
    long start = System.nanoTime();
    assertThat(tables(catalog.snapshot(session(30)), "good")).containsExactly("t");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void givesWhatItKnowsWhileItReadsAgain() {
    bad.has("old");
    long version = catalog.snapshot().version();
    CompletableFuture<CatalogMetadata> answer = new CompletableFuture<>();
    bad.waitsFor(answer);
    clock.pass(Duration.ofMinutes(6));
    assertThat(tables(catalog.snapshot(), "bad")).containsExactly("old");
    assertThat(catalog.snapshot().version()).isEqualTo(version);
    answer.complete(ScriptedSource.tables("new"));
    while (catalog.snapshot().version() == version) {
      Thread.onSpinWait();
    }
    assertThat(tables(catalog.snapshot(), "bad")).containsExactly("new");
    assertThat(bad.readings()).isEqualTo(2);
  }

  @Test
  void keepsTheTablesOfASourceThatWentDownAndTriesItAgainSoon() {
    bad.has("t");
    catalog.snapshot();
    bad.isDown();
    assertThat(failure(() -> catalog.refresh(Optional.of("bad"))).code())
        .isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(tables(catalog.snapshot(), "bad")).containsExactly("t");
    assertThat(catalog.failure("bad")).isPresent();
    assertThat(bad.readings()).isEqualTo(2);

    bad.has("t", "u");
    clock.pass(Duration.ofSeconds(6));
    while (catalog.failure("bad").isPresent()) {
      catalog.snapshot();
    }
    assertThat(tables(catalog.snapshot(), "bad")).containsExactly("t", "u");
  }

  @Test
  void aSourceThatWasDownFromTheStartAppearsByItself() {
    good.has("t");
    bad.isDown();
    assertThat(tables(catalog.snapshot(), "good")).containsExactly("t");
    assertThat(catalog.failure("bad").orElseThrow()).hasMessageContaining("bad");
    bad.has("back");
    // Nobody asks it again before its pause is over, and then who names it waits for it.
    assertThat(tables(catalog.snapshot(session(30), Set.of("bad")), "bad")).isEmpty();
    clock.pass(Duration.ofSeconds(6));
    assertThat(tables(catalog.snapshot(session(30), Set.of("bad")), "bad")).containsExactly("back");
  }

  @Test
  void aFaultInsideASourceLeavesTheOthersWorking() {
    good.has("t");
    bad.waitsFor(CompletableFuture.failedFuture(new NoClassDefFoundError("x")));
    assertThat(tables(catalog.snapshot(), "good")).containsExactly("t");
    assertThat(catalog.failure("bad").orElseThrow().code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
  }

  @Test
  void refreshSeesWhatChangedAfterAReadingHadBegun() {
    CompletableFuture<CatalogMetadata> stale = new CompletableFuture<>();
    bad.waitsFor(stale);
    catalog.snapshot(session(30), Set.of("good"));
    CompletableFuture<Void> refreshed =
        CompletableFuture.runAsync(() -> catalog.refresh(Optional.of("bad")), loading);
    bad.has("fresh");
    stale.complete(ScriptedSource.tables("stale"));
    refreshed.join();
    assertThat(tables(catalog.snapshot(), "bad")).containsExactly("fresh");
  }

  @Test
  void refreshOfAllPassesOverSourcesThatAreDown() {
    bad.isDown();
    good.has("t");
    catalog.snapshot();
    good.has("t", "u");
    catalog.refresh(Optional.empty());
    assertThat(tables(catalog.snapshot(), "good")).containsExactly("t", "u");
  }

  @Test
  void refreshRefusesASourceThatIsNotConfigured() {
    assertThat(failure(() -> catalog.refresh(Optional.of("none"))).code())
        .isEqualTo(ErrorCode.UNKNOWN_SOURCE);
  }

  private static KurobeException failure(Runnable call) {
    return catchThrowableOfType(KurobeException.class, call::run);
  }

  private static List<String> tables(CatalogSnapshot snapshot, String source) {
    return snapshot.source(source).orElseThrow().metadata().schemas().stream()
        .map(SchemaMetadata::tables)
        .flatMap(List::stream)
        .map(TableMetadata::name)
        .toList();
  }

  private static Session session(int seconds) {
    return new Session(
        "test",
        new Principal("tester", Set.of()),
        ZoneId.of("UTC"),
        List.of(),
        new Limits(Duration.ofSeconds(seconds), 0, 1_000_000),
        Map.of());
  }
}
