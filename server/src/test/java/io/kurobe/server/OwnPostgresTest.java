package io.kurobe.server;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tests of killed sources rely on. */
@Timeout(120)
class OwnPostgresTest {
  @Test
  void whatWasCommittedJustBeforeTheKillIsThereAfterTheRestart(@TempDir Path directory)
      throws Exception {
    try (OwnPostgres server = OwnPostgres.start(directory)) {
      for (int i = 0; i < 3; i++) {
        String table = "committed" + i;
        server.execute("CREATE TABLE " + table + " AS SELECT 1 AS n");
        server.kill();
        server.restart();
        assertThatCode(() -> server.execute("SELECT n FROM " + table)).doesNotThrowAnyException();
      }
    }
  }
}
