package io.kurobe.driver;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.ClientInfoStatus;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/**
 * A session on a Kurobe server. Catalog and schema live on the server, where {@code SET} changes
 * them too; what JDBC calls the transaction (auto-commit, isolation, read-only) is kept here alone,
 * because every statement reads and commits itself.
 */
final class KurobeConnection extends AvaticaConnection {
  static final String APPLICATION_NAME = "ApplicationName";

  /** What a server may take to hear that a connection was given up. */
  private static final Duration ABORTED_WITHIN = Duration.ofSeconds(5);

  private static final Set<Integer> LEVELS =
      Set.of(
          TRANSACTION_NONE,
          TRANSACTION_READ_UNCOMMITTED,
          TRANSACTION_READ_COMMITTED,
          TRANSACTION_REPEATABLE_READ,
          TRANSACTION_SERIALIZABLE);

  private final ConnectionSettings settings;
  private final HttpTransport transport;
  private final JsonWire wire;
  private final ColumnarWire columnar;
  private final ServerWarnings warnings = new ServerWarnings();
  private final MetadataCache metadata = new MetadataCache(System::nanoTime);
  private final ZoneId zone;
  private final Properties clientInfo = new Properties();
  private volatile HttpTransport network;
  private volatile boolean isAborted;
  private @Nullable SQLWarning warning;
  private boolean autoCommit = true;
  private boolean readOnly = true;
  private int isolation = TRANSACTION_NONE;
  private Map<String, Class<?>> typeMap = new HashMap<>();

  KurobeConnection(KurobeDriver driver, KurobeFactory factory, ConnectionSettings settings)
      throws SQLException {
    super(driver, factory, settings.publicUrl(), avaticaProperties(settings));
    this.settings = settings;
    this.transport = HttpTransport.to(settings, driver.versionText(), warnings, metadata);
    this.network = transport;
    this.columnar = new ColumnarWire(id, () -> network, settings.compressed());
    this.wire = new JsonWire(transport);
    this.zone = settings.zone().orElse(ZoneOffset.UTC);
    settings
        .text(DriverProperty.APPLICATION_NAME)
        .ifPresent(name -> clientInfo.setProperty(APPLICATION_NAME, name));
    setService(wire);
  }

  private static Properties avaticaProperties(ConnectionSettings settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("fetch_size", Integer.toString(settings.fetchSize()));
    settings.text(DriverProperty.USER).ifPresent(user -> properties.setProperty("user", user));
    settings
        .text(DriverProperty.TIME_ZONE)
        .ifPresent(zone -> properties.setProperty("timeZone", zone));
    return properties;
  }

  void open() throws SQLException {
    Optional<Duration> timeout = settings.connectTimeout();
    setService(timeout.map(wire::within).orElse(wire));
    try {
      meta.openConnection(handle, settings.session());
    } catch (RuntimeException e) {
      SQLException problem = SqlErrors.translate(e);
      transport.close();
      // Before there is a connection none can be lost.
      throw SqlErrors.CONNECTION_LOST.equals(problem.getSQLState())
          ? SqlErrors.of(SqlErrors.CONNECTION_REFUSED, 0, problem.getMessage(), problem.getCause())
          : problem;
    } finally {
      setService(wire);
    }
  }

  ConnectionSettings settings() {
    return settings;
  }

  /** The zone in which instants are shown. */
  ZoneId zone() {
    return zone;
  }

  /** What the server warned of, by statement. */
  ServerWarnings warnings() {
    return warnings;
  }

  /** What the server told of its catalog. */
  MetadataCache metadata() {
    return metadata;
  }

  Meta meta() {
    return meta;
  }

  /** The columnar wire, if the server speaks it. */
  Optional<ColumnarWire> columnar() {
    return transport.isColumnar() ? Optional.of(columnar) : Optional.empty();
  }

  /** How far what runs on a statement is; any thread may call this. */
  Optional<StatementProgress> progress(Meta.StatementHandle statement) throws SQLException {
    return statement.id < 0 ? columnar.progress(statement.id) : Optional.empty();
  }

  /** Ends what runs on a statement; any thread may call this. */
  Cancellation.Outcome cancel(Meta.StatementHandle statement) throws SQLException {
    if (statement.id >= 0) {
      meta.closeStatement(statement);
      return Cancellation.Outcome.FORGOTTEN;
    }
    return columnar.cancel(statement.id)
        ? Cancellation.Outcome.ENDED
        : Cancellation.Outcome.NOTHING_RUNS;
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (isClosed()) {
      throw SqlErrors.of(SqlErrors.CONNECTION_CLOSED, "the connection is closed");
    }
  }

