package io.kurobe.server.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStateStoreTest extends StateStoreContract {
  @TempDir private Path directory;

  @Override
  StateStore open() {
    return StateStore.open(directory.resolve("made/on/demand"));
  }
}
