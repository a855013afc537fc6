package io.kurobe.driver;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.calcite.avatica.AvaticaClientRuntimeException;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * The server as Avatica's client classes see it: each call one exchange at most, none ever
 * repeated. A statement that the server lost is an error here; Avatica's own client would run it
 * again. Statements go by the columnar wire where the server speaks it.
 */
final class ServerMeta extends MetaImpl {
  private volatile @Nullable Map<DatabaseProperty, Object> properties;

  ServerMeta(AvaticaConnection connection) {
    super(connection);
  }

  private Service service() {
    return connection.getService();
  }

  private static <T> T exchange(Callable<T> call) {
    try {
      return call.call();
    } catch (WireException e) {
      throw e;
    } catch (SQLException | AvaticaClientRuntimeException e) {
      throw new WireException(SqlErrors.translate(e));
    } catch (Exception e) {
      // The bytes came; Avatica's classes could not make sense of them.
      throw new WireException(SqlErrors.notUnderstood(e));
    }
  }

  /** A part of an answer that Avatica's classes let a server leave out. */
  private static <T> T required(@Nullable T part) {
    if (part == null) {
      throw new WireException(SqlErrors.notUnderstood(null));
    }
    return part;
  }

  private static WireException noSuchStatement() {
    return new WireException(
        SqlErrors.of(
            SqlErrors.NO_SUCH_STATEMENT,
            1019,
            "the server does not know this statement any more",
            null));
  }

  @Override
  public void openConnection(ConnectionHandle connection, Map<String, String> info) {
    exchange(() -> service().apply(new Service.OpenConnectionRequest(connection.id, info)));
  }

  @Override
  public void closeConnection(ConnectionHandle connection) {
    closing(() -> service().apply(new Service.CloseConnectionRequest(connection.id)));
  }

  /** The columnar wire, where the server speaks it and the statement is one of ours. */
  private Optional<ColumnarWire> columnar(StatementHandle statement) {
    return statement.id < 0 ? columnar() : Optional.empty();
  }

  private Optional<ColumnarWire> columnar() {
    return ((KurobeConnection) connection).columnar();
  }

  private ServerStatement owner(StatementHandle statement) {
    return (ServerStatement) required(connection.statementMap.get(statement.id));
  }

  @Override
  public StatementHandle createStatement(ConnectionHandle connection) {
    Optional<ColumnarWire> wire = columnar();
    if (wire.isPresent()) {
      return new StatementHandle(connection.id, wire.get().number(), null);
    }
    Service.CreateStatementResponse response =
        exchange(() -> service().apply(new Service.CreateStatementRequest(connection.id)));
    return new StatementHandle(response.connectionId, response.statementId, null);
  }

  @Override
  public void closeStatement(StatementHandle statement) {
    Optional<ColumnarWire> wire = columnar();
    if (wire.isPresent()) {
      wire.get().close(statement.id);
      return;
    }
    closing(
        () ->
            service()
                .apply(new Service.CloseStatementRequest(statement.connectionId, statement.id)));
  }

  /**
   * What the server no longer has, or has no longer for us, or what went down with the server,
   * counts as closed.
   */
  private static void closing(Callable<?> call) {
    try {
      exchange(call);
    } catch (WireException e) {
      Optional<String> state = Optional.ofNullable(e.sqlException().getSQLState());
      if (state
          .filter(
              s ->
                  s.startsWith("08")
                      || s.equals(SqlErrors.NO_SUCH_STATEMENT)
                      || s.equals(SqlErrors.NOT_AUTHENTICATED))
          .isEmpty()) {
        throw e;
      }
    }
  }

  @Override
  public ConnectionProperties connectionSync(
      ConnectionHandle connection, ConnectionProperties properties) {
    Service.ConnectionSyncResponse response =
        exchange(
            () ->
                service()
                    .apply(
                        new Service.ConnectionSyncRequest(
                            connection.id, (ConnectionPropertiesImpl) properties)));
    return required(response.connProps);
  }

