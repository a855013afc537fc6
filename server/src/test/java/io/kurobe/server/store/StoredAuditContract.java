package io.kurobe.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.server.audit.Actor;
import io.kurobe.server.audit.AuditEvent;
import io.kurobe.server.audit.AuditKey;
import io.kurobe.server.audit.AuditRecord;
import io.kurobe.server.audit.ChainCheck;
import io.kurobe.server.config.AuditSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds of the audit, whichever database it is in. */
abstract class StoredAuditContract {
  private static final Actor ADA = new Actor("ada", Set.of("analyst", "admin"), "127.0.0.1");
  private static final AuditEvent.GatewayStarted BEGIN =
      new AuditEvent.GatewayStarted("1", "of a test");

  @TempDir Path keys;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-31T14:25:00.123456Z"));

  /** Opens the store of this test, which is empty at its beginning. */
  abstract StateStore open();

  private StoredAudit audit(StateStore store) {
    Clock clock =
        new Clock() {
          @Override
          public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now.get();
          }
        };
    return StoredAudit.open(
        store,
        AuditKey.of(keys),
        new AuditSettings(true, AuditSettings.OnFailure.FAIL, Duration.ofDays(90)),
        clock,
        BEGIN);
  }

  private ChainCheck.Result check(StateStore store) {
    AuditKey key = AuditKey.of(keys);
    return store.auditRecords().check(key.chain(), key.publicKey());
  }

  private static AuditEvent started(String id) {
    return new AuditEvent.StatementStarted(
        ADA,
        id,
        "SELECT 'ü\0', " + id,
        List.of("sales.public.orders"),
        List.of(new AuditEvent.SourceStatement("sales", "SELECT 1")));
  }

  private static AuditEvent ended(String id) {
    return new AuditEvent.StatementEnded(
        ADA, id, 3, 24, Duration.ofMillis(5), "FINISHED", Optional.empty());
  }

  private static List<AuditRecord> records(StateStore store) {
    List<AuditRecord> all = new ArrayList<>();
    store.auditRecords().chains().forEach(chain -> store.auditRecords().each(chain, all::add));
    return all;
  }

  @Test
  void chainsWhatManyRecordAtOnceAndGoesOnAfterReopening() throws Exception {
    try (StateStore store = open()) {
      try (StoredAudit audit = audit(store)) {
        List<CompletableFuture<Void>> written =
            IntStream.range(0, 2_500)
                .parallel()
                .mapToObj(i -> audit.record(started("q" + i)))
                .toList();
        CompletableFuture.allOf(written.toArray(CompletableFuture<?>[]::new))
            .get(60, TimeUnit.SECONDS);
      }
      assertThat(check(store))
          .isEqualTo(
              new ChainCheck.Result(
                  AuditKey.of(keys).chain(), 2_502, 2_502, 2_502, Optional.empty()));
    }
    try (StateStore store = open()) {
      audit(store).close();
      // All that began and did not end are interrupted now.
      assertThat(check(store).last()).isEqualTo(2_502 + 2_500 + 2);
      assertThat(check(store).wrong()).isEmpty();
    }
  }

  @Test
  void hasWhoDidWhatAndHowItEnded() {
    try (StateStore store = open()) {
      try (StoredAudit audit = audit(store)) {
        audit.record(started("q1"));
        audit.record(ended("q1")).join();
      }
      assertThat(records(store).stream().map(AuditRecord::event))
          .containsExactly(
              "GATEWAY_STARTED", "STATEMENT_STARTED", "STATEMENT_ENDED", "GATEWAY_STOPPED");
      assertThat(records(store).get(1).body())
          .isEqualTo(
              "{\"chain\":\""
                  + AuditKey.of(keys).chain()
                  + "\",\"seq\":2,\"at\":\"2026-01-31T14:25:00.123456Z\","
                  + "\"event\":\"STATEMENT_STARTED\",\"queryId\":\"q1\",\"principal\":\"ada\","
                  + "\"roles\":[\"admin\",\"analyst\"],\"address\":\"127.0.0.1\","
                  + "\"sql\":\"SELECT 'ü\uFFFD', q1\",\"tables\":[\"sales.public.orders\"],"
                  + "\"sources\":[{\"source\":\"sales\",\"statement\":\"SELECT 1\"}]}");
      assertThat(records(store).get(2).body())
          .endsWith("\"rows\":3,\"bytes\":24,\"ms\":5,\"outcome\":\"FINISHED\"}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE audit_log SET body = replace(body, 'ada', 'bob') WHERE seq = 2 | record 2 is not",
        "UPDATE audit_log SET event = 'LOGIN' WHERE seq = 2 | record 2 is filed",
        "DELETE FROM audit_log WHERE seq = 3 | record 3 is missing",
        "DELETE FROM audit_log WHERE seq >= 4 | records 4 to 5 are missing",
        "DELETE FROM audit_log WHERE seq = 1 | records before 2 are gone",
        "DELETE FROM audit_log | records 1 to 5 are missing",
        "UPDATE audit_checkpoints SET recorded = recorded + 1 | is not signed by this key",
      })
  void tellsWhatWasChangedOrTakenOut(String change, String told) {
    try (StateStore store = open()) {
      try (StoredAudit audit = audit(store)) {
        audit.record(started("q1"));
        audit.record(ended("q1"));
        audit.record(new AuditEvent.Denied(ADA, Optional.of("q1"), "to read secrets"));
      }
      assertThat(check(store).wrong()).isEmpty();
      store.inTransaction(handle -> handle.execute(change));
      assertThat(check(store).wrong().orElse("")).contains(told);
    }
  }

  @Test
  void aChainThatWasMadeUpIsNotSigned(@TempDir Path others) {
    try (StateStore store = open()) {
      audit(store).close();
      AuditKey other = AuditKey.of(others);
      assertThat(
              store
                  .auditRecords()
                  .check(AuditKey.of(keys).chain(), other.publicKey())
                  .wrong()
                  .orElse(""))
          .contains("not signed by this key");
    }
  }

  @Test
  void forgetsWhatIsOldUpToACheckpointAndIsStillChecked() {
    try (StateStore store = open()) {
      try (StoredAudit audit = audit(store)) {
        audit.record(started("q1"));
        audit.record(ended("q1"));
      }
      now.set(now.get().plus(Duration.ofDays(89)));
      audit(store).close();
      assertThat(records(store).get(0).sequence()).isEqualTo(1);
      now.set(now.get().plus(Duration.ofDays(2)));
      audit(store).close();
      assertThat(records(store).stream().map(AuditRecord::sequence))
          .containsExactly(5L, 6L, 7L, 8L);
      assertThat(check(store))
          .isEqualTo(new ChainCheck.Result(AuditKey.of(keys).chain(), 4, 8, 8, Optional.empty()));
      store.inTransaction(handle -> handle.execute("DELETE FROM audit_log WHERE seq = 5"));
      assertThat(check(store).wrong().orElse("")).contains("records before 6 are gone");
    }
  }

  @Test
  void whatHadNotEndedIsInterrupted() {
    try (StateStore store = open()) {
      StoredAudit killed = audit(store);
      killed.record(started("q1"));
      killed.record(ended("q1"));
      killed.record(started("q2")).join();
      try (StoredAudit next = audit(store)) {
        next.record(started("q3"));
        next.record(ended("q3")).join();
      }
      audit(store).close();
      assertThat(records(store).stream().map(record -> record.event() + " " + record.queryId()))
          .containsExactly(
              "GATEWAY_STARTED ",
              "STATEMENT_STARTED q1",
              "STATEMENT_ENDED q1",
              "STATEMENT_STARTED q2",
              "STATEMENT_INTERRUPTED q2",
              "GATEWAY_STARTED ",
              "STATEMENT_STARTED q3",
              "STATEMENT_ENDED q3",
              "GATEWAY_STOPPED ",
              "GATEWAY_STARTED ",
              "GATEWAY_STOPPED ");
    }
  }

  @Test
  void theKeyIsItsOwnersAlone() throws Exception {
    AuditKey key = AuditKey.of(keys);
    assertThat(AuditKey.of(keys).publicPem()).isEqualTo(key.publicPem());
    assertThat(Files.readString(keys.resolve(AuditKey.PUBLIC_FILE))).isEqualTo(key.publicPem());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(keys.resolve(AuditKey.PRIVATE_FILE))))
        .isEqualTo("rw-------");
  }
}
