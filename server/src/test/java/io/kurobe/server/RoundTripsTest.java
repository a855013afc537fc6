package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.server.TappedGateway.Act;
import io.kurobe.server.TappedGateway.Exchange;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many exchanges with the server our driver needs, counted between the two. */
@Timeout(60)
class RoundTripsTest {
  @TempDir private Path data;
  private TestGateway gateway;
  private TappedGateway tapped;
  private Connection connection;

  @BeforeEach
  void connect() throws Exception {
    gateway = TestGateway.start(data);
    tapped = TappedGateway.before(gateway.port());
    connection = DriverManager.getConnection(tapped.url(), "ada", "");
  }

  @AfterEach
  void disconnect() throws Exception {
    connection.close();
    gateway.awaitNothingOpen();
    tapped.close();
    gateway.close();
  }

  private List<String> paths(Act act) throws Exception {
    return tapped.exchangesOf(act).stream().map(Exchange::path).toList();
  }

  private static void read(ResultSet rows, int expected) throws Exception {
    int count = 0;
    while (rows.next()) {
      count++;
    }
    assertThat(count).isEqualTo(expected);
    rows.close();
  }

  @Test
  void opensIsOneExchange() throws Exception {
    assertThat(paths(() -> DriverManager.getConnection(tapped.url(), "ada", "").close()))
        .containsExactly("/", "/");
  }

  @Test
  void aStatementIsMadeRunReadAndClosedInOne() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(
              paths(
                  () -> {
                    try (Statement statement = connection.createStatement()) {
                      read(statement.executeQuery("rows 100"), 100);
                    }
                  }))
          .containsExactly("/v1/execute");
    }
  }

  @Test
  void executingWhatIsPreparedAgainIsOne() throws Exception {
    try (PreparedStatement statement = connection.prepareStatement("echo ? ?")) {
      for (int i = 0; i < 3; i++) {
        int value = i;
        assertThat(
                paths(
                    () -> {
                      statement.setLong(1, value);
                      statement.setString(2, "x");
                      read(statement.executeQuery(), 1);
                    }))
            .containsExactly("/v1/execute");
      }
    }
  }

  @Test
  void whatIsPreparedAndClosedRidesAlong() throws Exception {
    List<Exchange> exchanges =
        tapped.exchangesOf(
            () -> {
              connection.prepareStatement("echo ? ?").close();
              try (Statement statement = connection.createStatement()) {
                read(statement.executeQuery("rows 1"), 1);
              }
            });
    assertThat(exchanges).extracting(Exchange::path).containsExactly("/v1/prepare", "/v1/execute");
    assertThat(exchanges.get(1).text()).contains("\"close\":[");
    assertThat(gateway.openStatements()).isZero();
  }

  /** Nobody waits for the exchange that leaves the rest. */
  @Test
  void aResultThatIsLeftIsEndedByOneMoreInTheBackground() throws Exception {
    List<String> paths =
        paths(
            () -> {
              try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(10);
                assertThat(statement.executeQuery("rows 100000").next()).isTrue();
              }
              for (int i = 0; i < 500 && gateway.openStatements() > 0; i++) {
                TimeUnit.MILLISECONDS.sleep(10);
              }
            });
    assertThat(paths).startsWith("/v1/execute").hasSizeLessThanOrEqualTo(3);
    assertThat(gateway.openStatements()).isZero();
  }
}
