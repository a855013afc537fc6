package io.kurobe.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.catalog.ViewDefinition;
import io.kurobe.server.config.StateSettings;
import io.kurobe.server.statement.History;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresStateStoreTest extends StateStoreContract {
  private PostgresServer.Database database;

  @BeforeEach
  void empty() {
    // Beside tables of others, which are none of its business.
    database = PostgresServer.database("state_store", "CREATE TABLE views (of_others INTEGER)");
  }

  private StateSettings settings() {
    return new StateSettings(database.url(), Optional.of(database.user()), Optional.empty());
  }

  @Override
  StateStore open() {
    return StateStore.open(settings());
  }

  @Override
  List<History.Entry> surviving() {
    try (StateStore other = open()) {
      return other.history().latest(100);
    }
  }

  @Test
  void commitsBeforeItAnswersWhateverTheServerIsTold() {
    try (StateStore store = open()) {
      String commits =
          store.inTransaction(
              handle -> handle.createQuery("SHOW synchronous_commit").mapTo(String.class).one());
      assertThat(commits).isEqualTo("on");
    }
  }

  @Test
  void oneGatewaySeesTheViewsOfAnother() throws Exception {
    ViewDefinition view =
        new ViewDefinition(
            "v", "SELECT 1", List.of("a"), Optional.empty(), Optional.empty(), "alice");
    try (StateStore one = open();
        StateStore other = open()) {
      one.views().create(view, false);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (other.views().list().isEmpty() && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertThat(other.views().list()).containsExactly(view);
    }
  }

  @Test
  void oneThatIsNotThereIsAClearErrorWithoutTheSecret() {
    StateSettings absent =
        new StateSettings(
            database.url().replace("state_store", "absent") + "?password=hush",
            Optional.of(database.user()),
            Optional.of("opensesame"));
    assertThatThrownBy(() -> StateStore.open(absent))
        .isInstanceOf(KurobeException.class)
        .hasMessageContaining("/absent cannot hold the gateway's state, SQLSTATE 3D000")
        .hasMessageNotContaining("hush")
        .hasMessageNotContaining("opensesame")
        .extracting(e -> ((KurobeException) e).code())
        .isEqualTo(ErrorCode.CONFIGURATION);
    assertThat(absent.toString()).doesNotContain("hush", "opensesame");
  }

  @Test
  void oneThatGoesIsSaidAndComesBackByItself() throws Exception {
    ViewDefinition view =
        new ViewDefinition(
            "v", "SELECT 1", List.of("a"), Optional.empty(), Optional.empty(), "alice");
    try (StateStore store = open();
        Connection admin = PostgresServer.database("state_store_admin").connect();
        Statement statement = admin.createStatement()) {
      statement.execute("ALTER DATABASE state_store WITH ALLOW_CONNECTIONS false");
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = 'state_store'");
      assertThatThrownBy(() -> store.views().create(view, false))
          .isInstanceOf(KurobeException.class)
          .extracting(e -> ((KurobeException) e).code())
          .isEqualTo(ErrorCode.STATE_UNAVAILABLE);
      assertThat(store.views().list()).isEmpty();
      statement.execute("ALTER DATABASE state_store WITH ALLOW_CONNECTIONS true");
      store.views().create(view, false);
      assertThat(store.views().list()).containsExactly(view);
    }
  }
}