  @Override
  public AvaticaStatement createStatement(int type, int concurrency, int holdability)
      throws SQLException {
    // Other types and concurrencies are downgraded, as JDBC allows; getResultSetType says so.
    return super.createStatement(
        ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, holdability);
  }

  @Override
  public PreparedStatement prepareStatement(
      @Nullable String sql, int type, int concurrency, int holdability) throws SQLException {
    checkOpen();
    if (sql == null) {
      throw SqlErrors.of("42601", "the statement's text is null");
    }
    try {
      return super.prepareStatement(
          sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, holdability);
    } catch (SQLException | RuntimeException e) {
      throw SqlErrors.translate(e);
    }
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
    if (autoGeneratedKeys != Statement.NO_GENERATED_KEYS) {
      throw SqlErrors.unsupported("returning generated keys");
    }
    return prepareStatement(sql);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
    throw SqlErrors.unsupported("returning generated keys");
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
    throw SqlErrors.unsupported("returning generated keys");
  }

  @Override
  protected Meta.ExecuteResult prepareAndExecuteInternal(
      AvaticaStatement statement, String sql, long maxRowCount) throws SQLException {
    try {
      return super.prepareAndExecuteInternal(statement, sql, maxRowCount);
    } catch (Exception e) {
      throw SqlErrors.translate(e);
    }
  }

