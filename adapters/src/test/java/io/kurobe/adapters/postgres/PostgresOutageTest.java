package io.kurobe.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.source.Source;
import io.kurobe.adapters.source.SourceConfig;
import io.kurobe.adapters.testing.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

/** A server of its own, which goes away and comes back under a source that holds connections. */
class PostgresOutageTest {
  @Test
  void anOutageIsReportedSoonAndForgottenWhenItIsOver() throws Exception {
    int port = FreePort.find();
    EmbeddedPostgres server = start(port);
    String url = "jdbc:postgresql://localhost:" + port + "/postgres";
    try (var allocator = new RootAllocator();
        Source source =
            new PostgresSource(
                SourceConfig.ofUrl("sales", "postgres", url, "postgres"), allocator)) {
      assertThat(source.health().up()).isTrue();
      server.close();

      long start = System.nanoTime();
      KurobeException failure = catchThrowableOfType(KurobeException.class, source::readCatalog);
      assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
      assertThat(failure.getMessage()).contains("sales");
      assertThat(source.health().up()).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));

      server = start(port);
      assertThat(source.health().up()).isTrue();
      assertThat(source.readCatalog().schemas()).isNotEmpty();
    } finally {
      server.close();
    }
  }

  private static EmbeddedPostgres start(int port) throws IOException {
    return EmbeddedPostgres.builder().setPort(port).setPGStartupWait(Duration.ofMinutes(1)).start();
  }
}
