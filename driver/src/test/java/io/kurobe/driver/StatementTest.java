package io.kurobe.driver;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StatementTest {
  private final AvaticaTestServer server = new AvaticaTestServer();
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection(server.url() + "?fetchSize=10");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
    server.close();
  }

  private static int count(ResultSet rows) throws SQLException {
    int count = 0;
    while (rows.next()) {
      count++;
      assertThat(rows.getInt(1)).isEqualTo(count);
    }
    return count;
  }

  private SQLException failure(Statement statement, String sql) {
    return catchThrowableOfType(SQLException.class, () -> statement.executeQuery(sql));
  }

  @Test
  void readsPageByPage() throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("numbers 25")) {
      assertThat(count(rows)).isEqualTo(25);
      assertThat(rows.isAfterLast()).isTrue();
    }
    assertThat(server.requests).filteredOn(r -> r.contains("\"fetch\"")).hasSize(3);
    assertThat(server.meta.statements).isEmpty();
  }

  @Test
  void stopsAtMaxRows() throws SQLException {
    try (var statement = connection.createStatement();
        var prepared = connection.prepareStatement("numbers 25")) {
      statement.setMaxRows(12);
      assertThat(count(statement.executeQuery("numbers 25"))).isEqualTo(12);
      prepared.setMaxRows(3);
      assertThat(count(prepared.executeQuery())).isEqualTo(3);
    }
  }

  @Test
  void keepsSeveralResultsOpen() throws SQLException {
    try (var one = connection.createStatement();
        var two = connection.createStatement();
        var first = one.executeQuery("numbers 25");
        var second = two.executeQuery("numbers 15")) {
      assertThat(first.next()).isTrue();
      assertThat(count(second)).isEqualTo(15);
      assertThat(first.next()).isTrue();
      assertThat(first.getInt("n")).isEqualTo(2);
    }
  }

  @Test
  void reportsTheServersErrorAndGoesOn() throws SQLException {
    try (var statement = connection.createStatement()) {
      SQLException e = failure(statement, "fail 42P01 1002 no table x\nHint: did you mean y?");
      assertThat((Throwable) e).isInstanceOf(SQLSyntaxErrorException.class);
      assertThat(e.getSQLState()).isEqualTo("42P01");
      assertThat(e.getErrorCode()).isEqualTo(1002);
      assertThat(e.getMessage()).isEqualTo("no table x Hint: did you mean y?");
      assertThat(e.getCause()).isNull();
      assertThat(count(statement.executeQuery("numbers 2"))).isEqualTo(2);
    }
  }

  @Test
  void namesTheClassJdbcHasForAState() throws SQLException {
    try (var statement = connection.createStatement()) {
      assertThat((Throwable) failure(statement, "fail 0A000 1013 no"))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThat((Throwable) failure(statement, "fail 57014 4001 slow"))
          .isInstanceOf(SQLTimeoutException.class);
      assertThat(failure(statement, "fail KA001 1201 what?").getSQLState()).isEqualTo("KA001");
    }
  }

  @Test
  void cancelsFromAnotherThreadAndRunsAgain() throws Exception {
    try (var statement = connection.createStatement()) {
      var failure = CompletableFuture.supplyAsync(() -> failure(statement, "block"));
      assertThat(server.meta.blocked.await(10, SECONDS)).isTrue();
      long start = System.nanoTime();
      statement.cancel();
      SQLException e = failure.get(10, SECONDS);
      assertThat(System.nanoTime() - start).isLessThan(SECONDS.toNanos(5));
      assertThat(e.getSQLState()).isEqualTo("57014");
      assertThat(e.getErrorCode()).isEqualTo(1015);
      assertThat(count(statement.executeQuery("numbers 3"))).isEqualTo(3);
    }
  }

  @Test
  void cancelsAPreparedStatementAndRunsItAgain() throws Exception {
    try (var statement = connection.prepareStatement("numbers 25");
        var rows = statement.executeQuery()) {
      assertThat(rows.next()).isTrue();
      statement.cancel();
      assertThatThrownBy(rows::next)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
      assertThat(count(statement.executeQuery())).isEqualTo(25);
    }
  }

  @Test
  void ignoresACancelOfWhatDoesNotRun() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.cancel();
      assertThat(count(statement.executeQuery("numbers 3"))).isEqualTo(3);
      statement.cancel();
      assertThat(count(statement.executeQuery("numbers 3"))).isEqualTo(3);
    }
  }

  @Test
  void refusesCallsAndSavepointsWithTheirState() {
    assertThatThrownBy(() -> connection.prepareCall("{call x()}"))
        .isInstanceOf(SQLFeatureNotSupportedException.class)
        .hasMessage("calling a procedure is not supported")
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo("0A000");
    assertThatThrownBy(() -> connection.setSavepoint())
        .isInstanceOf(SQLFeatureNotSupportedException.class)
        .hasMessage("a savepoint is not supported");
  }

  @Test
  void cancelsAfterItsTimeout() throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      SQLException e = failure(statement, "block");
      assertThat((Throwable) e).isInstanceOf(SQLTimeoutException.class);
      assertThat(e.getSQLState()).isEqualTo("57014");
      assertThat(count(statement.executeQuery("numbers 3"))).isEqualTo(3);
    }
  }

  @Test
  void bindsParametersWithoutLosingDigits() throws SQLException {
    try (var statement = connection.prepareStatement("echo ? ? ? ? ? ?")) {
      statement.setObject(1, LocalDate.of(2024, 2, 29));
      statement.setObject(2, LocalDateTime.parse("2024-03-31T02:30:00.123"));
      statement.setObject(3, LocalDateTime.parse("2024-03-31T02:30:00.123456"));
      statement.setObject(4, Instant.parse("2024-01-01T00:00:00Z"));
      statement.setTimestamp(5, java.sql.Timestamp.valueOf("2024-01-01 10:00:00"));
      statement.setString(6, "it's");
      try (var rows = statement.executeQuery()) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("JAVA_SQL_DATE:19782");
        assertThat(rows.getString(2)).isEqualTo("JAVA_SQL_TIMESTAMP:1711852200123");
        assertThat(rows.getString(3)).isEqualTo("STRING:2024-03-31 02:30:00.123456");
        assertThat(rows.getString(4)).isEqualTo("STRING:2024-01-01 00:00:00+00:00");
        assertThat(rows.getString(5)).isEqualTo("JAVA_SQL_TIMESTAMP:1704103200000");
        assertThat(rows.getString(6)).isEqualTo("STRING:it's");
      }
    }
  }

  @Test
  void refusesToRunWithAnUnboundParameter() throws SQLException {
    try (var statement = connection.prepareStatement("echo ? ?")) {
      statement.setInt(1, 7);
      assertThatThrownBy(statement::executeQuery)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("07001"))
          .hasMessage("parameter 2 has no value");
      assertThatThrownBy(() -> statement.setObject(2, new StringBuilder()))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("07006"))
          .hasMessage("parameter 2 cannot be a java.lang.StringBuilder");
      assertThatThrownBy(() -> statement.setObject(3, LocalDate.EPOCH))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("07009"));
    }
  }

  @Test
  void readsEveryTypeAsEveryFittingClass() throws SQLException {
    try (var zoned = DriverManager.getConnection(server.url() + "?timeZone=Asia/Tokyo");
        var statement = zoned.createStatement();
        var rows = statement.executeQuery("types")) {
      rows.next();
      assertThat(rows.getObject("b")).isEqualTo(true);
      assertThat(rows.getObject("s")).isEqualTo(32000);
      assertThat(rows.getObject("l")).isEqualTo(5_000_000_000L);
      assertThat(rows.getObject("d")).isEqualTo(new java.math.BigDecimal("12.50"));
      assertThat(rows.getString("d")).isEqualTo("12.50");
      assertThat(rows.getInt("d")).isEqualTo(12);
      assertThat(rows.getObject("f")).isEqualTo(0.25);
      assertThat(rows.getObject("dt")).isEqualTo(java.sql.Date.valueOf("2022-01-08"));
      assertThat(rows.getObject("dt", LocalDate.class)).isEqualTo("2022-01-08");
      assertThat(rows.getObject("tm", LocalTime.class)).isEqualTo("01:02:03.004");
      assertThat(rows.getString("tm")).isEqualTo("01:02:03.004");
      assertThat(rows.getObject("ts", LocalDateTime.class)).isEqualTo("2023-11-14T22:13:20.123");
      assertThat(rows.getString("ts")).isEqualTo("2023-11-14 22:13:20.123");
      assertThat(rows.getTimestamp("ts"))
          .isEqualTo(java.sql.Timestamp.valueOf("2023-11-14 22:13:20.123"));
      assertThat(rows.getObject("tx", LocalDateTime.class)).isEqualTo("2024-03-31T02:30:00.123456");
      assertThat(rows.getObject("tz", Instant.class)).isEqualTo("2023-11-14T13:13:20.123Z");
      assertThat(rows.getString("tz")).isEqualTo("2023-11-14 22:13:20.123+09:00");
      assertThat(rows.getBytes("by")).containsExactly(1, 2, 3);
      assertThat(rows.getObject("u", UUID.class)).isEqualTo(rows.getObject("u"));
      assertThat((Object[]) rows.getArray("a").getArray()).containsExactly(1, 2, 3);
      assertThat(rows.getObject("n")).isNull();
      assertThat(rows.wasNull()).isTrue();
      assertThat(rows.getInt("n")).isZero();
      assertThatThrownBy(() -> rows.getInt("l")).hasMessageContaining("out of range");
      assertThatThrownBy(() -> rows.getInt("t")).hasMessageContaining("column T (VARCHAR)");
      assertThatThrownBy(() -> rows.getInt("x")).hasMessage("the result has no column x");
      assertThatThrownBy(() -> rows.getInt(99)).hasMessageContaining("no column 99");
    }
  }

  @Test
  void doesNotRepeatAStatementThatTheServerLost() throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("numbers 25")) {
      assertThat(rows.next()).isTrue();
      server.meta.statements.clear();
      SQLException e = catchThrowableOfType(SQLException.class, () -> count25(rows));
      assertThat(e.getSQLState()).isEqualTo("26000");
      assertThat(server.requests).filteredOn(r -> r.contains("prepareAndExecute")).hasSize(1);
      assertThat(count(statement.executeQuery("numbers 2"))).isEqualTo(2);
    }
  }

  private static void count25(ResultSet rows) throws SQLException {
    while (rows.next()) {
      // Until the next page.
    }
  }

  @Test
  void asksTheServerWhetherTheConnectionIsValid() throws SQLException {
    assertThat(connection.isValid(5)).isTrue();
    server.meta.connections.clear();
    assertThat(connection.isValid(5)).isFalse();
  }

  @Test
  void reportsAServerThatWentAway() throws SQLException {
    try (var statement = connection.createStatement()) {
      server.close();
      assertThat(failure(statement, "numbers 1").getSQLState()).startsWith("08");
      assertThat(connection.isValid(1)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>hello</html>",
        "",
        "{",
        "{}",
        "null",
        "{\"response\": \"commit\"}",
        "{\"response\": \"executeResults\"}",
        "{\"response\": \"executeResults\", \"results\": 7}",
        "{\"response\": \"createStatement\", \"statementId\": \"x\"}"
      })
  void reportsAnAnswerThatIsNotOurs(String answer) throws SQLException {
    server.instead = Optional.of(answer);
    SQLException e =
        catchThrowableOfType(
            SQLException.class, () -> connection.createStatement().executeQuery("numbers 1"));
    assertThat(e.getSQLState()).isEqualTo("08P01");
    server.instead = Optional.empty();
    try (var statement = connection.createStatement()) {
      assertThat(count(statement.executeQuery("numbers 2"))).isEqualTo(2);
    }
  }

  @Test
  void givesUpAfterTheNetworkTimeout() throws SQLException {
    connection.setNetworkTimeout(Runnable::run, 300);
    try (var statement = connection.createStatement()) {
      assertThat(failure(statement, "block").getSQLState()).isEqualTo("08006");
    }
  }

  @Test
  void acceptsWhatPoolsAndToolsCall() throws SQLException {
    connection.setAutoCommit(false);
    connection.commit();
    connection.rollback();
    connection.setAutoCommit(true);
    connection.setReadOnly(true);
    connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
    assertThat(connection.getTransactionIsolation())
        .isEqualTo(Connection.TRANSACTION_READ_UNCOMMITTED);
    connection.setClientInfo("ApplicationName", "Metabase");
    assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("Metabase");
    connection.setCatalog("sales");
    connection.setSchema("public");
    assertThat(connection.getCatalog()).isEqualTo("sales");
    assertThat(connection.getSchema()).isEqualTo("public");
    assertThat(connection.nativeSQL("SELECT 1")).isEqualTo("SELECT 1");
    try (var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.setPoolable(true);
      statement.closeOnCompletion();
      assertThat(statement.execute("numbers 1", Statement.NO_GENERATED_KEYS)).isTrue();
      assertThat(statement.getMoreResults()).isFalse();
    }
    assertThatThrownBy(
            () -> connection.prepareStatement("numbers 1", Statement.RETURN_GENERATED_KEYS))
        .isInstanceOf(SQLFeatureNotSupportedException.class);
    var metaData = connection.getMetaData();
    assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(metaData.nullsAreSortedHigh()).isTrue();
    assertThat(metaData.ownInsertsAreVisible(ResultSet.TYPE_FORWARD_ONLY)).isFalse();
  }

  @Test
  void asksTheServerOnceWhatItCanDo() throws SQLException {
    var metaData = connection.getMetaData();
    assertThat(metaData.getStringFunctions()).isEqualTo("LCASE,SUBSTRING");
    assertThat(metaData.getNumericFunctions()).isEmpty();
    assertThat(connection.getMetaData().getSQLKeywords()).isEmpty();
    assertThat(server.requests).filteredOn(r -> r.contains("databaseProperties")).hasSize(1);
  }

  @Test
  void refusesUseAfterClose() throws SQLException {
    var statement = connection.createStatement();
    statement.close();
    assertThat(failure(statement, "numbers 1").getSQLState()).isEqualTo("HY010");
    connection.close();
    assertThatThrownBy(connection::createStatement)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08003"));
    assertThat(connection.isValid(1)).isFalse();
  }
}
