package io.kurobe.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Clob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that are allowed and rare, or that are mistakes: each has JDBC's answer, with a state. */
@Timeout(60)
class OddCallsTest {
  private final AvaticaTestServer server = new AvaticaTestServer();
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection(server.url());
    statement = connection.createStatement();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
    server.close();
  }

  private static void fails(String state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              assertThat(e.getSQLState()).isEqualTo(state);
              assertThat(e.getMessage()).isNotBlank();
            });
  }

  @Test
  void numbersBelowZeroAreRefused() throws SQLException {
    try (var prepared = connection.prepareStatement("numbers 1")) {
      for (Statement each : List.of(statement, prepared)) {
        fails("22023", () -> each.setMaxRows(-1));
        fails("22023", () -> each.setLargeMaxRows(-1));
        fails("22023", () -> each.setFetchSize(-1));
        fails("22023", () -> each.setFetchSize(Integer.MIN_VALUE));
        fails("22023", () -> each.setQueryTimeout(-1));
        fails("22023", () -> each.setMaxFieldSize(-1));
        fails("0A000", () -> each.setMaxFieldSize(10));
        fails("22023", () -> each.setFetchDirection(77));
        each.setMaxFieldSize(0);
        each.setFetchDirection(ResultSet.FETCH_UNKNOWN);
        assertThat(each.getFetchSize()).isZero();
      }
    }
    fails("22023", () -> connection.setTransactionIsolation(99));
    fails("22023", () -> statement.executeQuery("numbers 1").setFetchSize(-1));
  }

  @Test
  void thereIsNoResultBeforeOneAndAfterTheLast() throws SQLException {
    try (var prepared = connection.prepareStatement("numbers 1")) {
      assertThat(prepared.getUpdateCount()).isEqualTo(-1);
    }
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    assertThat(statement.getLargeUpdateCount()).isEqualTo(-1);
    assertThat(statement.getResultSet()).isNull();
    assertThat(statement.execute("numbers 1")).isTrue();
    assertThat(statement.getResultSet()).isNotNull();
    assertThat(statement.getMoreResults()).isFalse();
    assertThat(statement.getResultSet()).isNull();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
  }

  @Test
  void aTextThatIsNullIsNone() {
    fails("42601", () -> statement.execute(null));
    fails("42601", () -> statement.executeQuery(null));
    fails("42601", () -> statement.executeUpdate(null));
    fails("42601", () -> connection.prepareStatement(null));
    assertThat(server.requests).noneMatch(request -> request.contains("prepare"));
  }

  @Test
  void whatIsPreparedTakesNoOtherText() throws SQLException {
    try (var prepared = connection.prepareStatement("numbers 1")) {
      fails("HY000", () -> prepared.execute("numbers 2"));
      fails("HY000", () -> prepared.executeQuery("numbers 2"));
      fails("HY000", () -> prepared.executeUpdate("numbers 2"));
      fails("HY000", () -> prepared.addBatch("numbers 2"));
      assertThat(prepared.executeQuery().next()).isTrue();
    }
  }

  @Test
  void aBatchOfNothingDoesNothing() throws SQLException {
    try (var prepared = connection.prepareStatement("numbers 1")) {
      for (Statement each : List.of(statement, prepared)) {
        each.clearBatch();
        assertThat(each.executeBatch()).isEmpty();
        assertThat(each.executeLargeBatch()).isEmpty();
      }
      fails("0A000", prepared::addBatch);
      fails("0A000", () -> statement.addBatch("numbers 1"));
    }
  }

  @Test
  void aResultIsReadForwardAndNotChanged() throws SQLException {
    ResultSet rows = statement.executeQuery("numbers 2");
    assertThat(rows.next()).isTrue();
    List<ThrowingCallable> refused =
        List.of(
            rows::previous,
            rows::first,
            rows::last,
            rows::isLast,
            rows::beforeFirst,
            rows::afterLast,
            () -> rows.absolute(1),
            () -> rows.relative(1),
            () -> rows.setFetchDirection(ResultSet.FETCH_REVERSE),
            rows::insertRow,
            rows::updateRow,
            rows::deleteRow,
            rows::refreshRow,
            rows::moveToInsertRow,
            rows::getCursorName,
            () -> rows.getSQLXML(1));
    for (ThrowingCallable call : refused) {
      fails("0A000", call);
    }
    rows.setFetchDirection(ResultSet.FETCH_FORWARD);
    assertThat(rows.getFetchDirection()).isEqualTo(ResultSet.FETCH_FORWARD);
    fails("22023", () -> rows.getObject(1, (Class<?>) null));
    assertThat(rows.next()).isTrue();
    assertThat(rows.getInt(1)).isEqualTo(2);
    rows.close();
    fails("24000", rows::previous);
  }

  private interface OfColumn {
    Object get(ResultSetMetaData columns, int column) throws SQLException;
  }

  @Test
  void aColumnThatIsNotThereIsNotDescribed() throws SQLException {
    ResultSetMetaData columns = statement.executeQuery("numbers 1").getMetaData();
    List<OfColumn> facts =
        List.of(
            ResultSetMetaData::getColumnName,
            ResultSetMetaData::getColumnLabel,
            ResultSetMetaData::getColumnType,
            ResultSetMetaData::getColumnTypeName,
            ResultSetMetaData::getColumnClassName,
            ResultSetMetaData::getColumnDisplaySize,
            ResultSetMetaData::getPrecision,
            ResultSetMetaData::getScale,
            ResultSetMetaData::isNullable,
            ResultSetMetaData::getCatalogName,
            ResultSetMetaData::getSchemaName,
            ResultSetMetaData::getTableName,
            ResultSetMetaData::isSigned,
            ResultSetMetaData::isCaseSensitive,
            ResultSetMetaData::isSearchable,
            ResultSetMetaData::isCurrency,
            ResultSetMetaData::isAutoIncrement,
            ResultSetMetaData::isReadOnly,
            ResultSetMetaData::isWritable,
            ResultSetMetaData::isDefinitelyWritable);
    for (OfColumn fact : facts) {
      assertThat(fact.get(columns, 1)).isNotNull();
      fails("07009", () -> fact.get(columns, 0));
      fails("07009", () -> fact.get(columns, columns.getColumnCount() + 1));
    }
  }

  @Test
  void aTimeIsATimestampOfTheFirstDayAndLargeObjectsAreOfTheirValue() throws SQLException {
    ResultSet row = statement.executeQuery("types");
    assertThat(row.next()).isTrue();
    assertThat(row.getTimestamp("tm")).isEqualTo(Timestamp.valueOf("1970-01-01 01:02:03.004"));
    assertThat(row.getBlob("by").getBytes(1, 3)).containsExactly(1, 2, 3);
    Clob text = row.getClob("d");
    assertThat(text.getSubString(1, (int) text.length())).isEqualTo("12.50");
    assertThat(row.getBlob("n")).isNull();
    assertThat(row.getClob("n")).isNull();
  }

  @Test
  void whatCannotBeMadeIsUnsupported() throws SQLException {
    try (var prepared = connection.prepareStatement("echo ?")) {
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              connection::createBlob,
              connection::createClob,
              connection::createNClob,
              connection::createSQLXML,
              () -> connection.rollback(null),
              () -> connection.releaseSavepoint(null),
              () -> prepared.setRef(1, null),
              () -> prepared.setRowId(1, null))) {
        fails("0A000", call);
      }
    }
  }

  /** JDBC has it that names which a driver does not know are warned of. */
  @Test
  void clientInfoOfOtherNamesIsWarnedOf() throws SQLException {
    Properties all = new Properties();
    all.setProperty("ClientUser", "ada");
    all.setProperty("ApplicationName", "pool");
    connection.setClientInfo(all);
    assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("pool");
    assertThat(connection.getClientInfo("ClientUser")).isNull();
    assertThat(connection.getWarnings().getMessage()).contains("ClientUser");
    connection.clearWarnings();
    assertThat((Throwable) connection.getWarnings()).isNull();
    connection.close();
    fails("08003", () -> connection.setClientInfo("ApplicationName", "pool"));
  }

  @Test
  void anAbortedConnectionIsClosedBeforeItsExecutorRuns() throws SQLException {
    List<Runnable> later = new ArrayList<>();
    connection.abort(later::add);
    assertThat(connection.isClosed()).isTrue();
    assertThat(connection.isValid(1)).isFalse();
    fails("08003", connection::createStatement);
    later.forEach(Runnable::run);
    assertThat(server.meta.connections).isEmpty();
  }

  @Test
  void propertiesThatAreNoTextsCount() throws SQLException {
    Properties properties = new Properties();
    properties.put("fetchSize", 7);
    properties.put("tls", false);
    try (Connection other = DriverManager.getConnection(server.url(), properties);
        Statement sized = other.createStatement()) {
      assertThat(sized.getFetchSize()).isEqualTo(7);
    }
    properties.put("fetchSise", 7);
    assertThatThrownBy(() -> DriverManager.getConnection(server.url(), properties))
        .hasMessageContaining("did you mean fetchSize?");
  }
}