  @Override
  public StatementHandle prepare(ConnectionHandle connection, String sql, long maxRowCount) {
    Optional<ColumnarWire> wire = columnar();
    if (wire.isPresent()) {
      int number = wire.get().number();
      Signature signature = exchange(() -> wire.get().prepare(number, sql));
      return new StatementHandle(connection.id, number, signature);
    }
    return exchange(
            () -> service().apply(new Service.PrepareRequest(connection.id, sql, maxRowCount)))
        .statement;
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in Meta, so it has to be there
  public ExecuteResult prepareAndExecute(
      StatementHandle statement, String sql, long maxRowCount, PrepareCallback callback) {
    return prepareAndExecute(statement, sql, maxRowCount, -1, callback);
  }

  /**
   * Runs a statement. Unlike Avatica's client it does not hold the callback's monitor while the
   * server works.
   */
  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle statement,
      String sql,
      long maxRowCount,
      int maxRowsInFirstFrame,
      PrepareCallback callback) {
    try {
      synchronized (callback.getMonitor()) {
        callback.clear();
      }
      Optional<ColumnarWire> wire = columnar(statement);
      if (wire.isPresent()) {
        ServerStatement owner = owner(statement);
        int pageRows = owner.pageRows();
        Callable<Reply> run = () -> wire.get().execute(statement.id, sql, maxRowCount, pageRows);
        Reply reply = owner.asksForMetadata() ? known(sql, run) : exchange(run);
        if (reply.state() == Reply.State.NONE) {
          // A command, after which names may mean something else.
          answers().forget();
        }
        MetaResultSet result = result(statement, wire.get(), pageRows, reply);
        synchronized (callback.getMonitor()) {
          callback.assign(result.signature, result.firstFrame, result.updateCount);
        }
        callback.execute();
        return new ExecuteResult(List.of(result));
      }
      Service.ExecuteResponse response =
          exchange(
              () ->
                  service()
                      .apply(
                          new Service.PrepareAndExecuteRequest(
                              statement.connectionId,
                              statement.id,
                              sql,
                              maxRowCount,
                              maxRowsInFirstFrame)));
      if (response.missingStatement) {
        throw noSuchStatement();
      }
      synchronized (callback.getMonitor()) {
        for (Service.ResultSetResponse result : required(response.results)) {
          callback.assign(result.signature, result.firstFrame, result.updateCount);
        }
      }
      callback.execute();
      return results(response);
    } catch (SQLException e) {
      throw new WireException(SqlErrors.translate(e));
    }
  }

  private MetadataCache answers() {
    return ((KurobeConnection) connection).metadata();
  }

  /** The answer that is known, or an exchange's, which is known from then on if it is all. */
  private Reply known(String sql, Callable<Reply> run) {
    MetadataCache answers = answers();
    return answers
        .find(sql, Reply.class)
        .orElseGet(
            () -> {
              long asked = answers.moment();
              Reply reply = exchange(run);
              if (reply.state() == Reply.State.END) {
                answers.keep(sql, asked, reply, reply.body().length);
              }
              return reply;
            });
  }

  @Override
  @SuppressWarnings("deprecation") // abstract in Meta, so it has to be there
  public ExecuteResult execute(
      StatementHandle statement, List<TypedValue> parameters, long maxRowCount) {
    return execute(statement, parameters, (int) Math.min(maxRowCount, Integer.MAX_VALUE));
  }

  @Override
  public ExecuteResult execute(
      StatementHandle statement, List<TypedValue> parameters, int maxRowsInFirstFrame) {
    Optional<ColumnarWire> wire = columnar(statement);
    if (wire.isPresent()) {
      ServerStatement owner = owner(statement);
      int pageRows = owner.pageRows();
      Reply reply =
          exchange(() -> wire.get().execute(statement.id, parameters, owner.rowLimit(), pageRows));
      return new ExecuteResult(List.of(result(statement, wire.get(), pageRows, reply)));
    }
    Service.ExecuteResponse response =
        exchange(
            () ->
                service()
                    .apply(new Service.ExecuteRequest(statement, parameters, maxRowsInFirstFrame)));
    if (response.missingStatement) {
      throw noSuchStatement();
    }
    return results(response);
  }

  private static MetaResultSet result(
      StatementHandle statement, ColumnarWire wire, int pageRows, Reply reply) {
    if (reply.state() == Reply.State.NONE) {
      return MetaResultSet.count(statement.connectionId, statement.id, 0);
    }
    return exchange(
        () -> {
          ColumnarResult result = new ColumnarResult(wire, statement.id, pageRows, reply);
          return MetaResultSet.create(
              statement.connectionId,
              statement.id,
              false,
              result.signature(),
              new ColumnarFrame(result));
        });
  }