  @Override
  protected ResultSet executeQueryInternal(
      AvaticaStatement statement,
      Meta.Signature signature,
      Meta.Frame firstFrame,
      QueryState state,
      boolean isUpdate)
      throws SQLException {
    try {
      return super.executeQueryInternal(statement, signature, firstFrame, state, isUpdate);
    } catch (SQLException | RuntimeException e) {
      throw SqlErrors.translate(e);
    }
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    checkOpen();
    return sql;
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    checkOpen();
    this.autoCommit = autoCommit;
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    checkOpen();
    return autoCommit;
  }

  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    checkOpen();
    this.readOnly = readOnly;
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    checkOpen();
    return readOnly;
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    checkOpen();
    if (!LEVELS.contains(level)) {
      throw SqlErrors.of("22023", "there is no transaction isolation " + level);
    }
    this.isolation = level;
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    checkOpen();
    return isolation;
  }

  @Override
  public void setCatalog(String catalog) throws SQLException {
    move(new ConnectionPropertiesImpl().setCatalog(catalog));
  }

  @Override
  public @Nullable String getCatalog() throws SQLException {
    return sync(new ConnectionPropertiesImpl()).getCatalog();
  }

  @Override
  public void setSchema(String schema) throws SQLException {
    move(new ConnectionPropertiesImpl().setSchema(schema));
  }

  @Override
  public @Nullable String getSchema() throws SQLException {
    return sync(new ConnectionPropertiesImpl()).getSchema();
  }

  private void move(Meta.ConnectionProperties place) throws SQLException {
    try {
      sync(place);
    } finally {
      metadata.forget();
    }
  }

  private Meta.ConnectionProperties sync(Meta.ConnectionProperties properties) throws SQLException {
    checkOpen();
    try {
      return meta.connectionSync(handle, properties);
    } catch (RuntimeException e) {
      throw SqlErrors.translate(e);
    }
  }

  @Override
  public boolean isValid(int timeout) throws SQLException {
    if (timeout < 0) {
      throw SqlErrors.of("22023", "the time-out is " + timeout + " s, expected 0 or more");
    }
    if (isClosed()) {
      return false;
    }
    JsonWire asked = timeout == 0 ? wire : wire.within(Duration.ofSeconds(timeout));
    try {
      asked.apply(new Service.ConnectionSyncRequest(id, new ConnectionPropertiesImpl()));
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public void close() throws SQLException {
    try {
      super.close();
    } catch (SQLException | RuntimeException e) {
      throw SqlErrors.translate(e);
    } finally {
      transport.close();
    }
  }

  @Override
  public void abort(@Nullable Executor executor) throws SQLException {
    if (executor == null) {
      throw SqlErrors.of("22023", "the executor is null");
    }
    // At once, whenever the executor comes to it.
    isAborted = true;
    executor.execute(
        () -> {
          // A server that is silent is not waited for: what waits for it is told so.
          CompletableFuture.delayedExecutor(ABORTED_WITHIN.toSeconds(), TimeUnit.SECONDS)
              .execute(transport::abort);
          try {
            close();
          } catch (SQLException e) {
            // The caller gave the connection up; there is nobody left to tell.
          } finally {
            transport.abort();
          }
        });
  }

  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    if (milliseconds < 0) {
      throw SqlErrors.of("22023", "the time-out is " + milliseconds + " ms, expected 0 or more");
    }
    super.setNetworkTimeout(executor, milliseconds);
    Duration timeout = Duration.ofMillis(milliseconds);
    network = timeout.isZero() ? transport : transport.within(timeout);
    setService(new JsonWire(network));
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    throw SqlErrors.unsupported("calling a procedure");
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    throw SqlErrors.unsupported("calling a procedure");
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    throw SqlErrors.unsupported("calling a procedure");
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    throw SqlErrors.unsupported("a savepoint");
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    throw SqlErrors.unsupported("a savepoint");
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    throw SqlErrors.unsupported("a savepoint");
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    throw SqlErrors.unsupported("a savepoint");
  }

  @Override
  public Blob createBlob() throws SQLException {
    throw SqlErrors.unsupported("making a Blob");
  }

  @Override
  public Clob createClob() throws SQLException {
    throw SqlErrors.unsupported("making a Clob");
  }

  @Override
  public NClob createNClob() throws SQLException {
    throw SqlErrors.unsupported("making an NClob");
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    throw SqlErrors.unsupported("making an SQLXML");
  }

  /** Of any type: what a parameter wants is known to the server. */
  @Override
  public Array createArrayOf(String type, Object @Nullable [] elements) throws SQLException {
    checkOpen();
    if (elements == null) {
      throw SqlErrors.of("22004", "an array is made of its elements, not of null");
    }
    return new MadeArray(type, elements);
  }

  @Override
  public Struct createStruct(String type, Object @Nullable [] attributes) throws SQLException {
    checkOpen();
    return new MadeStruct(type, attributes == null ? new Object[0] : attributes);
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    checkOpen();
    return typeMap;
  }

  @Override
  public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
    checkOpen();
    typeMap = new HashMap<>(map);
  }

  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    if (isClosed()) {
      throw new SQLClientInfoException(
          "the connection is closed", SqlErrors.CONNECTION_CLOSED, Map.of());
    }
    if (!APPLICATION_NAME.equalsIgnoreCase(name)) {
      // As JDBC has it: pools and servers of applications set all that the standard names.
      warning =
          new SQLWarning("unknown client info " + name + "; known is " + APPLICATION_NAME, "01000");
      return;
    }
    String before = clientInfo.getProperty(APPLICATION_NAME);
    if (value == null ? before == null : value.equals(before)) {
      return;
    }
    tell(value == null ? "" : value);
    if (value == null) {
      clientInfo.remove(APPLICATION_NAME);
    } else {
      clientInfo.setProperty(APPLICATION_NAME, value);
    }
  }

  /** Has the server show the program's name; one that speaks only Avatica's messages need not. */
  private void tell(String application) throws SQLClientInfoException {
    if (columnar().isEmpty()) {
      return;
    }
    try (Statement statement = createStatement()) {
      statement.execute("SET application_name = " + MetadataQuery.text(application));
    } catch (SQLException e) {
      throw new SQLClientInfoException(
          e.getMessage(),
          e.getSQLState(),
          Map.of(APPLICATION_NAME, ClientInfoStatus.REASON_UNKNOWN),
          e);
    }
  }

  private boolean isShut() {
    try {
      return super.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  @Override
  public boolean isClosed() {
    return isAborted || isShut();
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warning;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    warning = null;
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    for (String name : properties.stringPropertyNames()) {
      setClientInfo(name, properties.getProperty(name));
    }
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    checkOpen();
    Properties copy = new Properties();
    copy.putAll(clientInfo);
    return copy;
  }

  @Override
  public @Nullable String getClientInfo(String name) throws SQLException {
    checkOpen();
    return APPLICATION_NAME.equalsIgnoreCase(name)
        ? clientInfo.getProperty(APPLICATION_NAME)
        : null;
  }
}
