package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.server.command.Kurobe;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** A source's password that the state keeps, over a PostgreSQL that asks for it. */
@Timeout(240)
class SecretsTest {
  private static final String RIGHT = "correct-horse-battery";
  private static final String WRONG = "wrong-horse-battery";

  @TempDir Path directory;
  @TempDir Path elsewhere;

  private final List<String> said = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          said.add(event.getFormattedMessage() + " " + event.getThrowableProxy());
        }
      };
  private EmbeddedPostgres postgres;

  @BeforeEach
  void start() throws Exception {
    Path access =
        Files.writeString(
            elsewhere.resolve("pg_hba.conf"),
            "host all postgres all trust\nhost all all all scram-sha-256\n");
    postgres =
        EmbeddedPostgres.builder()
            .setDataDirectory(elsewhere.resolve("data"))
            .setServerConfig("hba_file", access.toString())
            .setPGStartupWait(Duration.ofMinutes(1))
            .start();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE USER reader PASSWORD '" + RIGHT + "'");
      statement.execute("CREATE TABLE t AS SELECT 42 AS a");
      statement.execute("GRANT SELECT ON t TO reader");
    }
    Files.writeString(
        directory.resolve("kurobe.yaml"),
        """
        server: {port: 0, data: state}
        security: {mode: open, key: "${file:key.json}"}
        audit: {enabled: true}
        sources:
          sales: {type: postgres, url: "jdbc:postgresql://localhost:%d/postgres", user: reader,
            password: "${secret:SALES}", timeout: 5s}
        """
            .formatted(postgres.getPort()));
    LoggerContext logs = (LoggerContext) LoggerFactory.getILoggerFactory();
    appender.setContext(logs);
    appender.start();
    logs.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    logs.getLogger("io.kurobe").setLevel(Level.DEBUG);
  }

  @AfterEach
  void stop() throws Exception {
    LoggerContext logs = (LoggerContext) LoggerFactory.getILoggerFactory();
    logs.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(appender);
    logs.getLogger("io.kurobe").setLevel(null);
    postgres.close();
  }

  private String command(int code, String input, String... arguments) {
    StringWriter out = new StringWriter();
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      // Commands take their input when they are made.
      CommandLine again = Kurobe.commandLine();
      again.setOut(new PrintWriter(out));
      again.setErr(new PrintWriter(out));
      assertThat(again.execute(arguments)).as(out.toString()).isEqualTo(code);
    } finally {
      System.setIn(before);
    }
    said.add(out.toString());
    return out.toString();
  }

  private String secret(int code, String input, String... arguments) {
    List<String> all = new ArrayList<>(List.of("secret"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--config", directory.resolve("kurobe.yaml").toString()));
    return command(code, input, all.toArray(String[]::new));
  }

  private Gateway gateway() {
    return Gateway.start(
        ((io.kurobe.server.config.Configuration.Valid)
                io.kurobe.server.config.Configuration.read(directory.resolve("kurobe.yaml")))
            .configuration());
  }

  private String key() {
    return directory.resolve("key.json").toString();
  }

  /** What a client sees: rows or errors, and all that the system's tables have. */
  private String ask() throws SQLException {
    StringBuilder seen = new StringBuilder();
    try (Gateway gateway = gateway();
        Connection connection = DriverManager.getConnection(gateway.url(), "ada", "");
        Statement statement = connection.createStatement()) {
      try {
        seen.append(ConfiguredGateway.rows(statement.executeQuery("SELECT a FROM sales.public.t")));
      } catch (SQLException e) {
        for (Throwable at = e; at != null; at = at.getCause()) {
          seen.append(at).append('\n');
        }
      }
      said.add(seen.toString());
      for (String table :
          List.of("runtime.sources", "runtime.queries", "runtime.fragments", "audit.log")) {
        said.addAll(
            ConfiguredGateway.rows(statement.executeQuery("SELECT * FROM system." + table)));
      }
    }
    return seen.toString();
  }

  private void assertSaidNowhere(String... secrets) throws Exception {
    assertThat(said).isNotEmpty().noneMatch(text -> Stream.of(secrets).anyMatch(text::contains));
    try (Stream<Path> files = Files.walk(directory.resolve("state"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secrets);
      }
    }
  }

  @Test
  void theRightOneOpensTheSourceAndNeitherIsSaidAnywhere() throws Exception {
    command(0, "", "secret", "key", key());
    secret(0, WRONG + "\n", "set", "SALES");
    assertThat(ask()).contains("sales").doesNotContain("[42]");
    secret(0, RIGHT + "\n", "set", "SALES");
    assertThat(ask()).isEqualTo("[42]");
    assertThat(secret(0, "", "list")).isEqualToIgnoringNewLines("SALES");
    assertSaidNowhere(RIGHT, WRONG, Files.readString(Path.of(key())));
  }

  @Test
  void whatIsRotatedIsOfTheNewKeyAlone() throws Exception {
    command(0, "", "secret", "key", key());
    secret(0, RIGHT, "set", "SALES");
    Path next = directory.resolve("next.json");
    assertThat(secret(0, "", "rotate", "--new-key", next.toString())).contains("1 secrets");
    KurobeException old = catchThrowableOfType(KurobeException.class, this::gateway);
    assertThat(old).hasMessage("the secret SALES was kept under another key");
    Files.copy(next, Path.of(key()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(ask()).isEqualTo("[42]");
  }

  @Test
  void whatIsMissingIsSaid() throws Exception {
    command(0, "", "secret", "key", key());
    assertThat(command(1, "", "secret", "key", key())).contains("is there already");
    KurobeException none = catchThrowableOfType(KurobeException.class, this::gateway);
    assertThat(none)
        .hasMessage("source sales (postgres) wants the secret SALES, which is not kept");
    Path config = directory.resolve("kurobe.yaml");
    Files.writeString(config, Files.readString(config).replace(", key: \"${file:key.json}\"", ""));
    assertThat(secret(1, RIGHT, "set", "SALES")).contains("KUROBE_KEY").doesNotContain(RIGHT);
    Files.writeString(
        config, Files.readString(config).replace("user: reader", "user: \"${secret:SALES}\""));
    assertThat(secret(2, RIGHT, "set", "SALES")).contains("the whole of a source's password");
  }
}
