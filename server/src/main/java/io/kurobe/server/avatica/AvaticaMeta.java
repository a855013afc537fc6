package io.kurobe.server.avatica;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import io.kurobe.server.session.Caller;
import io.kurobe.server.session.ClientConnection;
import io.kurobe.server.session.Scope;
import io.kurobe.server.statement.Run;
import io.kurobe.server.statement.Statements;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * Avatica's {@code Meta} for one request of one principal, over the statement core. It is made for
 * that request alone: a result's position is kept with its statement.
 *
 * <p>A statement that was cancelled, closed or expired answers with 57014, never with Avatica's own
 * "no such statement": on that, Avatica's client runs the query a second time.
 */
final class AvaticaMeta extends MetaImpl {
  private static final int DEFAULT_FRAME_ROWS = 5_000;
  private static final int MOST_FRAME_ROWS = 100_000;

  private final Caller caller;
  private final Statements statements;
  private final Function<Session, CatalogSnapshot> catalog;
  private final ClientHabits habits;
  private Optional<Run> begun = Optional.empty();
  private Optional<Run> answered = Optional.empty();
  private int answeredStatement;

  AvaticaMeta(
      Caller caller,
      Statements statements,
      Function<Session, CatalogSnapshot> catalog,
      ClientHabits habits) {
    super(null);
    this.caller = requireNonNull(caller, "caller is null");
    this.statements = requireNonNull(statements, "statements is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.habits = requireNonNull(habits, "habits is null");
  }

  /** The warnings so far of the statement that the request ran or read, as a header's value. */
  Optional<String> warnings() {
    return answered.map(run -> WarningHeader.of(answeredStatement, run));
  }

  /** Answers the request with what it began before it had to wait. */
  void resume(Run run) {
    begun = Optional.of(run);
  }

  private Run turn(Supplier<Run> execute) {
    Run run = begun.orElseGet(execute);
    if (run.isQueued()) {
      throw new WaitsForItsTurn(run);
    }
    return run;
  }

  @Override
  public void openConnection(ConnectionHandle ch, Map<String, String> info) {
    WireError.mapped(
        () -> {
          String id = said(ch.id, "connection");
          ClientConnection opened = statements.open(id, caller, info == null ? Map.of() : info);
          try {
            if (!opened.session().searchPath().isEmpty()) {
              CurrentSchema.checked(opened.session(), catalog.apply(opened.session()));
            }
            return opened;
          } catch (KurobeException e) {
            statements.closeConnection(id, caller);
            throw e;
          }
        });
  }

  @Override
  public void closeConnection(ConnectionHandle ch) {
    WireError.mapped(
        () -> {
          statements.closeConnection(said(ch.id, "connection"), caller);
          return ch;
        });
  }

  @Override
  public ConnectionProperties connectionSync(
      ConnectionHandle ch, @Nullable ConnectionProperties properties) {
    return WireError.mapped(
        () -> {
          ConnectionProperties wanted = said(properties, "properties");
          ClientConnection connection = connection(ch.id);
          Optional<String> newCatalog = Optional.ofNullable(wanted.getCatalog());
          Optional<String> newSchema = Optional.ofNullable(wanted.getSchema());
          if (newCatalog.isPresent() || newSchema.isPresent()) {
            CatalogSnapshot snapshot = catalog.apply(connection.session());
            connection.change(
                session -> CurrentSchema.change(session, snapshot, newCatalog, newSchema));
          }
          Optional<SearchPathEntry> current =
              connection.session().searchPath().stream().findFirst();
          return new ConnectionPropertiesImpl(
              wanted.isAutoCommit() == null || wanted.isAutoCommit(),
              wanted.isReadOnly() == null || wanted.isReadOnly(),
              wanted.getTransactionIsolation() == null
                  ? Connection.TRANSACTION_NONE
                  : wanted.getTransactionIsolation(),
              current.map(SearchPathEntry::source).orElse(null),
              current.flatMap(SearchPathEntry::schema).orElse(null));
        });
  }

  @Override
  public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle ch) {
    return WireError.mapped(
        () -> {
          connection(ch.id);
          return DatabaseFacts.properties();
        });
  }

