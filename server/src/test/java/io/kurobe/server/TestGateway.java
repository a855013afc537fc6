package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.server.config.AskSettings;
import io.kurobe.server.config.AuditSettings;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.EngineSettings;
import io.kurobe.server.config.KeySettings;
import io.kurobe.server.config.LimitSettings;
import io.kurobe.server.config.SecuritySettings;
import io.kurobe.server.config.ServerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A gateway over a {@link ScriptedPlanner}, and stock Avatica connections to it. */
final class TestGateway implements AutoCloseable {
  private final Gateway gateway;
  private @Nullable ScriptedPlanner planner;

  private TestGateway(ServerSettings server, LimitSettings limits, CatalogSnapshot catalog) {
    Configuration configuration =
        new Configuration(
            server,
            List.<SourceConfig>of(),
            List.of(),
            EngineSettings.DuckDb.DEFAULT,
            SecuritySettings.DEFAULT,
            AuditSettings.OFF,
            KeySettings.NONE,
            limits,
            AskSettings.DEFAULT);
    gateway =
        Gateway.start(
            configuration,
            parts -> {
              ScriptedPlanner made = new ScriptedPlanner(parts.allocator());
              planner = made;
              return new PlannerFactory.Built(made, session -> catalog, () -> "1", () -> {});
            });
  }

  static TestGateway start(Path data) {
    return start(data, 0, LimitSettings.DEFAULT);
  }

  static TestGateway start(Path data, int port, LimitSettings limits) {
    return start(ServerSettings.of(port, data), limits);
  }

  static TestGateway start(ServerSettings server, LimitSettings limits) {
    return new TestGateway(server, limits, new CatalogSnapshot(1, List.of(), List.of()));
  }

  static TestGateway start(Path data, CatalogSnapshot catalog) {
    return new TestGateway(ServerSettings.of(0, data), LimitSettings.DEFAULT, catalog);
  }

  Gateway gateway() {
    return gateway;
  }

  int port() {
    return gateway.port();
  }

  ScriptedPlanner planner() {
    if (planner == null) {
      throw new IllegalStateException("the gateway has no planner");
    }
    return planner;
  }

  int openStatements() {
    return gateway.openStatements();
  }

  /** Fails if something that clients are done with stays open, at a source or in memory. */
  void awaitNothingOpen() throws InterruptedException {
    for (int i = 0; i < 1_000 && isSomethingOpen(); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(planner().open).hasValue(0);
    assertThat(planner().allocated()).isZero();
    assertThat(gateway.running()).isEmpty();
    assertThat(openStatements()).isZero();
  }

  private boolean isSomethingOpen() {
    return planner().open.get() > 0
        || planner().allocated() > 0
        || !gateway.running().isEmpty()
        || openStatements() > 0;
  }

  Connection connect(String serialization) throws SQLException {
    return connect(serialization, new Properties());
  }

  Connection connect(String serialization, Properties properties) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=http://127.0.0.1:"
            + gateway.port()
            + "/;serialization="
            + serialization,
        properties);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
