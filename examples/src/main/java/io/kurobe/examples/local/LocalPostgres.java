package io.kurobe.examples.local;

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
 * An embedded PostgreSQL server on loopback, on a free port. Its data stays; {@link #close} stops
 * the server.
 */
public final class LocalPostgres implements AutoCloseable {
  private static final String USER = "postgres";
  private static final String DATA = "postgres";
  private static final String LOG = "postgres.log";

  private final EmbeddedPostgres server;

  private LocalPostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Where a server started in a directory keeps its data. */
  public static Path data(Path root) {
    return root.resolve(DATA);
  }

  /**
   * Starts a server over the data below a directory, or over nothing. The caller holds the
   * directory's lock, stops the server and does so after whatever uses it.
   *
   * @throws IOException if it does not start; the message names its log
   */
  public static LocalPostgres start(Path root) throws IOException {
    Redirect log = Redirect.appendTo(root.resolve(LOG).toFile());
    try {
      stopOrphan(data(root));
      return new LocalPostgres(
          EmbeddedPostgres.builder()
              .setDataDirectory(data(root))
              .setCleanDataDirectory(false)
              .setOverrideWorkingDirectory(root.resolve("postgres-program").toFile())
              .setRegisterShutdownHook(false)
              .setPGStartupWait(Duration.ofSeconds(40))
              .setOutputRedirector(log)
              .setErrorRedirector(log)
              .setServerConfig("max_connections", "60")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .start());
    } catch (IOException | IllegalStateException e) {
      throw new IOException("the embedded PostgreSQL did not start; see " + root.resolve(LOG), e);
    }
  }

  /**
   * Whoever was killed leaves its server running, which would keep the next one from starting. The
   * directory's lock is ours, so nobody uses that server any more.
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
   * Creates an empty database, with a collation as people have it: with the default one, mistakes
   * about the order of text would not show.
   */
  public void createDatabase(String name) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE DATABASE " + name + " LOCALE_PROVIDER icu ICU_LOCALE 'en-US' TEMPLATE template0");
    }
  }

  /** Drops a database if it is there. */
  public void dropDatabase(String name) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name);
    }
  }

  public DataSource database(String name) {
    return server.getDatabase(USER, name);
  }

  /** The JDBC URL of a database. */
  public String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
  }

  public String user() {
    return USER;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
