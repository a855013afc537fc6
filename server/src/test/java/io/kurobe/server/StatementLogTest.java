package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What is logged of statements, on whichever thread, carries their query ids. */
@Timeout(60)
class StatementLogTest {
  private record Line(String logger, String message, Map<String, String> context) {}

  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.kurobe.server.statement");
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(
              new Line(
                  event.getLoggerName(),
                  event.getFormattedMessage(),
                  Map.copyOf(event.getMDCPropertyMap())));
        }
      };

  @BeforeEach
  void listen() {
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.addAppender(appender);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stop() {
    logger.setLevel(null);
    logger.detachAppender(appender);
  }

  @Test
  void everyLineOfAStatementCarriesItsQueryId(@TempDir Path data) throws Exception {
    try (TestGateway gateway = TestGateway.start(data);
        Connection connection = gateway.connect("json");
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeQuery("rows 1").next()).isTrue();
      assertThat(SqlStates.of(() -> statement.executeQuery("broken"))).isEqualTo("42703");
      assertThat(SqlStates.of(() -> statement.executeQuery("assert"))).isEqualTo("XX000");
      assertThat(SqlStates.of(() -> connection.prepareStatement("assert"))).isEqualTo("XX000");
      assertThat(SqlStates.of(() -> connection.prepareStatement("overflow"))).isEqualTo("54000");
      CompletableFuture<String> waiting =
          CompletableFuture.supplyAsync(
              () -> SqlStates.of(() -> statement.executeQuery("wait").next()));
      while (gateway.gateway().running().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      RawClient.closeStatement(gateway.port(), connection, statement);
      assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("57014");
    }
    assertThat(lines)
        .extracting(Line::message)
        .anyMatch(message -> message.startsWith("FINISHED by "))
        .anyMatch(message -> message.matches("FAILED by .*, SQLSTATE 42703"))
        .anyMatch(message -> message.matches("CLOSED by .*"))
        .filteredOn(message -> message.contains("failed inside the gateway"))
        .hasSize(2);
    assertThat(lines)
        .filteredOn(
            line ->
                line.message().matches("(?s).*(FINISHED|FAILED|CLOSED|CANCELLED|inside|deeply).*"))
        .hasSizeGreaterThanOrEqualTo(9)
        .allSatisfy(
            line -> {
              String queryId = line.context().get("queryId");
              assertThat(queryId).as(line.message()).matches("q\\d{8}_\\d{6}_\\d{5}");
              if (line.message().startsWith("q")) {
                assertThat(line.message()).startsWith(queryId);
              }
            });
    assertThat(lines.stream().map(line -> line.context().get("queryId")).distinct())
        .hasSizeGreaterThanOrEqualTo(6);
  }
}
