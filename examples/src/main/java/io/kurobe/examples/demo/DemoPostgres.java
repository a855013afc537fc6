package io.kurobe.examples.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * The demo's PostgreSQL server: embedded, on loopback, on a free port, with the database {@code
 * shop}. Its data stays; {@link #close} stops the server.
 */
final class DemoPostgres implements AutoCloseable {
  private static final String USER = "postgres";
  private static final String DATABASE = "shop";

  private final EmbeddedPostgres server;

  private DemoPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts the server over what the directory has, or over nothing. */
  static DemoPostgres start(DemoDirectory directory) {
    try {
      stopOrphan(directory.postgres());
      return new DemoPostgres(
          EmbeddedPostgres.builder()
              .setDataDirectory(directory.postgres())
              .setCleanDataDirectory(false)
              .setOverrideWorkingDirectory(directory.root().resolve("postgres-program").toFile())
              // The demo stops it itself, after the gateway that uses it.
              .setRegisterShutdownHook(false)
              .setPGStartupWait(Duration.ofSeconds(40))
              .setOutputRedirector(
                  Redirect.appendTo(directory.root().resolve("postgres.log").toFile()))
              .setErrorRedirector(
                  Redirect.appendTo(directory.root().resolve("postgres.log").toFile()))
              .setServerConfig("max_connections", "60")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .start());
    } catch (IOException | IllegalStateException e) {
      throw new DemoException(
          "the embedded PostgreSQL did not start; see " + directory.root().resolve("postgres.log"),
          e);
    }
  }

  /**
   * A demo that was killed leaves its server running, which would keep the next one from starting.
   * The directory's lock is ours, so nobody uses that server any more.
   */
  private static void stopOrphan(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    long pid = lines.isEmpty() ? -1 : Long.parseLong(lines.get(0).strip());
    ProcessHandle orphan = ProcessHandle.of(pid).orElse(null);
    boolean isServer =
        orphan != null
            && orphan.info().command().map(command -> command.contains("postgres")).orElse(true)
            && lines.size() > 1
            && Path.of(lines.get(1)).equals(data);
    if (orphan != null && isServer) {
      orphan.destroy();
      awaitEnd(orphan);
    }
    // PostgreSQL removes the file when it stops; one left by a crash could name another process.
    Files.deleteIfExists(pidFile);
  }

  private static void awaitEnd(ProcessHandle process) throws IOException {
    try {
      process.onExit().get(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
    } catch (ExecutionException e) {
      throw new IOException("could not wait for process " + process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Creates the empty database, with a collation as people have it: with the default one, mistakes
   * about the order of text would not show.
   */
  void createDatabase() throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE DATABASE "
              + DATABASE
              + " LOCALE_PROVIDER icu ICU_LOCALE 'en-US' TEMPLATE template0");
    }
  }

  DataSource database() {
    return server.getDatabase(USER, DATABASE);
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + DATABASE;
  }

  String user() {
    return USER;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
