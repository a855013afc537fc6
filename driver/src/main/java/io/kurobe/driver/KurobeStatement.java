package io.kurobe.driver;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Optional;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose text is given when it is executed. One thread uses it at a time, except for
 * {@link #cancel}, which any thread may call and which does not wait for the query.
 */
final class KurobeStatement extends AvaticaStatement implements ServerStatement, ProgressStatement {
  private final Cancellation cancellation;
  private boolean asksForMetadata;

  KurobeStatement(
      KurobeConnection connection, Meta.@Nullable StatementHandle handle, int holdability)
      throws SQLException {
    super(connection, handle, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, holdability);
    this.cancellation = new Cancellation(() -> connection.cancel(this.handle));
    this.updateCount = -1;
    setQueryTimeout(connection.settings().queryTimeout());
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public long rowLimit() {
    return maxRowCount;
  }

  @Override
  public int pageRows() {
    return fetchRows(this);
  }

  @Override
  public boolean asksForMetadata() {
    return asksForMetadata;
  }

  /** Asks for metadata; the statement is closed with the answer. */
  ResultSet metadata(String sql) throws SQLException {
    asksForMetadata = true;
    // As many rows as a page holds, whatever queries are to bring.
    setFetchSize(0);
    closeOnCompletion();
    return executeQuery(sql);
  }

  /** The rows that a caller set, or the connection's property. */
  static int fetchRows(AvaticaStatement statement) {
    try {
      return statement.getFetchSize();
    } catch (SQLException e) {
      return 0;
    }
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.of(SqlErrors.OBJECT_CLOSED, "the statement is closed");
    }
  }

  @Override
  protected void executeInternal(@Nullable String sql) throws SQLException {
    if (sql == null) {
      throw SqlErrors.of("42601", "the statement's text is null");
    }
    ((KurobeConnection) connection).warnings().forget(handle.id);
    if (cancellation.begin()) {
      try {
        resetStatement();
        cancellation.renewed();
      } catch (RuntimeException e) {
        throw SqlErrors.translate(e);
      }
    }
    boolean open = false;
    try {
      cancellation.<Void>run(
          getQueryTimeout(),
          () -> {
            super.executeInternal(sql);
            return null;
          });
      open = openResultSet != null;
    } finally {
      if (!open) {
        cancellation.end();
      }
    }
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    try {
      return super.executeQuery(sql);
    } catch (SQLException | RuntimeException e) {
      throw SqlErrors.translate(e);
    }
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    return countOf(this, super.executeLargeUpdate(sql), openResultSet);
  }

  /** What an update gives; a statement that gives rows is none, and its result is closed. */
  static long countOf(Statement statement, long count, @Nullable ResultSet rows)
      throws SQLException {
    if (rows != null) {
      rows.close();
      throw SqlErrors.of("HY000", "the statement gives rows");
    }
    return count;
  }

  /** There is never more than one result, so all are the current one. */
  @Override
  public boolean getMoreResults(int current) throws SQLException {
    boolean more =
        super.getMoreResults(
            current == Statement.CLOSE_ALL_RESULTS ? Statement.CLOSE_CURRENT_RESULT : current);
    openResultSet = null;
    return more;
  }

  @Override
  public void setLargeMaxRows(long rows) throws SQLException {
    super.setLargeMaxRows(StatementLimits.notNegative(rows, "the most rows"));
  }

  @Override
  public void setFetchSize(int rows) throws SQLException {
    super.setFetchSize((int) StatementLimits.notNegative(rows, "the fetch size"));
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    super.setQueryTimeout((int) StatementLimits.notNegative(seconds, "the time-out"));
  }

  @Override
  public void setMaxFieldSize(int bytes) throws SQLException {
    checkOpen();
    StatementLimits.noFieldSize(bytes);
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    super.setFetchDirection(StatementLimits.direction(direction));
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return ((KurobeConnection) connection).warnings().of(handle.id);
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    ((KurobeConnection) connection).warnings().forget(handle.id);
  }

  @Override
  public Optional<StatementProgress> progress() throws SQLException {
    checkOpen();
    return ((KurobeConnection) connection).progress(handle);
  }

  @Override
  public void cancel() throws SQLException {
    checkOpen();
    cancellation.cancel();
  }

  @Override
  public void close() throws SQLException {
    cancellation.close();
    ((KurobeConnection) connection).warnings().forget(handle.id);
    try {
      super.close();
    } catch (SQLException | RuntimeException e) {
      throw SqlErrors.translate(e);
    }
  }

  @Override
  public void addBatch(@Nullable String sql) throws SQLException {
    checkOpen();
    throw SqlErrors.unsupported("a batch of updates");
  }

  /** Of nothing, since nothing can be added. */
  @Override
  public long[] executeLargeBatch() throws SQLException {
    checkOpen();
    return new long[0];
  }

  @Override
  public int[] executeBatch() throws SQLException {
    checkOpen();
    return new int[0];
  }

  @Override
  public void setEscapeProcessing(boolean enable) throws SQLException {
    // The server's grammar knows the JDBC escapes, and no statement changes its meaning by them.
    checkOpen();
  }

  @Override
  public void setPoolable(boolean poolable) throws SQLException {
    checkOpen();
  }

  @Override
  public void setCursorName(String name) throws SQLException {
    checkOpen();
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    throw SqlErrors.unsupported("returning generated keys");
  }

  @Override
  public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
    refuseGeneratedKeys(autoGeneratedKeys);
    return execute(sql);
  }

  @Override
  public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
    refuseGeneratedKeys(autoGeneratedKeys);
    return executeUpdate(sql);
  }

  private static void refuseGeneratedKeys(int autoGeneratedKeys) throws SQLException {
    if (autoGeneratedKeys != Statement.NO_GENERATED_KEYS) {
      throw SqlErrors.unsupported("returning generated keys");
    }
  }

  @Override
  public boolean execute(String sql, int[] columns) throws SQLException {
    throw SqlErrors.unsupported("returning generated keys");
  }

  @Override
  public boolean execute(String sql, String[] columns) throws SQLException {
    throw SqlErrors.unsupported("returning generated keys");
  }

  @Override
  public int executeUpdate(String sql, int[] columns) throws SQLException {
    throw SqlErrors.unsupported("returning generated keys");
  }

  @Override
  public int executeUpdate(String sql, String[] columns) throws SQLException {
    throw SqlErrors.unsupported("returning generated keys");
  }
}
