package io.kurobe.server;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.authorize.TableAccess;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.command.Administration;
import io.kurobe.planner.parser.SecurityStatement;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.ConfigurationReader;
import io.kurobe.server.config.GrantSettings;
import io.kurobe.server.config.ServerSettings;
import io.kurobe.server.security.grant.Grants;
import io.kurobe.server.store.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A gateway whose users see what they were granted, and believes who they say they are. */
final class SecuredGateway implements AutoCloseable {
  private final StateStore store;
  private final Grants grants;
  private final Gateway gateway;

  SecuredGateway(Path directory, String yaml) throws IOException {
    Path file = directory.resolve("kurobe.yaml");
    Files.writeString(file, "server: {port: 0, data: state}\n" + yaml);
    if (!(ConfigurationReader.create().read(file) instanceof Configuration.Valid valid)) {
      throw new IllegalArgumentException("the gateway's configuration is wrong: " + yaml);
    }
    store = StateStore.open(ServerSettings.of(0, directory.resolve("rights")));
    grants =
        Grants.open(
            store,
            name -> Optional.of(name).filter(List.of("alice", "bob", "root")::contains),
            GrantSettings.NONE.withAdministrator("root"),
            Clock.systemUTC());
    var known = new Known(grants);
    gateway =
        Gateway.start(
            valid.configuration(),
            parts ->
                new FederatedPlannerFactory()
                    .create(
                        new PlannerFactory.Parts(
                            parts.configuration(),
                            parts.sources(),
                            parts.duckDb(),
                            parts.allocator(),
                            parts.views(),
                            known,
                            Optional.of(grants),
                            known,
                            parts.classifications(),
                            parts.activity(),
                            parts.listener())));
  }

  /** Gives each session the roles of its user. */
  private record Known(Grants grants) implements AccessControl, Administration {
    private Session known(Session session) {
      return session.as(grants.principal(session.principal().name(), Set.of(), Map.of()));
    }

    @Override
    public TableAccess access(Session session, TableName table) {
      return grants.access(known(session), table);
    }

    @Override
    public long version() {
      return grants.version();
    }

    @Override
    public Optional<Principal> principal(String name) {
      return grants.principal(name);
    }

    @Override
    public List<SqlType.Field> columns(SecurityStatement statement) {
      return grants.administration().columns(statement);
    }

    @Override
    public List<List<@Nullable Object>> run(Session session, SecurityStatement statement) {
      return grants.administration().run(known(session), statement);
    }
  }

  Connection connect(String user) throws SQLException {
    return DriverManager.getConnection(gateway.url(), user, "");
  }

  void say(String user, String... statements) throws SQLException {
    try (Connection connection = connect(user);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() {
    gateway.close();
    grants.close();
    store.close();
  }
}
