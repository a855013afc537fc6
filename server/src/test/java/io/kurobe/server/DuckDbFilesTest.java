package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.server.config.Configuration;
import io.kurobe.server.config.ConfigurationReader;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway over DuckDB files that are missing, replaced, broken, or never open. */
@Timeout(120)
class DuckDbFilesTest {
  @TempDir private Path directory;

  private Path file;
  private Path pipe;
  private Gateway gateway;
  private Connection connection;

  @BeforeEach
  void start() throws Exception {
    create("here.duckdb", "CREATE TABLE t AS SELECT i AS n FROM range(100) r(i)");
    file = directory.resolve("late.duckdb");
    pipe = directory.resolve("pipe.csv");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Files.writeString(
        directory.resolve("kurobe.yaml"),
        """
        server: {port: 0, data: state}
        sources:
          here: {type: duckdb, path: here.duckdb}
          late: {type: duckdb, path: late.duckdb}
          hung: {type: duckdb, tables: {t: "%s"}, timeout: 2s}
        """
            .formatted(pipe));
    Configuration.Reading reading =
        ConfigurationReader.create().read(directory.resolve("kurobe.yaml"));
    assertThat(reading).isInstanceOf(Configuration.Valid.class);
    gateway = Gateway.start(((Configuration.Valid) reading).configuration());
    connection = DriverManager.getConnection("jdbc:kurobe://127.0.0.1:" + gateway.port());
  }