  @Override
  public StatementHandle createStatement(ConnectionHandle ch) {
    return WireError.mapped(
        () -> new StatementHandle(ch.id, statements.create(connection(ch.id)), null));
  }

  @Override
  public void closeStatement(StatementHandle h) {
    WireError.mapped(
        () -> {
          statements.close(connection(h.connectionId), h.id);
          return h;
        });
  }

  @Override
  public StatementHandle prepare(ConnectionHandle ch, String sql, long maxRowCount) {
    return WireError.mapped(
        () -> {
          ClientConnection connection = connection(ch.id);
          int id = statements.prepare(connection, text(sql), Math.max(0, maxRowCount));
          PlannedStatement planned = statements.prepared(connection, id);
          Signature signature = Signatures.of(text(sql), planned, planned.columns(), habits.form());
          return new StatementHandle(ch.id, id, signature);
        });
  }

  @Override
  @Deprecated
  public ExecuteResult prepareAndExecute(
      StatementHandle h, String sql, long maxRowCount, PrepareCallback callback) {
    return prepareAndExecute(h, sql, maxRowCount, -1, callback);
  }

  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle h,
      String sql,
      long maxRowCount,
      int maxRowsInFirstFrame,
      PrepareCallback callback) {
    return WireError.mapped(
        () -> {
          ClientConnection connection = connection(h.connectionId);
          Run run =
              turn(() -> statements.execute(connection, h.id, text(sql), Math.max(0, maxRowCount)));
          return result(connection, h.id, run, maxRowsInFirstFrame);
        });
  }

  @Override
  @Deprecated
  public ExecuteResult execute(StatementHandle h, List<TypedValue> parameters, long maxRowCount) {
    return execute(h, parameters, (int) Math.min(maxRowCount, MOST_FRAME_ROWS));
  }

  @Override
  public ExecuteResult execute(
      @Nullable StatementHandle handle, List<TypedValue> parameters, int maxRowsInFirstFrame) {
    return WireError.mapped(
        () -> {
          StatementHandle h = said(handle, "statement");
          ClientConnection connection = connection(h.connectionId);
          List<@Nullable Object> values = ParameterReader.values(parameters);
          Run run = turn(() -> statements.execute(connection, h.id, values, 0));
          return result(connection, h.id, run, maxRowsInFirstFrame);
        });
  }

  private ExecuteResult result(ClientConnection connection, int id, Run run, int wanted) {
    PlannedStatement planned = run.planned();
    answered = Optional.of(run);
    answeredStatement = id;
    RunCursor cursor = new RunCursor(run, habits);
    if (planned.kind() == PlannedStatement.Kind.COMMAND) {
      while (!cursor.next(0, 1).done) {
        // A command gives no rows; it is over when its stream is.
      }
      statements.settle(connection, run);
      return new ExecuteResult(List.of(MetaResultSet.count(connection.id(), id, 0)));
    }
    Signature signature = Signatures.of(run.sql(), planned, run.columns(), habits.form());
    statements.attach(connection, id, cursor);
    Frame first = cursor.next(0, frameRows(wanted));
    return new ExecuteResult(
        List.of(MetaResultSet.create(connection.id(), id, false, signature, first)));
  }

  @Override
  public Frame fetch(StatementHandle h, long offset, int fetchMaxRowCount) {
    return WireError.mapped(
        () -> {
          ClientConnection connection = connection(h.connectionId);
          RowCursor cursor =
              statements
                  .attached(connection, h.id, RowCursor.class)
                  .orElseThrow(
                      () ->
                          new KurobeException(
                              ErrorCode.NO_SUCH_STATEMENT, "the statement has no result"));
          answered = cursor.run();
          answeredStatement = h.id;
          return cursor.next(offset, frameRows(fetchMaxRowCount));
        });
  }

  private static int frameRows(int wanted) {
    return wanted <= 0 ? DEFAULT_FRAME_ROWS : Math.min(wanted, MOST_FRAME_ROWS);
  }

  /** Begins what a statement is said to be at, which can be done again of metadata alone. */
  @Override
  public boolean syncResults(StatementHandle h, QueryState state, long offset) {
    return WireError.mapped(
        () -> {
          ClientConnection connection = connection(h.connectionId);
          MetadataState question =
              MetadataState.of(said(state, "state"))
                  .orElseThrow(
                      () ->
                          new KurobeException(
                              ErrorCode.CANCELLED, "the result is gone; run the statement again"));
          MetadataRows.Result result = question.answer(metadata(connection));
          statements.attach(connection, h.id, new ListCursor(result.rows()));
          return !result.rows().isEmpty();
        });
  }

  @Override
  public void commit(ConnectionHandle ch) {
    WireError.mapped(() -> connection(ch.id));
  }

  @Override
  public void rollback(ConnectionHandle ch) {
    WireError.mapped(() -> connection(ch.id));
  }

  @Override
  public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle h, List<String> sqlCommands) {
    throw noBatches();
  }

  @Override
  public ExecuteBatchResult executeBatch(StatementHandle h, List<List<TypedValue>> parameters) {
    throw noBatches();
  }

  private static RuntimeException noBatches() {
    return WireError.mapped(
        () -> {
          throw new KurobeException(
              ErrorCode.NOT_SUPPORTED, "Kurobe reads; batches of writes are not supported");
        });
  }

  @Override
  public MetaResultSet getCatalogs(ConnectionHandle ch) {
    return metadata(ch, MetadataRows::catalogs);
  }

  @Override
  public MetaResultSet getSchemas(ConnectionHandle ch, String source, Pat schemaPattern) {
    return metadata(ch, rows -> rows.schemas(source, schemaPattern.s));
  }

  @Override
  public MetaResultSet getTables(
      ConnectionHandle ch, String source, Pat schema, Pat table, List<String> types) {
    return metadata(ch, rows -> rows.tables(source, schema.s, table.s, types));
  }

  @Override
  public MetaResultSet getColumns(
      ConnectionHandle ch, String source, Pat schema, Pat table, Pat column) {
    return metadata(ch, rows -> rows.columns(source, schema.s, table.s, column.s));
  }

  @Override
  public MetaResultSet getTableTypes(ConnectionHandle ch) {
    return metadata(ch, MetadataRows::tableTypes);
  }

  @Override
  public MetaResultSet getTypeInfo(ConnectionHandle ch) {
    return metadata(ch, MetadataRows::typeInfo);
  }

  private MetadataRows metadata(ClientConnection connection) {
    caller.require(Scope.METADATA);
    return new MetadataRows(catalog.apply(connection.session()));
  }

  private MetaResultSet metadata(
      ConnectionHandle ch, Function<MetadataRows, MetadataRows.Result> question) {
    return WireError.mapped(
        () -> {
          ClientConnection connection = connection(ch.id);
          MetadataRows.Result result = question.apply(metadata(connection));
          int id = statements.create(connection);
          ListCursor cursor = new ListCursor(result.rows());
          statements.attach(connection, id, cursor);
          Signature signature =
              new Signature(
                  result.columns(),
                  "",
                  List.of(),
                  Map.of(),
                  CursorFactory.ARRAY,
                  StatementType.SELECT);
          Frame first = cursor.next(0, DEFAULT_FRAME_ROWS);
          return MetaResultSet.create(ch.id, id, true, signature, first);
        });
  }

  @Override
  public Iterable<Object> createIterable(
      StatementHandle h,
      QueryState state,
      Signature signature,
      List<TypedValue> parameters,
      @Nullable Frame firstFrame) {
    throw new UnsupportedOperationException("only clients iterate");
  }

  /** Avatica's decoders leave null what a request does not say. */
  private ClientConnection connection(@Nullable String id) {
    return statements.connection(said(id, "connection"), caller);
  }

  /** In protobuf the empty text and none are the same. */
  private static String text(@Nullable String sql) {
    return sql == null ? "" : sql;
  }

  private static <T> T said(@Nullable T value, String what) {
    if (value == null) {
      throw new KurobeException(ErrorCode.MALFORMED_REQUEST, "the request names no " + what);
    }
    return value;
  }
}
