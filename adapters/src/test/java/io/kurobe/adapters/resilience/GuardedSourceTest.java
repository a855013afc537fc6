package io.kurobe.adapters.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.embedded.DuckDbInstance;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.ReadRequest;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.source.SourceFactory;
import io.kurobe.adapters.source.SourceRuntime;
import io.kurobe.adapters.testing.Rows;
import io.kurobe.adapters.testing.SettableClock;
import io.kurobe.adapters.type.SqlType;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guarded DuckDB file, which is not there, or is. */
class GuardedSourceTest {
  private final SettableClock clock = new SettableClock();
  private final BufferAllocator allocator = new RootAllocator();
  private final DuckDbInstance duckDb = DuckDbInstance.open(DuckDbInstance.Settings.DEFAULT);
  private Path file;
  private Source source;

  @BeforeEach
  void guard(@TempDir Path directory) {
    file = directory.resolve("files.duckdb");
    SourceFactory factory =
        ServiceLoader.load(SourceFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(kind -> kind.type().equals("duckdb"))
            .findFirst()
            .orElseThrow();
    source =
        new GuardedSource(
            factory.create(
                SourceConfig.ofPath("files", "duckdb", file.toString()),
                new SourceRuntime(allocator, duckDb)),
            allocator,
            clock);
  }

  @AfterEach
  void close() {
    source.close();
    duckDb.close();
    allocator.close();
  }

  @Test
  void answersAtOnceWhileTheSourceIsDownAndSaysWhenItIsTriedAgain() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertThat(failure(this::query))
          .hasMessageContaining("files")
          .hasMessageNotContaining("tried again");
    }
    // The file is there now, but nobody looks before the pause is over.
    makeFile();
    KurobeException refused = failure(this::query);
    assertThat(refused.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(refused)
        .hasMessageContaining("source files is unavailable: there is no file files.duckdb")
        .hasMessageEndingWith("; it is tried again in 5 s");
  }

  @Test
  void comesBackByItselfWhenThePauseIsOver() throws Exception {
    failure(this::query);
    failure(this::query);
    makeFile();
    clock.pass(SourceBreaker.PAUSE.plusMillis(1));
    query();
  }

  @Test
  void comesBackWhenItsCatalogIsRead() throws Exception {
    failure(source::readCatalog);
    failure(source::readCatalog);
    assertThat(failure(source::readCatalog)).hasMessageNotContaining("tried again");
    assertThat(failure(this::query)).hasMessageContaining("tried again");
    makeFile();
    assertThat(source.readCatalog().schemas()).isNotEmpty();
    query();
  }

  @Test
  void refusesForAnotherPauseWhenTheSourceIsStillDown() throws Exception {
    failure(this::query);
    failure(this::query);
    clock.pass(SourceBreaker.PAUSE.plusMillis(1));
    assertThat(failure(this::query)).hasMessageContaining("there is no file");
    makeFile();
    assertThat(failure(this::query)).hasMessageContaining("tried again");
  }

  private void query() {
    assertThat(Rows.of(source.read(numbers("SELECT i AS n FROM range(3) t(i)")))).hasSize(3);
  }

  @Test
  void staysClosedForErrorsOfAStatement() throws Exception {
    makeFile();
    for (int i = 0; i < 10; i++) {
      assertThat(failure(() -> Rows.of(source.read(numbers("SELECT n FROM missing")))).code())
          .isNotEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
      assertThat(
              failure(
                      () ->
                          Rows.of(
                              source.read(
                                  numbers("SELECT CAST('x' || i AS BIGINT) FROM range(3) t(i)"))))
                  .code())
          .isEqualTo(ErrorCode.INVALID_TEXT_FORM);
    }
    assertThat(source.readCatalog().schemas()).isNotEmpty();
  }

  @Test
  void passesEveryMethodOfASourceOn() {
    for (Method method : Source.class.getMethods()) {
      assertThat(Arrays.stream(GuardedSource.class.getDeclaredMethods()).map(Method::getName))
          .as("a default would hide what the source says")
          .contains(method.getName());
    }
  }

  private void makeFile() throws Exception {
    DriverManager.getConnection("jdbc:duckdb:" + file).close();
    assertThat(Files.exists(file)).isTrue();
  }

  private static ReadRequest numbers(String sql) {
    return new ReadRequest(
        sql,
        List.of(new SqlType.Field("n", SqlType.BIGINT, true)),
        ZoneOffset.UTC,
        Duration.ofSeconds(10),
        1024);
  }

  private static KurobeException failure(Runnable call) {
    return catchThrowableOfType(KurobeException.class, call::run);
  }
}