  /** Whoever waits at the other end of the pipe gets its end, as nothing else wakes it. */
  @AfterEach
  void stop() throws Exception {
    connection.close();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(gateway::close);
    while (!closing.isDone()) {
      try (RandomAccessFile both = new RandomAccessFile(pipe.toFile(), "rw")) {
        both.writeBytes("n\n1\n");
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    closing.join();
  }

  @Test
  void aFileThatIsMissingAtTheStartLeavesTheRestWorkingAndComesByItself() throws Exception {
    SQLException missing = failure("SELECT * FROM late.main.t");
    assertThat(missing.getSQLState()).isEqualTo("HV00N");
    assertThat(missing.getMessage()).contains("source late", "there is no file late.duckdb");
    assertThat(number("SELECT COUNT(*) FROM here.main.t")).isEqualTo(100);
    assertThat(status("late")).isEqualTo("down");

    put("CREATE TABLE t AS SELECT 7 AS n");

    eventuallyAnswers("SELECT n FROM late.main.t");
    assertThat(number("SELECT n FROM late.main.t")).isEqualTo(7);
    assertThat(status("late")).isEqualTo("up");
  }

  @Test
  void aFileThatAnotherProcessWritesIsSaidAndComesByItself() throws Exception {
    try (WritingProcess other = WritingProcess.of(file, "CREATE TABLE t AS SELECT 9 AS n")) {
      for (int i = 0; i < 3; i++) {
        SQLException locked = failure("SELECT * FROM late.main.t");
        assertThat(locked.getSQLState()).isEqualTo("HV00N");
        assertThat(locked.getMessage())
            .contains("source late", "late.duckdb")
            .containsIgnoringCase("lock")
            .doesNotContain(directory.toString());
        assertThat(number("SELECT COUNT(*) FROM here.main.t")).isEqualTo(100);
      }
      assertThat(status("late")).isEqualTo("down");
    }
    eventuallyAnswers("SELECT n FROM late.main.t");
    assertThat(number("SELECT n FROM late.main.t")).isEqualTo(9);
  }

  private void eventuallyAnswers(String sql) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (failure(sql) != null) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  @Test
  void aFileThatIsReplacedIsSeenAfterRefreshAndHarmsNoStatement() throws Exception {
    put("CREATE TABLE t AS SELECT 1 AS n, i FROM range(400000) r(i)");
    run("REFRESH late");
    try (PreparedStatement prepared =
            connection.prepareStatement("SELECT SUM(n) AS s FROM late.main.t");
        PreparedStatement gone = connection.prepareStatement("SELECT MAX(i) FROM late.main.t");
        Statement statement = connection.createStatement();
        ResultSet running = statement.executeQuery("SELECT n FROM late.main.t")) {
      assertThat(running.next()).isTrue();
      put("CREATE TABLE t AS SELECT 'x' AS w, 2 AS n FROM range(5)");
      run("REFRESH late");
      assertThat(number("SELECT SUM(n) FROM late.main.t")).isEqualTo(10);
      assertThat(number("SELECT COUNT(*) FROM late.main.t WHERE w = 'x'")).isEqualTo(5);
      try (ResultSet rows = prepared.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(10);
      }
      SQLException unknown =
          catchThrowableOfType(SQLException.class, () -> gone.executeQuery().next());
      assertThat(unknown.getSQLState()).as(unknown.getMessage()).isEqualTo("42703");
      long sum = running.getLong(1);
      while (running.next()) {
        sum += running.getLong(1);
      }
      assertThat(sum).isEqualTo(400_000);
    }
  }

  @Test
  void aBrokenFileIsAnErrorThatNamesItsSource() throws Exception {
    Files.writeString(file, "this is no database, however long it may be. ".repeat(1_000));
    SQLException noDatabase = failure("REFRESH late");
    assertThat(noDatabase.getSQLState()).isEqualTo("HV00N");
    assertThat(noDatabase.getMessage())
        .contains("source late is unavailable: cannot open late.duckdb")
        .doesNotContain(directory.toString());

    put("CREATE TABLE t AS SELECT i AS n, md5(i::text) AS w FROM range(500000) r(i)");
    byte[] bytes = Files.readAllBytes(file);
    for (int i = bytes.length / 3; i < bytes.length * 2 / 3; i += 7) {
      bytes[i] ^= 0x5a;
    }
    Files.write(file, bytes);
    run("REFRESH late");
    for (String sql :
        new String[] {
          "SELECT MAX(w) FROM late.main.t",
          "SELECT MAX(l.w) FROM late.main.t l JOIN here.main.t h ON h.n = l.n % 100"
        }) {
      SQLException broken = failure(sql);
      assertThat(broken.getSQLState()).as(broken.getMessage()).isEqualTo("HV000");
      assertThat(broken.getMessage()).contains("late").doesNotContain(directory.toString());
    }
    assertThat(number("SELECT COUNT(*) FROM here.main.t")).isEqualTo(100);
  }

  @Test
  void aFileThatDoesNotOpenHoldsUpNobodyElse() throws Exception {
    put("CREATE TABLE t AS SELECT 1 AS n");
    CompletableFuture<SQLException> asked =
        CompletableFuture.supplyAsync(() -> failure("SELECT * FROM hung.main.t"));
    for (int i = 0; i < 5; i++) {
      long before = System.nanoTime();
      assertThat(number("SELECT COUNT(*) FROM here.main.t h JOIN late.main.t l ON l.n = h.n"))
          .isEqualTo(1);
      assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }
    SQLException hung = asked.get(20, TimeUnit.SECONDS);
    assertThat(hung.getSQLState()).isEqualTo("HV00N");
    assertThat(hung.getMessage()).contains("source hung");
    assertThat(RawClient.get(gateway.port(), "/health").body())
        .containsPattern("\"name\":\"here\",\"up\":true")
        .containsPattern("\"name\":\"hung\",\"up\":false");
  }

  private void put(String script) throws Exception {
    Files.move(create("next.duckdb", script), file, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path create(String name, String script) throws SQLException {
    Path created = directory.resolve(name);
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + created);
        Statement statement = duckDb.createStatement()) {
      statement.execute(script);
    }
    return created;
  }

  private String status(String source) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT status FROM system.runtime.sources WHERE name = '" + source + "'")) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            rows.getString(1);
          }
        }
      }
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  private SQLException failure(String sql) {
    return catchThrowableOfType(SQLException.class, () -> run(sql));
  }
}
