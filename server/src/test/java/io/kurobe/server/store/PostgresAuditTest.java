package io.kurobe.server.store;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.server.config.StateSettings;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

class PostgresAuditTest extends StoredAuditContract {
  private PostgresServer.Database database;

  @BeforeEach
  void empty() {
    database = PostgresServer.database("stored_audit");
  }

  @Override
  StateStore open() {
    return StateStore.open(
        new StateSettings(database.url(), Optional.of(database.user()), Optional.empty()));
  }
}
