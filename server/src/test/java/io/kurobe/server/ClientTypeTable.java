package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.ConfigurationReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One source's part of the type table, out and in: a table {@code kinds} whose first row has a
 * value in each column and whose second has none.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientTypeTable {
  /**
   * One column of the first row.
   *
   * @param ours what our driver gives when asked for its class, and takes as a parameter; a list
   *     for an array
   * @param stock what a stock client reads as text
   * @param parameter what a stock client is given to find the row; null where the protocol has no
   *     form for it
   * @param found whether our driver finds the row by it
   */
  record Value(
      String column, Object ours, String stock, @Nullable Object parameter, boolean found) {
    static Value of(String column, Object ours, String stock) {
      return new Value(column, ours, stock, null, true);
    }

    Value given(Object value) {
      return new Value(column, ours, stock, value, found);
    }

    /** It is no parameter: not comparable, or of no JDBC type. */
    Value readOnly() {
      return new Value(column, ours, stock, null, false);
    }
  }

  private Gateway gateway;

  /** Its values, of row 1. */
  abstract List<Value> values();

  /** The column of row 1 whose value is cut here. */
  abstract Optional<String> cut();

  /** Starts the gateway over one source, whose table is found without its full name. */
  void start(Path directory, String source) throws IOException {
    Files.writeString(
        directory.resolve("kurobe.yaml"),
        "server: {port: 0, data: state}\nlimits: {queryTimeout: 2m}\nsources:\n  s: "
            + source
            + "\n");
    Configuration.Reading reading =
        ConfigurationReader.create().read(directory.resolve("kurobe.yaml"));
    assertThat(reading).isInstanceOf(Configuration.Valid.class);
    gateway = Gateway.start(((Configuration.Valid) reading).configuration());
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  private Connection ours() throws SQLException {
    return DriverManager.getConnection("jdbc:kurobe://127.0.0.1:" + gateway.port() + "/s");
  }

  private Connection stock(String encoding) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:avatica:remote:url=http://127.0.0.1:"
            + gateway.port()
            + "/;serialization="
            + encoding);
  }

  private String select(int id) {
    return "SELECT "
        + String.join(", ", values().stream().map(Value::column).toList())
        + " FROM s.kinds WHERE id = "
        + id;
  }

  @Test
  void ourDriverGivesEveryValueAsItIs() throws SQLException {
    try (Connection connection = ours();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(select(1))) {
      assertThat(row.next()).isTrue();
      for (Value value : values()) {
        assertThat(read(row, value)).as(value.column()).isEqualTo(value.ours());
      }
      assertThat(row.next()).isFalse();
    }
  }

  @Test
  void whatIsCutIsWarnedOf() throws SQLException {
    if (cut().isEmpty()) {
      return;
    }
    try (Connection connection = ours();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("SELECT " + cut().get() + " FROM s.kinds")) {
        while (rows.next()) {
          // The warning is complete with the last row.
        }
      }
      assertThat(statement.getWarnings().getSQLState()).isEqualTo("01004");
      assertThat(statement.getWarnings().getMessage()).contains("cut to microseconds");
    }
  }

  private static @Nullable Object read(ResultSet row, Value value) throws SQLException {
    if (value.ours() instanceof List<?>) {
      Array array = row.getArray(value.column());
      return array == null ? null : Arrays.asList((Object[]) array.getArray());
    }
    return row.getObject(value.column(), value.ours().getClass());
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void stockClientsReadEveryValue(String encoding) throws SQLException {
    try (Connection connection = stock(encoding);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(select(1))) {
      assertThat(row.next()).isTrue();
      for (Value value : values()) {
        String read = text(row, value);
        assertThat(read).as(value.column()).isEqualTo(value.stock());
      }
    }
  }

  private static String text(ResultSet row, Value value) throws SQLException {
    String column = value.column();
    if (value.ours() instanceof List<?>) {
      return Arrays.asList((Object[]) row.getArray(column).getArray()).toString();
    }
    if (value.ours() instanceof byte[]) {
      return HexFormat.of().formatHex(row.getBytes(column));
    }
    if (value.ours() instanceof Double number && Double.isFinite(number)) {
      return Double.toString(row.getDouble(column));
    }
    if (value.ours() instanceof Float number && Float.isFinite(number)) {
      return Float.toString(row.getFloat(column));
    }
    return row.getString(column);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ours", "json", "protobuf"})
  void nullIsNullOfEveryType(String client) throws SQLException {
    try (Connection connection = client.equals("ours") ? ours() : stock(client);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(select(2))) {
      assertThat(row.next()).isTrue();
      for (Value value : values()) {
        assertThat(row.getObject(value.column())).as(value.column()).isNull();
        assertThat(row.wasNull()).isTrue();
        assertThat(row.getString(value.column())).as(value.column()).isNull();
      }
    }
  }

  @Test
  void ourDriverFindsTheRowByEveryValue() throws SQLException {
    try (Connection connection = ours()) {
      for (Value value : values()) {
        if (value.found()) {
          assertThat(ids(connection, value, value.ours())).containsExactly(1);
          assertThat(ids(connection, value, null)).as("NULL " + value.column()).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "protobuf"})
  void stockClientsFindTheRowByWhatTheyCanSay(String encoding) throws SQLException {
    try (Connection connection = stock(encoding)) {
      for (Value value : values()) {
        if (value.parameter() != null) {
          assertThat(ids(connection, value, value.parameter())).containsExactly(1);
        }
      }
    }
  }

  private static List<Integer> ids(Connection connection, Value value, @Nullable Object parameter) {
    List<Integer> ids = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id FROM s.kinds WHERE " + value.column() + " = ?")) {
      statement.setObject(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getInt(1));
        }
      }
      return ids;
    } catch (SQLException | RuntimeException e) {
      throw new AssertionError(value.column() + " = " + parameter, e);
    }
  }
}
