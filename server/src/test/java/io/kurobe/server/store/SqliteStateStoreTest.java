package io.kurobe.server.store;

import io.kurobe.server.statement.History;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class SqliteStateStoreTest extends StateStoreContract {
  @TempDir private Path directory;

  @Override
  StateStore open() {
    return StateStore.open(directory.resolve("made/on/demand"));
  }

  @Override
  List<History.Entry> surviving() throws Exception {
    return SurvivingHistory.of(directory.resolve("made/on/demand"));
  }
}
