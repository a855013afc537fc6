package io.kurobe.examples.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kurobe.examples.local.LocalPostgres;
import io.kurobe.examples.local.Shutdown;
import io.kurobe.server.command.EvalCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The benchmark {@code questions}: databases loaded, a gateway before them, and eval over it. */
final class QuestionsBench {
  /** What the gateway calls the source that all the databases are schemas of. */
  private static final String SOURCE = "questions";

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Path data;
  private final int every;
  private final @Nullable Path report;
  private final Path directory;
  private final BenchOptions options;
  private final PrintWriter out;
  private final Shutdown shutdown;

  QuestionsBench(
      Path data,
      int every,
      @Nullable Path report,
      Path directory,
      BenchOptions options,
      PrintWriter out,
      Shutdown shutdown) {
    this.data = data;
    this.every = every;
    this.report = report;
    this.directory = directory;
    this.options = options;
    this.out = out;
    this.shutdown = shutdown;
  }

  boolean run() throws SQLException, IOException {
    Path questions = data.resolve("questions.jsonl");
    if (!Files.isRegularFile(questions)) {
      throw new BenchException(
          "there are no questions: "
              + questions.toAbsolutePath().normalize()
              + " is not there; say where they are with --data");
    }
    BenchDirectory kept = shutdown.add(BenchDirectory.open(directory));
    LocalPostgres postgres = shutdown.add(LocalPostgres.start(kept.root()));
    List<ObjectNode> asked = questions(questions);
    Set<String> databases = new TreeSet<>();
    asked.forEach(each -> databases.add(each.path("source").asText()));
    if (!kept.isReady(SOURCE)) {
      postgres.dropDatabase(SOURCE);
      postgres.createDatabase(SOURCE);
      kept.markReady(SOURCE);
    }
    long start = System.nanoTime();
    int loaded = 0;
    try (Connection connection = postgres.database(SOURCE).getConnection()) {
      for (String database : databases) {
        if (!kept.isReady("schema-" + database)) {
          load(database, connection);
          kept.markReady("schema-" + database);
          loaded++;
        }
      }
      if (loaded > 0) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("ANALYZE");
        }
      }
    }
    say("%d databases, %d of them loaded in %.1f s", databases.size(), loaded, seconds(start));
    Path file = kept.file("asked.jsonl");
    List<String> lines = new ArrayList<>();
    for (ObjectNode each : asked) {
      lines.add(each.put("source", SOURCE + "." + each.path("source").asText()).toString());
    }
    Files.write(file, lines);
    var configuration = new BenchConfiguration(kept.file("state"), options.engineMemory(), LIMIT);
    configuration.postgres(SOURCE, postgres.url(SOURCE), postgres.user());
    ServerProcess gateway = shutdown.add(ServerProcess.start(kept, configuration, options.heap()));
    List<String> arguments =
        new ArrayList<>(
            List.of("--url", gateway.url(), "--questions", file.toString(), "--together-only"));
    if (report != null) {
      arguments.addAll(List.of("--report", report.toString()));
    }
    say("kurobe eval %s", String.join(" ", arguments));
    long asking = System.nanoTime();
    int code =
        new CommandLine(new EvalCommand()).setOut(out).execute(arguments.toArray(String[]::new));
    say("%d questions asked in %.1f s", asked.size(), seconds(asking));
    gateway
        .peakResidentBytes()
        .ifPresent(bytes -> say("the gateway held at most %.0f MB", bytes / 1e6));
    return code == CommandLine.ExitCode.OK;
  }

  private List<ObjectNode> questions(Path file) throws IOException {
    var mapper = new ObjectMapper();
    List<String> lines = Files.readAllLines(file);
    List<ObjectNode> questions = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += every) {
      questions.add((ObjectNode) mapper.readTree(lines.get(i)));
    }
    return questions;
  }

  /** A database's tables in a schema of its name; a key that its rows violate is not there. */
  private void load(String database, Connection connection) throws SQLException, IOException {
    Path scripts = data.resolve("databases");
    String schema = '"' + database.replace("\"", "\"\"") + '"';
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
      statement.execute("CREATE SCHEMA " + schema);
      statement.execute("SET search_path TO " + schema);
      statement.execute(Files.readString(scripts.resolve(database + ".sql")));
      Path keys = scripts.resolve(database + ".fk.sql");
      if (Files.exists(keys)) {
        for (String key : Files.readString(keys).split(";\\s*\\n")) {
          try {
            statement.execute(key);
          } catch (SQLException e) {
            // As in the databases that the questions were written for.
          }
        }
      }
    }
  }

  private void say(String format, Object... values) {
    out.printf(format + "%n", values);
    out.flush();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
