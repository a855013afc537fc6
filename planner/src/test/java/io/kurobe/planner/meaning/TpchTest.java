package io.kurobe.planner.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.PostgresServer;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import io.kurobe.planner.testing.Federation;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/**
 * TPC-H at scale 0.01, split as a company would have it: what sells in PostgreSQL, what was sold in
 * DuckDB; the answers are those of DuckDB with all tables to itself. The queries are data that the
 * project does not hold: found beside it, or where KUROBE_SHARED says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TpchTest {
  private static final double SCALE = 0.01;
  private static final Set<String> IN_POSTGRES = Set.of("customer", "orders", "nation", "region");

  @TempDir static Path directory;

  private Federation federation;

  static Stream<String> queries() {
    return IntStream.rangeClosed(1, 22).mapToObj(number -> String.format("q%02d", number));
  }

  @BeforeAll
  void generate() throws Exception {
    assumeTrue(Files.exists(data()), () -> "NOT RUN: TPC-H's queries are not at " + data());
    PostgresServer.Database postgres = PostgresServer.database("tpch_some");
    PostgresServer.Database whole = PostgresServer.database("tpch_whole");
    Path file = directory.resolve("tpch.duckdb");
    try (Connection some = postgres.connect();
        Connection all = whole.connect();
        Connection duckDb = DriverManager.getConnection("jdbc:duckdb:" + file);
        Connection local = DriverManager.getConnection("jdbc:duckdb:" + local())) {
      for (TpchTable<?> table : TpchTable.getTables()) {
        Path lines = write(table);
        if (IN_POSTGRES.contains(table.getTableName())) {
          copy(some, table, lines);
        } else {
          load(duckDb, table, lines);
        }
        load(local, table, lines);
        copy(all, table, lines);
      }
      execute(some, "ANALYZE");
      execute(all, "ANALYZE");
    }
    federation =
        Federation.of(
            List.of(
                SourceConfig.ofUrl("some", "postgres", postgres.url(), postgres.user()),
                SourceConfig.ofUrl("whole", "postgres", whole.url(), whole.user()),
                SourceConfig.ofPath("rest", "duckdb", file.toString())),
            List.of(),
            (question, session, support) -> {
              throw new IllegalStateException("nobody asks here");
            });
  }

  /** The file that has all tables, which DuckDB answers from alone. */
  private static Path local() {
    return directory.resolve("local.duckdb");
  }

  private static void load(Connection duckDb, TpchTable<?> table, Path lines) throws SQLException {
    execute(duckDb, create(table));
    execute(
        duckDb,
        "COPY " + table.getTableName() + " FROM '" + lines + "' (DELIMITER '|', HEADER false)");
  }

  private static Path data() {
    return Optional.ofNullable(System.getenv("KUROBE_SHARED"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("kurobe.root", "..")).resolveSibling("shared"))
        .resolve("data/tpch");
  }

  private static Path write(TpchTable<?> table) throws IOException {
    Path file = directory.resolve(table.getTableName() + ".tbl");
    try (var writer = new PrintWriter(Files.newBufferedWriter(file))) {
      for (TpchEntity row : table.createGenerator(SCALE, 1, 1)) {
        String line = row.toLine();
        writer.print(line.endsWith("|") ? line.substring(0, line.length() - 1) : line);
        writer.print('\n');
      }
    }
    return file;
  }

  private static String create(TpchTable<?> table) {
    return table.getColumns().stream()
        .map(column -> column.getColumnName() + " " + type(column))
        .collect(Collectors.joining(", ", "CREATE TABLE " + table.getTableName() + " (", ")"));
  }

  private static String type(TpchColumn<?> column) {
    return switch (column.getType().getBase()) {
      case INTEGER -> "integer";
      case IDENTIFIER -> "bigint";
      case DATE -> "date";
      case DOUBLE -> "numeric(15,2)";
      case VARCHAR -> "varchar";
    };
  }

  private static void copy(Connection connection, TpchTable<?> table, Path lines)
      throws SQLException, IOException {
    execute(connection, create(table));
    try (InputStream input = Files.newInputStream(lines)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY " + table.getTableName() + " FROM STDIN (DELIMITER '|')", input);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @AfterAll
  void close() {
    if (federation != null) {
      federation.close();
    }
  }

  @ParameterizedTest
  @MethodSource("queries")
  void answersOverTheSplit(String query) throws Exception {
    check(query, "some.public", "rest.main");
  }

  @ParameterizedTest
  @MethodSource("queries")
  void answersFromOnePostgres(String query) throws Exception {
    check(query, "whole.public");
  }

  private void check(String query, String... path) throws IOException, SQLException {
    String sql =
        Files.readString(data().resolve("queries/" + query + ".sql")).strip().replaceAll(";$", "");
    Session session =
        federation
            .session()
            .withSearchPath(Arrays.stream(path).map(SearchPathEntry::parse).toList());
    List<List<String>> answer = answer(sql);
    List<List<Object>> rows = federation.query(session, sql);
    assertThat(rows).hasSameSizeAs(answer);
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < rows.get(i).size(); j++) {
        assertSame(rows.get(i).get(j), answer.get(i).get(j), "row " + i + ", column " + j);
      }
    }
  }

  private static List<List<String>> answer(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + local());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** Averages and quotients are rounded to their scale here, and doubles in DuckDB. */
  private static void assertSame(Object given, String expected, String place) {
    if (given instanceof BigDecimal || given instanceof Double) {
      BigDecimal wanted = new BigDecimal(expected);
      double off = new BigDecimal(given.toString()).subtract(wanted).abs().doubleValue();
      assertThat(off)
          .as(place)
          .isLessThanOrEqualTo(Math.max(1e-6, Math.abs(wanted.doubleValue()) * 1e-8));
    } else {
      assertThat(
              given instanceof Integer day && expected.contains("-")
                  ? java.time.LocalDate.ofEpochDay(day).toString()
                  : String.valueOf(given))
          .as(place)
          .isEqualTo(expected);
    }
  }
}