  private static ExecuteResult results(Service.ExecuteResponse response) {
    List<MetaResultSet> results = new ArrayList<>();
    for (Service.ResultSetResponse result : required(response.results)) {
      results.add(
          result.updateCount != -1
              ? MetaResultSet.count(result.connectionId, result.statementId, result.updateCount)
              : MetaResultSet.create(
                  result.connectionId,
                  result.statementId,
                  result.ownStatement,
                  result.signature,
                  result.firstFrame));
    }
    return new ExecuteResult(results);
  }

  @Override
  public Frame fetch(StatementHandle statement, long offset, int fetchMaxRowCount) {
    Service.FetchResponse response =
        exchange(
            () ->
                service()
                    .apply(
                        new Service.FetchRequest(
                            statement.connectionId, statement.id, offset, fetchMaxRowCount)));
    if (response.missingStatement || response.missingResults) {
      throw noSuchStatement();
    }
    return required(response.frame);
  }

  @Override
  public boolean syncResults(StatementHandle statement, QueryState state, long offset) {
    throw noSuchStatement();
  }

  @Override
  public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle statement, List<String> sql) {
    throw new WireException(SqlErrors.unsupported("a batch of updates"));
  }

  @Override
  public ExecuteBatchResult executeBatch(
      StatementHandle statement, List<List<TypedValue>> parameters) {
    throw new WireException(SqlErrors.unsupported("a batch of updates"));
  }

  @Override
  public void commit(ConnectionHandle connection) {
    // Reads commit themselves; pools call this on every connection.
  }

  @Override
  public void rollback(ConnectionHandle connection) {
    // As commit.
  }

  /** Asked for once: the lists of functions and keywords are fixed with the server's grammar. */
  @Override
  public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle connection) {
    Map<DatabaseProperty, Object> known = properties;
    if (known == null) {
      Service.DatabasePropertyResponse response =
          exchange(() -> service().apply(new Service.DatabasePropertyRequest(connection.id)));
      known = response.map == null ? Map.of() : response.map;
      properties = known;
    }
    return known;
  }

  // What follows is asked of servers of other makes; ours is asked in SQL.

  @Override
  public MetaResultSet getCatalogs(ConnectionHandle connection) {
    return metadata(
        MetaCatalog.class, () -> service().apply(new Service.CatalogsRequest(connection.id)));
  }

  @Override
  public MetaResultSet getSchemas(ConnectionHandle connection, String catalog, Pat schema) {
    return metadata(
        MetaSchema.class,
        () -> service().apply(new Service.SchemasRequest(connection.id, catalog, schema.s)));
  }

  @Override
  public MetaResultSet getTables(
      ConnectionHandle connection, String catalog, Pat schema, Pat table, List<String> types) {
    return metadata(
        MetaTable.class,
        () ->
            service()
                .apply(
                    new Service.TablesRequest(connection.id, catalog, schema.s, table.s, types)));
  }

  @Override
  public MetaResultSet getTableTypes(ConnectionHandle connection) {
    return metadata(
        MetaTableType.class, () -> service().apply(new Service.TableTypesRequest(connection.id)));
  }

  @Override
  public MetaResultSet getTypeInfo(ConnectionHandle connection) {
    return metadata(
        MetaTypeInfo.class, () -> service().apply(new Service.TypeInfoRequest(connection.id)));
  }

  @Override
  public MetaResultSet getColumns(
      ConnectionHandle connection, String catalog, Pat schema, Pat table, Pat column) {
    return metadata(
        MetaColumn.class,
        () ->
            service()
                .apply(
                    new Service.ColumnsRequest(
                        connection.id, catalog, schema.s, table.s, column.s)));
  }

  /** An answer, with the columns of its shape where the server does not tell them. */
  private <T> MetaResultSet metadata(Class<T> shape, Callable<Service.ResultSetResponse> call) {
    Service.ResultSetResponse response = exchange(call);
    Signature signature = response.signature;
    if (signature == null) {
      signature =
          Signature.create(
              fieldMetaData(shape).columns,
              "",
              List.of(),
              Meta.CursorFactory.ARRAY,
              Meta.StatementType.SELECT);
    }
    return MetaResultSet.create(
        response.connectionId,
        response.statementId,
        response.ownStatement,
        signature,
        response.firstFrame);
  }
}
