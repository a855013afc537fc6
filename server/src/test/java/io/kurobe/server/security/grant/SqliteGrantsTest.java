package io.kurobe.server.security.grant;

import io.kurobe.server.config.ServerSettings;
import io.kurobe.server.store.StateStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteGrantsTest extends GrantsContract {
  @TempDir private Path directory;

  @Override
  StateStore open() {
    return StateStore.open(ServerSettings.of(0, directory));
  }
}
