package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many clients that read, stop half-way, are cancelled while they read, and fail, all at once. */
@Timeout(120)
class CrowdTest {
  private static final int CLIENTS = 8;
  private static final int ROUNDS = 40;

  @TempDir private Path data;

  @Test
  void nothingIsLeftOpenWhateverClientsDo() throws Exception {
    TestGateway gateway = TestGateway.start(data);
    ExecutorService clients = Executors.newFixedThreadPool(2 * CLIENTS);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int seed = i;
      all.add(clients.submit(() -> client(gateway, clients, new Random(seed))));
    }
    for (Future<?> client : all) {
      client.get(100, TimeUnit.SECONDS);
    }
    clients.shutdown();
    assertThat(clients.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    gateway.awaitNothingOpen();
    gateway.close();
  }

  private static Void client(TestGateway gateway, ExecutorService others, Random random)
      throws Exception {
    try (Connection connection = gateway.connect(random.nextBoolean() ? "json" : "protobuf")) {
      for (int round = 0; round < ROUNDS; round++) {
        Statement statement = connection.createStatement();
        statement.setFetchSize(200 + random.nextInt(1_000));
        switch (random.nextInt(4)) {
          case 0 ->
              assertThat(SqlStates.of(() -> statement.executeQuery("broken"))).isEqualTo("42703");
          case 1 -> assertThat(read(statement, "rows 2500", Integer.MAX_VALUE)).isEqualTo(2_500);
          case 2 -> assertThat(read(statement, "rows 9999", 1_100)).isEqualTo(1_100);
          default -> cancelled(gateway, connection, statement, others, random);
        }
        if (random.nextBoolean()) {
          statement.close();
        }
      }
    }
    return null;
  }

  private static int read(Statement statement, String sql, int most) throws SQLException {
    int rows = 0;
    try (ResultSet result = statement.executeQuery(sql)) {
      while (rows < most && result.next()) {
        assertThat(result.getString(2)).isNotEmpty();
        rows++;
      }
    }
    return rows;
  }

  private static void cancelled(
      TestGateway gateway,
      Connection connection,
      Statement statement,
      ExecutorService others,
      Random random)
      throws Exception {
    int delay = random.nextInt(30);
    Future<?> cancel =
        others.submit(
            () -> {
              TimeUnit.MILLISECONDS.sleep(delay);
              RawClient.closeStatement(gateway.port(), connection, statement);
              return null;
            });
    String state = SqlStates.of(() -> read(statement, "rows 3000000", Integer.MAX_VALUE));
    cancel.get(10, TimeUnit.SECONDS);
    assertThat(state).isEqualTo("57014");
  }
}
