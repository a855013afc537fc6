package io.kurobe.planner.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.adapters.testing.Rows;
import io.kurobe.adapters.testing.TrinoServer;
import io.kurobe.planner.Execution;
import io.kurobe.planner.ExecutionOptions;
import io.kurobe.planner.PlannedStatement;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The same tables in every placement that must give the same answers: all in one PostgreSQL, in one
 * DuckDB file or in one Trino, split between a PostgreSQL and either of the others, and with
 * push-down off. A statement names tables by their bare names; the session of a placement finds
 * them.
 */
public final class Placements implements AutoCloseable {
  /** Where the tables are, and whether their sources do more than scan. */
  public enum Placement {
    POSTGRES("whole.public", true),
    SPLIT("half.public, rest.main", true),
    DUCKDB("file.main", true),
    POSTGRES_NOT_PUSHED("whole.public", false),
    SPLIT_NOT_PUSHED("half.public, rest.main", false),
    TRINO("trino.whole_%s", true),
    TRINO_SPLIT("half.public, trino.rest_%s", true),
    TRINO_NOT_PUSHED("trino.whole_%s", false);

    private final String searchPath;
    private final boolean pushdown;

    Placement(String searchPath, boolean pushdown) {
      this.searchPath = searchPath;
      this.pushdown = pushdown;
    }
  }

  /** Which source has a table when the tables are split; Trino may stand in for DuckDB. */
  public enum Home {
    POSTGRES,
    DUCKDB
  }

  /**
   * A table.
   *
   * @param columns the columns of CREATE TABLE, in words that PostgreSQL and DuckDB share
   * @param rows what follows VALUES, in such words
   */
  public record Table(String name, Home home, String columns, String rows) {
    /** What makes the table and fills it. */
    public List<String> statements() {
      String create = "CREATE TABLE " + name + " (" + columns + ")";
      return rows.isBlank()
          ? List.of(create)
          : List.of(create, "INSERT INTO " + name + " VALUES " + rows);
    }
  }

  private final String name;
  private final Federation federation;
  private int queries;

  private Placements(String name, Federation federation) {
    this.name = name;
    this.federation = federation;
  }

  /**
   * Makes the databases and the federation over them.
   *
   * @param name a part of the databases' names, of the test's own
   * @param directory where the DuckDB files go
   */
  public static Placements of(String name, Path directory, Table... tables) {
    return of(name, directory, AccessControl.OPEN, tables);
  }

  /** The same where not everyone may see everything. */
  public static Placements of(
      String name, Path directory, AccessControl accessControl, Table... tables) {
    List<Table> all = List.of(tables);
    PostgresServer.Database whole = postgres("placed_whole_" + name, all.stream());
    PostgresServer.Database half = postgres("placed_half_" + name, at(all, Home.POSTGRES));
    Path rest = duckDb(directory.resolve(name + "_rest.duckdb"), at(all, Home.DUCKDB));
    Path file = duckDb(directory.resolve(name + "_file.duckdb"), all.stream());
    TrinoTables.create("whole_" + name, file, all.stream());
    TrinoTables.create("rest_" + name, file, at(all, Home.DUCKDB));
    return new Placements(
        name,
        Federation.of(
            List.of(
                SourceConfig.ofUrl("whole", "postgres", whole.url(), whole.user()),
                SourceConfig.ofUrl("half", "postgres", half.url(), half.user()),
                SourceConfig.ofPath("rest", "duckdb", rest.toString()),
                SourceConfig.ofPath("file", "duckdb", file.toString()),
                SourceConfig.ofUrl("trino", "trino", TrinoServer.url("memory/default"), "tester")),
            accessControl,
            (question, session, support) ->
                new AskOutcome.Answered(
                    new GeneratedQuery(
                        support.parse(question.text()), question.text(), 1, List.of(), ""),
                    List.of())));
  }

  private static Stream<Table> at(List<Table> tables, Home home) {
    return tables.stream().filter(table -> table.home() == home);
  }

  private static PostgresServer.Database postgres(String name, Stream<Table> tables) {
    String script =
        String.join(";\n", tables.flatMap(table -> table.statements().stream()).toList());
    return PostgresServer.database(name, script, "ANALYZE");
  }

  private static Path duckDb(Path file, Stream<Table> tables) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (String sql : tables.flatMap(table -> table.statements().stream()).toList()) {
        statement.execute(sql);
      }
      return file;
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB refused a table", e);
    }
  }

  /** A row of expected values; null is NULL. */
  public static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  public Federation federation() {
    return federation;
  }

  /** A session that finds the tables of a placement by their bare names, in UTC. */
  public Session session(Placement placement) {
    return federation
        .session()
        .withSearchPath(
            Stream.of(placement.searchPath.formatted(name).split(", "))
                .map(SearchPathEntry::parse)
                .toList())
        .withSetting("pushdown", placement.pushdown ? "on" : "off");
  }

  /** The rows of a statement in one placement, values as {@link Rows} gives them. */
  public List<List<@Nullable Object>> query(
      Placement placement, String sql, @Nullable Object... parameters) {
    return query(session(placement), sql, parameters);
  }

  /** The rows of a statement of a session. */
  public List<List<@Nullable Object>> query(
      Session session, String sql, @Nullable Object... parameters) {
    PlannedStatement statement = federation.planner().plan(session, sql);
    var options = new ExecutionOptions("p" + ++queries, Duration.ofSeconds(60), 0);
    try (Execution execution = statement.start(Arrays.asList(parameters), options)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      Rows.batches(execution.reader()).forEach(rows::addAll);
      return rows;
    }
  }

  /** Checks the rows of a statement in every placement. */
  public void everywhere(String sql, Consumer<List<List<@Nullable Object>>> check) {
    for (Placement placement : Placement.values()) {
      List<List<@Nullable Object>> rows;
      try {
        rows = query(placement, sql);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(placement + " cannot answer " + sql + ": " + e, e);
      }
      try {
        check.accept(rows);
      } catch (AssertionError e) {
        throw new AssertionError(placement + " of " + sql + ": " + e.getMessage(), e);
      }
    }
  }

  /** Every placement gives these rows in this order. */
  @SafeVarargs
  public final void gives(String sql, List<@Nullable Object>... rows) {
    everywhere(sql, given -> assertThat(given).containsExactly(rows));
  }

  /** Every placement gives these rows in any order. */
  @SafeVarargs
  public final void givesInAnyOrder(String sql, List<@Nullable Object>... rows) {
    everywhere(sql, given -> assertThat(given).containsExactlyInAnyOrder(rows));
  }

  /** Every placement refuses with the same code. */
  public void fails(String sql, ErrorCode code) {
    for (Placement placement : Placement.values()) {
      Throwable error = catchThrowable(() -> query(placement, sql));
      assertThat(error)
          .as(placement + " of " + sql + " with " + error)
          .isInstanceOfSatisfying(KurobeException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
  }

  /** The session of a placement in another zone. */
  public Session session(Placement placement, String zone) {
    return session(placement).withZone(ZoneId.of(zone));
  }

  @Override
  public void close() {
    federation.close();
  }
}
