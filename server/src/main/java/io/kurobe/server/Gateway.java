package io.kurobe.server;

import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.resilience.GuardedSource;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.adapters.source.SourceRuntime;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.command.Administration;
import io.kurobe.server.audit.Audit;
import io.kurobe.server.audit.AuditEvent;
import io.kurobe.server.audit.AuditKey;
import io.kurobe.server.avatica.AvaticaEndpoint;
import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.EngineSettings;
import io.kurobe.server.config.LimitSettings;
import io.kurobe.server.config.RunningLimits;
import io.kurobe.server.config.SecuritySettings;
import io.kurobe.server.config.StatementLimits;
import io.kurobe.server.config.TlsSettings;
import io.kurobe.server.http.HttpEndpoint;
import io.kurobe.server.http.ServerKeys;
import io.kurobe.server.http.SourceHealth;
import io.kurobe.server.metrics.GatewayMetrics;
import io.kurobe.server.secret.Secrets;
import io.kurobe.server.security.AuditedAuthenticator;
import io.kurobe.server.security.AuditedStatements;
import io.kurobe.server.security.Authenticator;
import io.kurobe.server.security.OpenAuthenticator;
import io.kurobe.server.security.Roles;
import io.kurobe.server.security.SecurityStatements;
import io.kurobe.server.security.account.Security;
import io.kurobe.server.security.account.StoredAccounts;
import io.kurobe.server.security.grant.Grants;
import io.kurobe.server.session.Connections;
import io.kurobe.server.statement.AdmissionLimits;
import io.kurobe.server.statement.OpenLimits;
import io.kurobe.server.statement.RunningQuery;
import io.kurobe.server.statement.Runs;
import io.kurobe.server.statement.StatementRates;
import io.kurobe.server.statement.Statements;
import io.kurobe.server.store.StateStore;
import io.kurobe.server.store.StoredAudit;
import io.kurobe.server.wire.WireEndpoint;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: everything a configuration names, put together and listening. Sources that are
 * down do not keep it from starting. Whoever started it closes it; threads share it.
 */
public final class Gateway implements AutoCloseable {
  public static final String VERSION = "0.1.0";

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final Configuration configuration;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final List<Source> sources = new ArrayList<>();
  private final Statements statements;
  private final HttpEndpoint http;
  private final SourceRuntime runtime;
  private boolean closed;

  private Gateway(Configuration configuration, PlannerFactory planners) {
    this.configuration = configuration;
    try {
      StateStore store = opened(StateStore.open(configuration.server()));
      BufferAllocator allocator = opened(new RootAllocator());
      DuckDbInstance duckDb = opened(DuckDbInstance.open(duckDbSettings(configuration)));
      runtime = new SourceRuntime(allocator, duckDb);
      Clock clock = Clock.systemUTC();
      Secrets secrets = new Secrets(store, configuration.key());
      for (SourceConfig named : configuration.sources()) {
        SourceConfig config = secrets.resolved(named);
        Source source = factory(config).create(config, runtime);
        sources.add(opened(new GuardedSource(source, allocator, clock)));
      }
      LimitSettings limits = configuration.limits();
      Connections connections =
          new Connections(
              limits.connections(),
              limits.connectionIdle(),
              configuration.server().timeZone(),
              principal -> limits.ofStatements(principal.roles()),
              clock);
      GatewayMetrics metrics = opened(new GatewayMetrics());
      metrics.gauge("kurobe.engine.memory", "Bytes DuckDB holds in memory", duckDb::memoryInUse);
      Audit audit = audit(store, clock);
      Runs runs =
          new Runs(
              store.history(), audit, () -> AuditRows.latest(store.auditRecords()), connections);
      var accounts = new AtomicReference<Security>();
      Optional<Grants> grants = grants(configuration.security(), store, accounts, clock);
      Optional<Security> security =
          grants.map(roles -> security(configuration.security(), store, roles, clock));
      security.ifPresent(accounts::set);
      PlannerFactory.Built built =
          opened(
              planners.create(
                  new PlannerFactory.Parts(
                      configuration,
                      sources,
                      duckDb,
                      allocator,
                      store.views(),
                      grants.<AccessControl>map(some -> some).orElse(AccessControl.OPEN),
                      grants,
                      new AuditedStatements(
                          security
                              .<Administration>map(
                                  some ->
                                      new SecurityStatements(
                                          some.administration(),
                                          grants.orElseThrow().administration()))
                              .orElse(Administration.OPEN),
                          audit),
                      store.classifications(),
                      store.memory(),
                      store.conversations(),
                      store.comments(),
                      runs,
                      metrics,
                      store.tokens(),
                      new AuditedModels(audit, metrics))));
      statements =
          opened(
              new Statements(
                  built.planner(),
                  connections,
                  new Statements.Settings(
                      open(limits.statements()),
                      limits.statementIdle(),
                      admission(limits.running()),
                      new StatementRates(
                          principal -> limits.statementsPerMinute(principal.roles()),
                          limits.rates().ofKey()),
                      configuration.server().grace()),
                  runs,
                  caller -> security.ifPresent(s -> s.accounts().requireStanding(caller)),
                  metrics,
                  clock));
      security.ifPresent(some -> some.accounts().onShutOut(statements::shutOut));
      metrics.gauge("kurobe.connections", "Open connections", connections::size);
      metrics.gauge("kurobe.statements.open", "Open statements", statements::openStatements);
      metrics.gauge("kurobe.statements.running", "Statements at work", () -> running(false));
      metrics.gauge("kurobe.statements.queued", "Statements that wait", () -> running(true));
      http =
          opened(
              HttpEndpoint.start(
                  new HttpEndpoint.Settings(
                      configuration.server().host(),
                      configuration.server().port(),
                      configuration.server().tls().map(Gateway::keys),
                      limits.requestSize().bytes(),
                      statements.threads(),
                      address -> new AvaticaEndpoint(statements, built.catalog(), address),
                      new WireEndpoint(statements),
                      built.version(),
                      this::health,
                      metrics::scrape,
                      security
                          .<Authenticator>map(
                              some -> new AuditedAuthenticator(some.authenticator(), audit))
                          .orElseGet(OpenAuthenticator::new),
                      caller ->
                          security.isEmpty() || caller.principal().roles().contains(Roles.ADMIN))));
    } catch (RuntimeException | Error e) {
      closeParts();
      throw e;
    }
    LOG.info("listening at {}", url());
  }

