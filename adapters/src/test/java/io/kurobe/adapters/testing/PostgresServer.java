package io.kurobe.adapters.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One real PostgreSQL for the whole JVM, started when the first database is asked for and stopped
 * with the JVM. Its databases order text by ICU's en-US, so that whoever relies on a source's text
 * order is found out. It logs every statement: {@link Database#statements}.
 */
public final class PostgresServer {
  private static final String USER = "postgres";
  private static final Pattern ENTRY =
      Pattern.compile(
          "^@@([^,]*),([^@]*)@@LOG:  (?:statement|execute [^:]*): (.*?)(?=^@@|\\z)",
          Pattern.MULTILINE | Pattern.DOTALL);

  private final EmbeddedPostgres postgres;
  private final Path log;

  private PostgresServer(EmbeddedPostgres postgres, Path log) {
    this.postgres = postgres;
    this.log = log;
  }

  /**
   * A new database, filled by scripts of several statements each. One of the same name is replaced.
   */
  public static Database database(String name, String... scripts) {
    PostgresServer server = Holder.SERVER;
    String quoted = '"' + name.replace("\"", "\"\"") + '"';
    execute(server.url("postgres"), "DROP DATABASE IF EXISTS " + quoted + " WITH (FORCE)");
    execute(
        server.url("postgres"),
        "CREATE DATABASE "
            + quoted
            + " TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
    var database = new Database(server, name, server.log.toFile().length());
    for (String script : scripts) {
      database.execute(script);
    }
    return database;
  }

  private String url(String database) {
    return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database;
  }

  private static void execute(String url, String sql) {
    try (Connection connection = DriverManager.getConnection(url, USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL refused: " + sql, e);
    }
  }

  /** A database of the server. */
  public static final class Database {
    private final PostgresServer server;
    private final String name;

    /** Where the server's log was when the database was new: nothing before tells of it. */
    private final long begin;

    private Database(PostgresServer server, String name, long begin) {
      this.server = server;
      this.name = name;
      this.begin = begin;
    }

    /** The JDBC URL, without user and password. */
    public String url() {
      return server.url(name);
    }

    /** A superuser without a password. */
    public String user() {
      return USER;
    }

    /** A connection of its own; the caller closes it. */
    public Connection connect() throws SQLException {
      return DriverManager.getConnection(url(), USER, "");
    }

    /** Runs statements, separated by semicolons. */
    public void execute(String script) {
      PostgresServer.execute(url(), script);
    }

    /**
     * What clients of one application name ({@code kurobe} for a source) have sent to this database
     * so far, in the order the server began them, each as it was sent.
     */
    public List<String> statements(String application) {
      String marker = "seen-" + UUID.randomUUID();
      execute("SELECT '" + marker + "'");
      String text = awaitInLog(marker);
      List<String> statements = new ArrayList<>();
      Matcher entry = ENTRY.matcher(text);
      while (entry.find()) {
        if (entry.group(1).equals(name) && entry.group(2).equals(application)) {
          // The server indents the further lines of a statement by a tab.
          statements.add(entry.group(3).strip().replace("\n\t", "\n"));
        }
      }
      return statements;
    }

    private String awaitInLog(String marker) {
      try {
        for (int i = 0; i < 1_200; i++) {
          String text = log();
          if (text.contains(marker)) {
            return text;
          }
          TimeUnit.MILLISECONDS.sleep(25);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IllegalStateException("the server's log does not show its last statement");
    }

    private String log() throws IOException {
      try (InputStream in = Files.newInputStream(server.log)) {
        in.skipNBytes(begin);
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  /** Starts the server on first use. */
  private static final class Holder {
    static final PostgresServer SERVER = start();

    private static PostgresServer start() {
      try {
        Path directory = Files.createTempDirectory("kurobe-postgres-log");
        // The server may run as another user than the tests.
        directory.toFile().setWritable(true, false);
        directory.toFile().setReadable(true, false);
        directory.toFile().setExecutable(true, false);
        EmbeddedPostgres postgres =
            EmbeddedPostgres.builder()
                .setPort(FreePort.find())
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("log_statement", "all")
                .setServerConfig("log_line_prefix", "@@%d,%a@@")
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_directory", directory.toString())
                .setServerConfig("log_filename", "statements.log")
                .setServerConfig("log_file_mode", "0644")
                .setServerConfig("log_rotation_size", "0")
                .setServerConfig("lc_messages", "C")
                .start();
        return new PostgresServer(postgres, directory.resolve("statements.log"));
      } catch (IOException e) {
        throw new UncheckedIOException("embedded PostgreSQL did not start", e);
      }
    }
  }
}
