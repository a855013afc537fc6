package io.kurobe.driver;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** A statement that the server has planned; threads as for {@link KurobeStatement}. */
final class KurobePreparedStatement extends ParameterSetters
    implements ServerStatement, ProgressStatement {
  private final Cancellation cancellation;
  private final KurobeConnection session;

  KurobePreparedStatement(
      KurobeConnection connection,
      Meta.@Nullable StatementHandle handle,
      Meta.Signature signature,
      int holdability)
      throws SQLException {
    super(connection, handle, signature, holdability);
    this.session = connection;
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
    return KurobeStatement.fetchRows(this);
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.of(SqlErrors.OBJECT_CLOSED, "the statement is closed");
    }
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    ResultSet rows = executing(super::executeQuery);
    if (rows == null) {
      throw SqlErrors.of("HY000", "the statement gives no rows");
    }
    return rows;
  }

  @Override
  public boolean execute() throws SQLException {
    return executing(super::execute);
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    long count = executing(super::executeLargeUpdate);
    return KurobeStatement.countOf(this, count, openResultSet);
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    boolean more =
        super.getMoreResults(current == CLOSE_ALL_RESULTS ? CLOSE_CURRENT_RESULT : current);
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

  private <T> T executing(Callable<T> execution) throws SQLException {
    checkOpen();
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == null) {
        throw SqlErrors.of("07001", 1016, "parameter " + (i + 1) + " has no value", null);
      }
    }
    session.warnings().forget(handle.id);
    if (cancellation.begin()) {
      prepareAgain();
    }
    boolean open = false;
    try {
      T result = cancellation.run(getQueryTimeout(), execution);
      open = openResultSet != null;
      return result;
    } finally {
      if (!open) {
        cancellation.end();
      }
    }
  }

  private void prepareAgain() throws SQLException {
    try {
      Meta.StatementHandle fresh = session.meta().prepare(session.handle, getSignature().sql, -1);
      session.statementMap.remove(handle.id);
      session.statementMap.put(fresh.id, this);
      handle = fresh;
      setSignature(fresh.signature);
      cancellation.renewed();
    } catch (RuntimeException e) {
      throw SqlErrors.translate(e);
    }
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return session.warnings().of(handle.id);
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    session.warnings().forget(handle.id);
  }

  @Override
  public Optional<StatementProgress> progress() throws SQLException {
    checkOpen();
    return session.progress(handle);
  }

  @Override
  public void cancel() throws SQLException {
    checkOpen();
    cancellation.cancel();
  }

  @Override
  public void close() throws SQLException {
    cancellation.close();
    session.warnings().forget(handle.id);
    try {
      super.close();
    } catch (SQLException | RuntimeException e) {
      throw SqlErrors.translate(e);
    }
  }

  /** Null when only the execution tells, as for {@code ASK ?}. */
  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return getSignature().columns.isEmpty() ? null : super.getMetaData();
  }

  @Override
  public void setObject(int index, @Nullable Object value) throws SQLException {
    bind(index, value);
  }

  @Override
  public void setObject(int index, @Nullable Object value, int type) throws SQLException {
    Object fit = value == null ? null : ParameterTargets.as(value, type);
    if (value != null && fit == null) {
      throw unfit(index, value, null);
    }
    bind(index, fit);
  }

  @Override
  boolean wantsInstant(int index) {
    int at = index - 1;
    return at >= 0
        && at < getSignature().parameters.size()
        && getSignature().parameters.get(at).typeName.contains("TIMESTAMP WITH TIME ZONE");
  }

  private void bind(int index, @Nullable Object value) throws SQLException {
    checkOpen();
    if (index < 1 || index > slots.length) {
      throw SqlErrors.of(
          "07009", "there is no parameter " + index + "; the statement has " + slots.length);
    }
    TypedValue parameter = ParameterValues.of(value, wantsInstant(index));
    if (parameter != null) {
      slots[index - 1] = parameter;
      return;
    }
    try {
      getSite(index).setObject(plain(index, Objects.requireNonNull(value)));
    } catch (RuntimeException e) {
      throw unfit(index, value, e);
    }
  }

  private static Object plain(int index, Object value) throws SQLException {
    if (!ParameterValues.isPlain(value)) {
      throw unfit(index, value, null);
    }
    return value;
  }

  private static SQLException unfit(int index, Object value, @Nullable RuntimeException cause) {
    String name = value.getClass().getName();
    return SqlErrors.of("07006", 0, "parameter " + index + " cannot be a " + name, cause);
  }

  @Override
  public void addBatch() throws SQLException {
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
  public ResultSet executeQuery(String sql) throws SQLException {
    throw hasText();
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    throw hasText();
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    throw hasText();
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    throw hasText();
  }

  private static SQLException hasText() {
    return SqlErrors.of("HY000", "a prepared statement has its text, and takes no other");
  }

  @Override
  public void setEscapeProcessing(boolean enable) throws SQLException {
    checkOpen();
  }

  @Override
  public void setPoolable(boolean poolable) throws SQLException {
    checkOpen();
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    throw SqlErrors.unsupported("returning generated keys");
  }
}
