package io.kurobe.planner.fuzz;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.Text;
import org.jspecify.annotations.Nullable;

/**
 * The same tables in several places, and a session for each placement in which the bare names of
 * the tables mean those of it. Threads share it.
 */
final class Placements implements AutoCloseable {
  /** Joins of joins may give millions, which say no more than thousands. */
  private static final int MOST_ROWS = 20_000;

  /** A product of products has more rows than can be waited for. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final ZoneId ZONE = ZoneId.of(System.getProperty("kurobe.fuzz.zone", "UTC"));

  private final Federation federation;
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final AtomicInteger queries = new AtomicInteger();
  private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();

  private Placements(Federation federation) {
    this.federation = federation;
    sessions.put("postgres", session("pg.whole"));
    sessions.put("split", session("pg.even", "duck.odd"));
    sessions.put("split the other way", session("duck.even", "pg.odd"));
    sessions.put("duckdb", session("duck.whole"));
    sessions.put("push-down off", session("pg.whole").withSetting("pushdown", "off"));
  }

  static Placements open(String database, Path directory) throws SQLException {
    PostgresServer.Database postgres = PostgresServer.database(database, script(true));
    Path file = directory.resolve(database + ".duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(script(false));
    }
    return new Placements(
        Federation.of(
            List.of(
                SourceConfig.ofUrl("pg", "postgres", postgres.url(), postgres.user()),
                SourceConfig.ofPath("duck", "duckdb", file.toString()))));
  }

  /**
   * The same where not everyone may see everything.
   *
   * @param copies what makes further schemas in PostgreSQL, each placed under its own name
   * @param schemas their names
   */
  static Placements open(
      String database,
      Path directory,
      AccessControl accessControl,
      String copies,
      List<String> schemas)
      throws SQLException {
    PostgresServer.Database postgres =
        PostgresServer.database(database, script(true) + copies, "ANALYZE");
    Path file = directory.resolve(database + ".duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(script(false));
    }
    Placements placements =
        new Placements(
            Federation.of(
                List.of(
                    SourceConfig.ofUrl("pg", "postgres", postgres.url(), postgres.user()),
                    SourceConfig.ofPath("duck", "duckdb", file.toString())),
                accessControl,
                (question, session, support) -> {
                  throw new IllegalStateException("nobody asks here");
                }));
    schemas.forEach(schema -> placements.sessions.put(schema, placements.session("pg." + schema)));
    return placements;
  }

  /** The session of a placement. */
  Session session(String placement, Principal principal) {
    return sessions.get(placement).as(principal);
  }

  private static String script(boolean padding) {
    StringBuilder script = new StringBuilder();
    for (String schema : List.of("whole", "even", "odd")) {
      script.append("CREATE SCHEMA ").append(schema).append(";\n");
    }
    for (int i = 0; i < Tables.ALL.size(); i++) {
      script.append(Tables.ALL.get(i).createIn("whole", padding));
      script.append(Tables.ALL.get(i).createIn(i % 2 == 0 ? "even" : "odd", padding));
    }
    return script.toString();
  }

  private Session session(String... path) {
    return federation
        .session()
        .withZone(ZONE)
        .withSearchPath(List.of(path).stream().map(SearchPathEntry::parse).toList());
  }

  List<String> names() {
    return List.copyOf(sessions.keySet());
  }

  /** The answer of one placement. */
  Answer ask(String placement, String sql) {
    return ask(sessions.get(placement), sql);
  }

  /** The answer of a session. */
  @SuppressWarnings("CatchingUnchecked") // Whatever escapes is what is looked for.
  Answer ask(Session session, String sql) {
    try {
      PlannedStatement statement = federation.planner().plan(session, sql);
      var options = new ExecutionOptions("f" + queries.incrementAndGet(), LONGEST, 0);
      try (Execution execution = statement.start(List.of(), options)) {
        var end = deadlines.schedule(execution::cancel, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        try {
          List<List<@Nullable Object>> rows = rows(execution);
          return rows.size() > MOST_ROWS
              ? Answer.TOO_LARGE
              : new Answer.Rows(types(statement), rows);
        } catch (KurobeException e) {
          if (end.isDone()) {
            return Answer.UNFINISHED;
          }
          throw e;
        } finally {
          end.cancel(false);
        }
      }
    } catch (KurobeException e) {
      return new Answer.Failed(e.code().sqlState(), e.getMessage(), false);
    } catch (IOException | RuntimeException | AssertionError e) {
      String where = where(List.of(e.getStackTrace()));
      return new Answer.Failed("escaped", e + " at " + where, true);
    }
  }

  /** Where it happened, and the first steps of ours on the way there. */
  private static String where(List<StackTraceElement> frames) {
    Stream<StackTraceElement> first = frames.stream().limit(4);
    Stream<StackTraceElement> ours =
        frames.stream()
            .skip(4)
            .filter(frame -> frame.getClassName().startsWith("io.kurobe"))
            .limit(4);
    return Stream.concat(first, ours).toList().toString();
  }

  private static List<String> types(PlannedStatement statement) {
    List<String> types = new ArrayList<>();
    for (SqlType.Field column : statement.columns()) {
      boolean text = column.type().kind() == SqlType.Kind.CHAR;
      types.add((text ? SqlType.VARCHAR : column.type()).toString());
    }
    return types;
  }

  private static List<List<@Nullable Object>> rows(Execution execution) throws IOException {
    List<SqlType.Field> columns = execution.columns();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    while (rows.size() <= MOST_ROWS && execution.reader().loadNextBatch()) {
      VectorSchemaRoot batch = execution.reader().getVectorSchemaRoot();
      for (int row = 0; row < batch.getRowCount(); row++) {
        List<@Nullable Object> values = new ArrayList<>();
        for (FieldVector vector : batch.getFieldVectors()) {
          boolean padded = columns.get(values.size()).type().kind() == SqlType.Kind.CHAR;
          values.add(normalized(vector.getObject(row), padded));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  /** A value that can be compared: text without the blanks that mean nothing, bytes written out. */
  private static @Nullable Object normalized(@Nullable Object value, boolean padded) {
    if (value instanceof Text) {
      String text = value.toString();
      return padded ? text.stripTrailing() : text;
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    return value instanceof Float single ? Double.valueOf(single) : value;
  }

  /** How a placement runs a query, to be read. */
  String explain(String placement, String sql) {
    return explain(sessions.get(placement), sql);
  }

  /** How a session's query runs, to be read. */
  String explain(Session session, String sql) {
    Answer plan = ask(session, "EXPLAIN " + sql);
    if (plan instanceof Answer.Rows rows) {
      StringBuilder text = new StringBuilder();
      for (List<@Nullable Object> row : rows.rows()) {
        text.append("    ").append(row.get(0)).append(" at ").append(row.get(1)).append(": ");
        text.append(row.get(2)).append('\n');
      }
      return text.toString();
    }
    return "    " + plan + "\n";
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
    federation.close();
  }
}
