package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.server.config.DataSize;
import io.kurobe.server.config.LimitSettings;
import io.kurobe.server.config.RunningLimits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements at a source whose cancel does not return: they hold up nobody but themselves. */
@Timeout(60)
class StuckSourceTest {
  private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(2);

  @TempDir private Path data;

  private final ExecutorService clients = Executors.newCachedThreadPool();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    LimitSettings brief =
        new LimitSettings(
            QUERY_TIMEOUT,
            0,
            1_000,
            20,
            Duration.ofMinutes(30),
            50,
            Duration.ofMinutes(10),
            RunningLimits.of(20),
            new DataSize(100_000));
    gateway = TestGateway.start(data, 0, brief);
  }

  @AfterEach
  void stop() {
    gateway.planner().unstuck.countDown();
    gateway.close();
    clients.shutdownNow();
    assertThat(gateway.planner().open.get()).isZero();
  }

  private CompletableFuture<String> ask(String sql) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Connection connection = gateway.connect("json");
              Statement statement = connection.createStatement()) {
            return SqlStates.of(() -> statement.executeQuery(sql).next());
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        },
        clients);
  }

  @Test
  void itsTimeOutsAreAnsweredAndSoAreThoseOfOthers() throws Exception {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      answers.add(ask("stuck"));
      answers.add(ask("wait"));
    }
    for (CompletableFuture<String> answer : answers) {
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("57014");
    }
    assertThat(ask("rows 1").get(10, TimeUnit.SECONDS)).isEqualTo("null");
    assertThat(gateway.gateway().running()).isEmpty();
    // They are still being cancelled, and hold what they have until that comes back.
    assertThat(gateway.planner().open.get()).isEqualTo(5);
    gateway.planner().unstuck.countDown();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (gateway.planner().open.get() > 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void closingItsConnectionReturnsSoon() throws Exception {
    Connection connection = gateway.connect("protobuf");
    Statement statement = connection.createStatement();
    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(
            () -> SqlStates.of(() -> statement.executeQuery("stuck").next()), clients);
    while (gateway.planner().open.get() == 0) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    RawClient.closeStatement(gateway.port(), connection, statement);
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("57014");
    connection.close();
    assertThat(gateway.planner().open.get()).isEqualTo(1);
  }
}