  /**
   * Starts a gateway.
   *
   * @throws KurobeException CONFIGURATION, one line, if something it needs is not to be had
   */
  public static Gateway start(Configuration configuration) {
    return start(configuration, new FederatedPlannerFactory());
  }

  static Gateway start(Configuration configuration, PlannerFactory planners) {
    return new Gateway(configuration, planners);
  }

  private Audit audit(StateStore store, Clock clock) {
    if (!configuration.audit().enabled()) {
      return Audit.NONE;
    }
    return opened(
        StoredAudit.open(
            store,
            AuditKey.of(configuration.server().data()),
            configuration.audit(),
            clock,
            new AuditEvent.GatewayStarted(VERSION, AuditRows.brief(configuration))));
  }

  /** Who may see what; empty where everyone sees everything. */
  private Optional<Grants> grants(
      SecuritySettings settings,
      StateStore store,
      AtomicReference<Security> accounts,
      Clock clock) {
    if (settings.mode() == SecuritySettings.Mode.OPEN) {
      LOG.warn(
          "security: {mode: open}: whoever reaches {} sees everything under any name",
          configuration.server().host());
      return Optional.empty();
    }
    return Optional.of(
        opened(
            Grants.open(
                store,
                name -> Optional.ofNullable(accounts.get()).flatMap(known -> known.user(name)),
                settings.grants(),
                clock)));
  }

  private Security security(
      SecuritySettings settings, StateStore store, Grants roles, Clock clock) {
    Security security = Security.of(settings, new StoredAccounts(store), roles, clock);
    opened(security.accounts());
    return security;
  }

  private static ServerKeys keys(TlsSettings tls) {
    if (tls instanceof TlsSettings.KeyStoreFile store) {
      return ServerKeys.ofKeyStore(store.file(), store.password());
    }
    TlsSettings.PemFiles pem = (TlsSettings.PemFiles) tls;
    return ServerKeys.ofPem(pem.certificate(), pem.key(), pem.password());
  }

  private static OpenLimits open(StatementLimits limits) {
    return new OpenLimits(limits.ofConnection(), limits.ofUser(), limits.inAll());
  }

  private static AdmissionLimits admission(RunningLimits limits) {
    return new AdmissionLimits(
        limits.running(), limits.runningPerUser(), limits.queued(), limits.queuedPerUser());
  }

  private static DuckDbInstance.Settings duckDbSettings(Configuration configuration) {
    Path spill = configuration.server().data().resolve("spill");
    if (configuration.engine() instanceof EngineSettings.DuckDb duckDb) {
      return new DuckDbInstance.Settings(
          duckDb.memory().map(size -> size.inMebibytes()),
          duckDb.threads(),
          Optional.of(duckDb.spill().orElse(spill)),
          duckDb.spillLimit().map(size -> size.inMebibytes()));
    }
    return new DuckDbInstance.Settings(
        Optional.empty(),
        DuckDbInstance.Settings.DEFAULT.threads(),
        Optional.of(spill),
        Optional.empty());
  }

  private static SourceFactory factory(SourceConfig config) {
    return ServiceLoader.load(SourceFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.type().equals(config.type()))
        .findFirst()
        .orElseThrow(
            () ->
                new KurobeException(
                    ErrorCode.CONFIGURATION,
                    config + " is of a type that is not on the class path"));
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  /** The port it listens at. */
  public int port() {
    return http.port();
  }

  /** The JDBC URL that reaches it. */
  public String url() {
    String url = "jdbc:kurobe://" + configuration.server().host() + ":" + port();
    return configuration.server().tls().isPresent() ? url + "?tls=true" : url;
  }

  /** Asks every source whether it answers, all at once. */
  public List<SourceHealth> health() {
    return sources.parallelStream()
        .map(source -> new SourceHealth(source.name(), source.health()))
        .toList();
  }

  /** What it lends to its sources: where tests look for what statements left behind. */
  SourceRuntime runtime() {
    return runtime;
  }

  /** How many statements clients have open. */
  int openStatements() {
    return statements.openStatements();
  }

  /** The statements at work, or waiting for that. */
  public List<RunningQuery> running() {
    return statements.running();
  }

  private long running(boolean queued) {
    return statements.running().stream()
        .filter(query -> (query.state() == RunningQuery.State.QUEUED) == queued)
        .count();
  }

  /**
   * Stops: takes no new statements, lets those at work end in time, cancels what is left, and tells
   * who waits for it before the HTTP server goes; then closes the sources and writes the state.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    statements.close();
    closeParts();
    LOG.info("stopped");
  }

  /** In the opposite order of their opening; a part that fails does not keep the others open. */
  private void closeParts() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} was not closed cleanly", part.getClass().getSimpleName(), e);
      }
    }
  }
}
