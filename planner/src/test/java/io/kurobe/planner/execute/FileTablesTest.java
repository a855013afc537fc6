package io.kurobe.planner.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.planner.testing.Federation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and patterns of files as tables of a duckdb source called {@code files}. */
@Timeout(60)
class FileTablesTest {
  @TempDir private Path directory;

  private @Nullable Federation federation;

  @AfterEach
  void close() {
    if (federation != null) {
      federation.close();
    }
  }

  /** Opens the source; tables and their files by turns. */
  private void open(String... tables) {
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < tables.length; i += 2) {
      files.put(tables[i], directory.resolve(tables[i + 1]).toString());
    }
    federation = Federation.of(List.of(SourceConfig.ofTables("files", "duckdb", files)));
  }

  /** Writes the rows of a query to a file, in the form that its name ends with. */
  private void write(String query, String file, String... options) throws SQLException {
    String to = "'" + directory.resolve(file) + "'";
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY ("
              + query
              + ") TO "
              + to
              + (options.length == 0 ? "" : " (" + String.join(", ", options) + ")"));
    }
  }

  private List<List<@Nullable Object>> query(String sql) {
    assertThat(federation).isNotNull();
    return federation.query(sql);
  }

  private KurobeException failure(String sql) {
    KurobeException failure = catchThrowableOfType(KurobeException.class, () -> query(sql));
    assertThat((Throwable) failure).as(sql).isNotNull();
    // What the host's directories are called is its own business.
    assertThat(failure.getMessage()).doesNotContain(directory.getFileName().toString(), "\n");
    return failure;
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "csv", "json"})
  void directoriesNamedAfterAValueAreColumns(String format) throws Exception {
    write(
        "SELECT range AS id, 2023 + range % 2 AS year, 'm' || range % 3 AS month FROM range(60)",
        "parts", "FORMAT " + format, "PARTITION_BY (year, month)");
    open("parts", "parts/*/*/*." + format);
    assertThat(
            query(
                "SELECT year, COUNT(*), MIN(id) FROM files.parts WHERE month <> 'm0'"
                    + " GROUP BY year ORDER BY year"))
        .containsExactly(row(2023L, 20L, 2L), row(2024L, 20L, 1L));
    assertThat(query("SELECT COUNT(*) FROM files.parts WHERE year = 2024 AND id < 10"))
        .containsExactly(row(5L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "csv", "json"})
  void aPatternHasTheColumnsOfAllItsFiles(String format) throws Exception {
    write("SELECT 1 AS id, 'x' AS name", "t1." + format);
    write("SELECT 'y' AS name, 2 AS id, 2.5 AS price", "t2." + format);
    write("SELECT 3000000000 AS id", "t3." + format);
    open("t", "t*." + format);
    assertThat(query("SELECT id, name, CAST(price AS DECIMAL(3, 1)) FROM files.t ORDER BY id"))
        .extracting(Object::toString)
        .containsExactly("[1, x, null]", "[2, y, 2.5]", "[3000000000, null, null]");
  }

  @Test
  void aColumnThatIsTextInOneFileIsText() throws Exception {
    write("SELECT 1 AS code", "t1.parquet");
    write("SELECT 'A1' AS code", "t2.parquet");
    open("t", "t*.parquet");
    assertThat(query("SELECT code FROM files.t ORDER BY code"))
        .containsExactly(row("1"), row("A1"));
  }

  @Test
  void compressedFilesAreRead() throws Exception {
    write("SELECT 1 AS id", "a.csv.gz");
    write("SELECT 2 AS id", "b.json.gz");
    write("SELECT 3 AS id", "c.csv.zst");
    open("a", "a.csv.gz", "b", "b.json.gz", "c", "c.csv.zst");
    assertThat(
            query(
                "SELECT id FROM files.a UNION ALL SELECT id FROM files.b"
                    + " UNION ALL SELECT id FROM files.c ORDER BY id"))
        .containsExactly(row(1L), row(2L), row(3L));
  }

  @Test
  void aPatternThatMatchesNothingIsNamedAndComesByItself() throws Exception {
    open("events", "events-*.parquet");
    KurobeException failure = failure("SELECT COUNT(*) FROM files.events");
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("source files")
        .hasMessageContaining("table events")
        .hasMessageContaining("events-*.parquet");
    write("SELECT 1 AS id", "events-1.parquet");
    query("REFRESH files");
    assertThat(query("SELECT COUNT(*) FROM files.events")).containsExactly(row(1L));
  }

  @Test
  void aFileThatIsRemovedIsNamedTheOtherTablesStayAndItComesBack() throws Exception {
    write("SELECT 1 AS id", "a.parquet");
    write("SELECT 2 AS id", "b.csv");
    open("here", "a.parquet", "gone", "b.csv");
    String sql = "SELECT id FROM files.gone";
    assertThat(query(sql)).containsExactly(row(2L));
    Files.delete(directory.resolve("b.csv"));
    for (int i = 0; i < 2; i++) {
      KurobeException failure = failure(sql);
      assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
      assertThat(failure)
          .hasMessageContaining("source files")
          .hasMessageContaining("table gone")
          .hasMessageContaining("b.csv");
      assertThat(query("SELECT id FROM files.here")).containsExactly(row(1));
    }
    write("SELECT 3 AS id", "b.csv");
    assertThat(query(sql)).containsExactly(row(3L));
  }

  @Test
  void aFileThatIsReplacedIsReadByTheNextStatement() throws Exception {
    write("SELECT range AS id FROM range(3)", "t.parquet");
    open("t", "t.parquet");
    assertThat(query("SELECT COUNT(*), SUM(id) FROM files.t").get(0).get(0)).isEqualTo(3L);
    write("SELECT range AS id FROM range(5000)", "t.parquet");
    assertThat(query("SELECT COUNT(*) FROM files.t WHERE id > 2")).containsExactly(row(4997L));
  }

  @Test
  void aFileThatJoinsAPatternIsReadByTheNextStatement() throws Exception {
    write("SELECT 1 AS id", "t1.parquet");
    open("t", "t*.parquet");
    assertThat(query("SELECT COUNT(*) FROM files.t")).containsExactly(row(1L));
    write("SELECT 2 AS id", "t2.parquet");
    assertThat(query("SELECT COUNT(*) FROM files.t")).containsExactly(row(2L));
    // Its types are others: what was planned over the first does not read it.
    write("SELECT 'three' AS id", "t3.parquet");
    assertThat(query("SELECT COUNT(id) FROM files.t WHERE id IS NOT NULL"))
        .containsExactly(row(3L));
    assertThat(query("SELECT id FROM files.t ORDER BY id"))
        .containsExactly(row("1"), row("2"), row("three"));
  }

  @ParameterizedTest
  @CsvSource({"oops, INVALID_TEXT_FORM", "99999999999999999999, NUMERIC_OUT_OF_RANGE"})
  void aValueOfCsvThatIsNoneOfItsColumnIsNamed(String value, ErrorCode code) throws Exception {
    // Beyond the rows that tell the column's type.
    write(
        "SELECT CASE WHEN range = 29000 THEN '%s' ELSE range::VARCHAR END AS id, 1.5 AS price"
                .formatted(value)
            + " FROM range(30000)",
        "t.csv");
    open("t", "t.csv");
    KurobeException failure = failure("SELECT SUM(id) FROM files.t");
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure)
        .hasMessage(
            "file \"t.csv\", line 29002, column \"id\": \"%s\" is no BIGINT (table t of source"
                + " files)",
            value);
    assertThat(failure.hint()).isPresent();
  }

  @Test
  void aRowOfCsvThatHasOtherColumnsIsNamed() throws Exception {
    write("SELECT range AS id, 1.5 AS price FROM range(30000)", "t.csv");
    Path csv = directory.resolve("t.csv");
    Files.writeString(csv, Files.readString(csv) + "1,2,3,4\n");
    open("t", "t.csv");
    KurobeException failure = failure("SELECT SUM(id) FROM files.t");
    assertThat(failure.code()).isEqualTo(ErrorCode.DATA);
    assertThat(failure)
        .hasMessageStartingWith("file \"t.csv\", line 30002: ")
        .hasMessageEndingWith("(table t of source files)");
  }

  @Test
  void aFileThatIsBrokenIsNamed() throws Exception {
    write("SELECT 1 AS id", "a.parquet");
    write("SELECT 1 AS id", "b.json");
    open("a", "a.parquet", "b", "b.json");
    assertThat(query("SELECT COUNT(*) FROM files.a, files.b")).containsExactly(row(1L));
    Files.writeString(directory.resolve("a.parquet"), "no Parquet file at all");
    Files.writeString(directory.resolve("b.json"), "{\"id\": ");
    for (String table : List.of("a", "b")) {
      KurobeException failure = failure("SELECT id FROM files." + table);
      assertThat(failure.code().sqlState()).startsWith("22");
      assertThat(failure)
          .hasMessageContaining(table.equals("a") ? "a.parquet" : "b.json")
          .hasMessageEndingWith("(table " + table + " of source files)");
    }
  }
}
