package io.kurobe.server.security.grant;

import static io.kurobe.server.security.grant.Shop.ORDERS;
import static io.kurobe.server.security.grant.Shop.say;
import static io.kurobe.server.security.grant.Shop.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.server.config.GrantSettings;
import io.kurobe.server.config.ServerSettings;
import io.kurobe.server.config.StateSettings;
import io.kurobe.server.store.StateStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresGrantsTest extends GrantsContract {
  @TempDir private Path directory;

  @Override
  StateStore open() {
    PostgresServer.Database database = PostgresServer.database("grants");
    return open(database);
  }

  private StateStore open(PostgresServer.Database database) {
    ServerSettings plain = ServerSettings.of(0, directory);
    return StateStore.open(
        new ServerSettings(
            plain.host(),
            plain.port(),
            plain.data(),
            Optional.of(
                new StateSettings(database.url(), Optional.of(database.user()), Optional.empty())),
            plain.timeZone(),
            plain.grace(),
            plain.tls()));
  }

  @Test
  void oneGatewayNoticesWhatAnotherChanged() throws InterruptedException {
    PostgresServer.Database database = PostgresServer.database("grants");
    try (StateStore one = open(database);
        StateStore other = open(database);
        Grants here =
            Grants.open(one, name -> Optional.empty(), GrantSettings.NONE, Clock.systemUTC());
        Grants there =
            Grants.open(other, name -> Optional.empty(), GrantSettings.NONE, Clock.systemUTC())) {
      here.attach(new Shop());
      there.attach(new Shop());
      say(here, "GRANT SELECT ON SOURCE sales TO USER alice");
      noticed(there, true);
      assertThat(there.version()).isEqualTo(here.version());
      say(there, "REVOKE SELECT ON SOURCE sales FROM USER alice");
      noticed(here, false);
    }
  }

  private static void noticed(Grants grants, boolean visible) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (grants.access(session(grants, "alice"), ORDERS).visible() != visible) {
      assertThat(System.nanoTime()).as("it was never noticed").isLessThan(until);
      Thread.sleep(50);
    }
  }
}
