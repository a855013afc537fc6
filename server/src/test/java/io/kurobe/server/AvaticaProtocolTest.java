package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.apache.calcite.avatica.remote.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stock Avatica driver, in both encodings, against the endpoint. */
@Timeout(60)
class AvaticaProtocolTest {
  private static TestGateway gateway;

  @BeforeAll
  static void start(@TempDir Path data) {
    gateway = TestGateway.start(data);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void streamsAllRowsOfSeveralBatchesInSeveralFrames(String encoding) throws SQLException {
    try (Connection connection = gateway.connect(encoding);
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(700);
      long rows = 0;
      try (ResultSet result = statement.executeQuery("rows 12345")) {
        while (result.next()) {
          assertThat(result.getLong("id")).isEqualTo(rows % 1_000);
          assertThat(result.getString(2)).isEqualTo("name " + rows % 1_000);
          rows++;
        }
      }
      assertThat(rows).isEqualTo(12_345);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void describesColumns(String encoding) throws SQLException {
    try (Connection connection = gateway.connect(encoding);
        PreparedStatement statement = connection.prepareStatement("rows 1")) {
      ResultSetMetaData columns = statement.getMetaData();
      assertThat(columns.getColumnCount()).isEqualTo(2);
      assertThat(columns.getColumnLabel(1)).isEqualTo("id");
      assertThat(columns.getColumnTypeName(1)).isEqualTo("BIGINT");
      assertThat(columns.getPrecision(1)).isEqualTo(19);
      assertThat(columns.getCatalogName(1)).isEqualTo("shop");
      assertThat(columns.getSchemaName(1)).isEqualTo("public");
      assertThat(columns.getTableName(1)).isEqualTo("people");
      assertThat(columns.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
      assertThat(columns.isNullable(2)).isEqualTo(ResultSetMetaData.columnNullable);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void bindsParametersOfOtherTypesThanDeclared(String encoding) throws SQLException {
    try (Connection connection = gateway.connect(encoding);
        PreparedStatement statement = connection.prepareStatement("echo ? ?")) {
      statement.setInt(1, 42);
      statement.setString(2, "Größe");
      for (int i = 0; i < 2; i++) {
        try (ResultSet result = statement.executeQuery()) {
          assertThat(result.next()).isTrue();
          assertThat(result.getLong(1)).isEqualTo(42);
          assertThat(result.getString(2)).isEqualTo("Größe");
          assertThat(result.next()).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void errorHasCodeStatePositionHintAndQueryIdAndLeavesTheConnectionUsable(String encoding)
      throws SQLException {
    try (Connection connection = gateway.connect(encoding);
        Statement statement = connection.createStatement()) {
      SQLException error =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery("broken"));
      assertThat(error.getSQLState()).isEqualTo("42703");
      assertThat(error.getErrorCode()).isEqualTo(1003);
      assertThat(error.getMessage())
          .containsPattern(
              "there is no column 'usr' at line 1, column 8\\. Hint: Did you mean 'user'\\?"
                  + " \\(q\\d{8}_\\d{6}_\\d{5}\\)");
      try (ResultSet result = statement.executeQuery("rows 1")) {
        assertThat(result.next()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void faultsInsideAreAnAnswerThatGivesNothingAway(String encoding) throws SQLException {
    try (Connection connection = gateway.connect(encoding);
        Statement statement = connection.createStatement()) {
      SQLException error =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery("assert"));
      assertThat(error.getSQLState()).isEqualTo("XX000");
      assertThat(error.getMessage()).containsPattern("\\(q\\d{8}_\\d{6}_\\d{5}\\)");
      assertThat(stack(error)).doesNotContain("a secret of the code", "ScriptedPlanner");
      SQLException linkage =
          catchThrowableOfType(SQLException.class, () -> connection.prepareStatement("linkage"));
      assertThat(linkage.getSQLState()).isEqualTo("XX000");
      assertThat(stack(linkage)).doesNotContain("Secret");
      assertThat(SqlStates.of(() -> statement.executeQuery("memory"))).isEqualTo("53200");
      SQLException deep =
          catchThrowableOfType(SQLException.class, () -> connection.prepareStatement("overflow"));
      assertThat(deep.getSQLState()).isEqualTo("54000");
      try (ResultSet result = statement.executeQuery("rows 1")) {
        assertThat(result.next()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void waitsForLateRowsWithEmptyFrames(String encoding) throws SQLException {
    try (Connection connection = gateway.connect(encoding);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("late 4500")) {
      assertThat(result.next()).isTrue();
      assertThat(result.next()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void closingAStatementFromElsewhereAnswersItsFetchAtOnce(String encoding) throws Exception {
    try (Connection connection = gateway.connect(encoding);
        Statement statement = connection.createStatement()) {
      int before = gateway.planner().cancelled.get();
      CompletableFuture<SQLException> fetching =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      SQLException.class, () -> statement.executeQuery("wait").next()));
      while (gateway.planner().open.get() == 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      // So that the fetch waits for rows.
      TimeUnit.MILLISECONDS.sleep(700);
      String queryId = gateway.gateway().running().get(0).queryId();
      RawClient.closeStatement(gateway.port(), connection, statement);
      SQLException error = fetching.get(20, TimeUnit.SECONDS);
      assertThat(error.getSQLState()).isEqualTo("57014");
      while (gateway.planner().cancelled.get() == before) {
        // The client has its answer first; the test's own time-out bounds this.
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(gateway.gateway().running()).noneMatch(query -> query.queryId().equals(queryId));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void setMaxRowsHolds(String encoding) throws SQLException {
    try (Connection connection = gateway.connect(encoding);
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(1_500);
      int rows = 0;
      try (ResultSet result = statement.executeQuery("rows 100000")) {
        while (result.next()) {
          rows++;
        }
      }
      assertThat(rows).isEqualTo(1_500);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void commandChangesTheSessionOfItsConnectionAlone(String encoding) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("searchPath", "sales.public, files");
    try (Connection connection = gateway.connect(encoding, properties);
        Connection other = gateway.connect(encoding);
        Statement statement = connection.createStatement();
        Statement otherStatement = other.createStatement()) {
      assertThat(statement.execute("zone Asia/Tokyo")).isFalse();
      assertThat(statement.getUpdateCount()).isZero();
      assertThat(text(statement, "session")).startsWith("Asia/Tokyo [sales.public, files]");
      assertThat(text(otherStatement, "session")).startsWith("UTC []");
    }
  }

  @Test
  void anotherUsersConnectionIsRefused() throws Exception {
    String open =
        RawClient.json(
            gateway.port(), "{\"request\":\"openConnection\",\"connectionId\":\"a-1\"}", "alice");
    assertThat(open).contains("\"response\":\"openConnection\"");
    String create = "{\"request\":\"createStatement\",\"connectionId\":\"a-1\"}";
    for (String stranger : List.of("mallory", "")) {
      assertThat(RawClient.json(gateway.port(), create, stranger))
          .contains("\"sqlState\":\"28000\"")
          .doesNotContain("alice");
    }
    assertThat(RawClient.json(gateway.port(), create, "alice"))
        .contains("\"response\":\"createStatement\"");
  }

  /** Which a client may say when it prepares; Avatica's own in Java says it of texts alone. */
  @ParameterizedTest
  @EnumSource
  void whatIsPreparedGivesNoMoreRowsThanWasSaidThen(AvaticaEncoding encoding) throws Exception {
    String id = "rows-" + encoding;
    for (Service.Request request :
        List.of(
            new Service.OpenConnectionRequest(id, Map.of()),
            new Service.PrepareRequest(id, "rows 5000", 3))) {
      assertThat(send(encoding, request).statusCode()).isEqualTo(200);
    }
    var execution = new Service.ExecuteRequest(new StatementHandle(id, 1, null), List.of(), 100);
    assertThat(send(AvaticaEncoding.JSON, execution).body())
        .contains("\"done\":true", "[0,\"name 0\"]", "[2,\"name 2\"]")
        .doesNotContain("name 3");
    send(encoding, new Service.CloseConnectionRequest(id));
  }

  private static HttpResponse<String> send(AvaticaEncoding encoding, Service.Request request)
      throws Exception {
    return RawClient.post(gateway.port(), encoding.type(), encoding.write(request), "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void twoHundredStatementsNeverClosedDoNoHarm(String encoding) throws SQLException {
    try (Connection connection = gateway.connect(encoding)) {
      for (int i = 0; i < 200; i++) {
        ResultSet result = connection.createStatement().executeQuery("rows 3");
        assertThat(result.next()).isTrue();
      }
      assertThat(gateway.gateway().running()).isEmpty();
    }
    assertThat(gateway.planner().open.get()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void batchesOfWritesAreRefused(String encoding) throws SQLException {
    try (Connection connection = gateway.connect(encoding);
        Statement statement = connection.createStatement()) {
      statement.addBatch("rows 1");
      assertThat(SqlStates.of(statement::executeBatch)).isEqualTo("0A000");
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(2);
    }
  }

  private static String stack(Throwable error) {
    var text = new java.io.StringWriter();
    error.printStackTrace(new java.io.PrintWriter(text));
    return text.toString().replaceAll("(?m)^\\s+at .*$", "");
  }
}
