package io.kurobe.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.server.audit.Actor;
import io.kurobe.server.audit.AuditEvent;
import io.kurobe.server.audit.AuditKey;
import io.kurobe.server.config.AuditSettings;
import io.kurobe.server.config.AuditSettings.OnFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteAuditTest extends StoredAuditContract {
  @TempDir private Path directory;

  @Override
  StateStore open() {
    return StateStore.open(directory);
  }

  private StoredAudit audit(StateStore store, OnFailure onFailure) {
    return StoredAudit.open(
        store,
        AuditKey.of(directory),
        new AuditSettings(true, onFailure, Duration.ofDays(1)),
        Clock.systemUTC(),
        new AuditEvent.GatewayStarted("1", "of a test"));
  }

  private static AuditEvent event() {
    return new AuditEvent.ConfigurationChanged(Actor.GATEWAY, "x");
  }

  @Test
  void whatCannotBeRecordedFailsAndIsRecordedOnceItCanBe() {
    try (StateStore store = open();
        StoredAudit audit = audit(store, OnFailure.FAIL)) {
      store.inTransaction(handle -> handle.execute("ALTER TABLE audit_log RENAME TO away"));
      CompletableFuture<Void> failed = audit.record(event());
      assertThatThrownBy(failed::join).rootCause().isNotNull();
      assertThatThrownBy(failed::join).hasMessageContaining("the audit cannot be written");
      store.inTransaction(handle -> handle.execute("ALTER TABLE away RENAME TO audit_log"));
      audit.record(event()).join();
      assertThat(
              store
                  .auditRecords()
                  .check(AuditKey.of(directory).chain(), AuditKey.of(directory).publicKey())
                  .wrong())
          .isEmpty();
    }
  }

  @Test
  void whatIsDoneWithoutARecordIsCounted() {
    try (StateStore store = open();
        StoredAudit audit = audit(store, OnFailure.CONTINUE)) {
      store.inTransaction(handle -> handle.execute("ALTER TABLE audit_log RENAME TO away"));
      audit.record(event()).join();
      audit.record(event()).join();
      store.inTransaction(handle -> handle.execute("ALTER TABLE away RENAME TO audit_log"));
      audit.record(event()).join();
      assertThat(store.auditRecords().latest(2))
          .satisfiesExactly(
              last -> assertThat(last.event()).isEqualTo("CONFIGURATION_CHANGED"),
              lost -> assertThat(lost.body()).contains("RECORDS_LOST", "2 records could not"));
    }
  }
}
