package io.kurobe.server;

import io.kurobe.adapters.testing.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL of a test's own, which the test may kill and start again at the same port. It
 * commits to its log before it answers, as any real one does and the embedded one does not unless
 * told: killed at once, that one comes back without the tables that were just made.
 */
final class OwnPostgres implements AutoCloseable {
  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  private OwnPostgres(Path data, EmbeddedPostgres server) {
    this.data = data;
    this.server = server;
    this.port = server.getPort();
  }

  static OwnPostgres start(Path directory) throws IOException {
    Path data = directory.resolve("postgres");
    EmbeddedPostgres server = builder(data, FreePort.find()).start();
    return new OwnPostgres(data, server);
  }

  private static EmbeddedPostgres.Builder builder(Path data, int port) {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setServerConfig("synchronous_commit", "on")
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPGStartupWait(Duration.ofMinutes(1));
  }

  String url() {
    return "jdbc:postgresql://localhost:" + port + "/postgres";
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), "postgres", "");
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What the gateway has at work here: sessions of its application name that are not idle. */
  int atWork() throws SQLException {
    return count("application_name = 'kurobe' AND state <> 'idle'");
  }

  /** How many of the gateway's sessions run a statement with this text. */
  int running(String text) throws SQLException {
    return count(
        "application_name = 'kurobe' AND state = 'active' AND query LIKE '%" + text + "%'");
  }

  boolean isUp() {
    try {
      connect().close();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private int count(String condition) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE " + condition)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** Kills the server and its sessions, as a machine that loses its power would. */
  void kill() throws Exception {
    long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    var sessions = postmaster.descendants().toList();
    postmaster.destroyForcibly();
    sessions.forEach(ProcessHandle::destroyForcibly);
    awaitExit(postmaster);
    for (ProcessHandle session : sessions) {
      awaitExit(session);
    }
  }

  /** Not by onExit: for processes of others it looks again only after seconds. */
  private static void awaitExit(ProcessHandle process) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (process.isAlive()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("process " + process.pid() + " does not end");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Starts it again over the same data, and makes sure that it is the one that answers. */
  void restart() throws Exception {
    Files.deleteIfExists(data.resolve("epg-lock"));
    server = builder(data, port).start();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW data_directory")) {
      rows.next();
      Path answering = Path.of(rows.getString(1)).toRealPath();
      if (!answering.equals(data.toRealPath())) {
        throw new IOException("another server listens at port " + port + ": " + answering);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
