package io.kurobe.adapters.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.batch.BatchStream;
import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceRuntime;
import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.adapters.testing.Rows;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.adapters.type.SqlType.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that come, go and are replaced while the process has them open. */
class DuckDbFilesTest {
  private static final List<Field> N = List.of(new Field("n", SqlType.BIGINT, true));

  @TempDir private Path directory;

  private final BufferAllocator allocator = new RootAllocator();
  private DuckDbInstance duckDb;
  private Path file;
  private Source source;

  @BeforeEach
  void open() {
    duckDb = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT);
    file = directory.resolve("shop.duckdb");
    source = make(SourceConfig.ofPath("shop", "duckdb", file.toString()));
  }

  @AfterEach
  void close() throws SQLException {
    source.close();
    assertThat(databases()).doesNotContain("shop");
    duckDb.close();
    allocator.close();
  }

  @Test
  void aStreamReadsTheFileItBeganAndTheNextTheOneThatReplacedIt() throws Exception {
    create(file, "CREATE TABLE t AS SELECT 1::BIGINT AS n FROM range(300000)");
    source.readCatalog();
    try (BatchStream running = source.read(request("SELECT n FROM t"))) {
      assertThat(running.reader().loadNextBatch()).isTrue();
      replace("CREATE TABLE t AS SELECT 2::BIGINT AS n, 'more' AS w FROM range(3)");
      // Until somebody looks, the file that is open is the one that is read.
      assertThat(count("SELECT sum(n) FROM t")).isEqualTo(300_000);

      assertThat(columns()).containsExactly("n", "w");
      assertThat(count("SELECT sum(n) FROM t")).isEqualTo(6);
      assertThat(source.statistics("main", "t").orElseThrow().rowCount()).isEqualTo(3);
      long rest = running.reader().getVectorSchemaRoot().getRowCount();
      while (running.reader().loadNextBatch()) {
        BigIntVector n = (BigIntVector) running.reader().getVectorSchemaRoot().getVector(0);
        assertThat(n.get(0)).isEqualTo(1);
        rest += n.getValueCount();
      }
      assertThat(rest).isEqualTo(300_000);
    }
  }

  /** Its name is looked up once more when the engine binds it, so the former one stays a while. */
  @Test
  void aStatementThatIsAboutToStartStillFindsTheFileItWasMadeFor() throws Exception {
    create(file, "CREATE TABLE t AS SELECT 1::BIGINT AS n");
    source.readCatalog();
    String before = source.attachedAs().orElseThrow();
    replace("CREATE TABLE t AS SELECT 2::BIGINT AS n");
    source.readCatalog();
    assertThat(source.attachedAs()).isPresent().isNotEqualTo(Optional.of(before));
    try (var connection = duckDb.connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("SELECT n FROM " + DuckDbInstance.quote(before) + ".main.t")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(1);
    }
  }

  @Test
  void aFileThatIsUnchangedStaysAsItIs() throws Exception {
    create(file, "CREATE TABLE t AS SELECT 1::BIGINT AS n");
    source.readCatalog();
    source.readCatalog();
    assertThat(source.attachedAs()).contains("shop");
  }

  @Test
  void aFileThatWasOverwrittenInPlaceIsOpenedAgain() throws Exception {
    create(file, "CREATE TABLE t AS SELECT 1::BIGINT AS n");
    source.readCatalog();
    Path other = directory.resolve("other.duckdb");
    create(other, "CREATE TABLE u AS SELECT 5::BIGINT AS n");
    Files.write(file, Files.readAllBytes(other));
    source.readCatalog();
    assertThat(count("SELECT n FROM u")).isEqualTo(5);
  }

  @Test
  void aFileMayComeGoAndComeBack() throws Exception {
    assertUnavailable("there is no file shop.duckdb");
    create(file, "CREATE TABLE t AS SELECT 1::BIGINT AS n");
    source.readCatalog();
    assertThat(source.health().up()).isTrue();
    Files.delete(file);
    assertUnavailable("there is no file shop.duckdb");
    assertThat(source.health().up()).isFalse();
    assertThat(source.health().detail()).contains("shop.duckdb");
    Files.writeString(file, "no database at all, but long enough to have a header".repeat(500));
    assertUnavailable("cannot open shop.duckdb");
    Files.delete(file);
    replace("CREATE TABLE t AS SELECT 3::BIGINT AS n");
    source.readCatalog();
    assertThat(count("SELECT n FROM t")).isEqualTo(3);
  }

  @Test
  void viewsOverFilesGetTheColumnsThatTheFilesHaveNow() throws Exception {
    Path csv = Files.writeString(directory.resolve("v.csv"), "n\n1\n");
    try (Source views =
        make(SourceConfig.ofTables("views", "duckdb", Map.of("v", csv.toString())))) {
      views.readCatalog();
      Files.writeString(csv, "n,w\n7,x\n");
      assertThat(table(views, "v").columns()).hasSize(2);
      assertThat(Rows.of(views.read(request("SELECT n FROM v")))).containsExactly(List.of(7L));
    }
  }

  private void replace(String script) throws Exception {
    Path next = directory.resolve("next.duckdb");
    create(next, script);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private List<String> columns() {
    return table(source, "t").columns().stream().map(TableMetadata.Column::name).toList();
  }

  private static TableMetadata table(Source source, String name) {
    return source.readCatalog().schemas().stream()
        .flatMap(schema -> schema.tables().stream())
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private long count(String sql) {
    return (Long) Rows.of(source.read(request(sql))).get(0).get(0);
  }

  private static ReadRequest request(String sql) {
    return new ReadRequest(sql, N, ZoneOffset.UTC, Duration.ofSeconds(30), 2_048);
  }

  private void assertUnavailable(String why) {
    for (Runnable ask :
        List.<Runnable>of(source::readCatalog, source::attachedAs, () -> count("SELECT 1"))) {
      assertThatThrownBy(ask::run)
          .isInstanceOfSatisfying(
              KurobeException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE))
          .hasMessageStartingWith("source shop is unavailable: " + why)
          .hasMessageNotContaining(directory.toString());
    }
  }

  private List<String> databases() throws SQLException {
    try (var connection = duckDb.connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("SELECT string_agg(database_name) FROM duckdb_databases()")) {
      rows.next();
      return List.of(rows.getString(1).split(","));
    }
  }

  private static void create(Path file, String script) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        var statement = connection.createStatement()) {
      statement.execute(script);
    }
  }

  private Source make(SourceConfig config) {
    return new DuckDbSourceFactory().create(config, new SourceRuntime(allocator, duckDb));
  }
}
