package io.kurobe.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.catalog.ViewDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is SQLite's own; what holds of every state is {@link StateStoreContract}'s. */
class StateStoreTest {
  @TempDir private Path directory;

  private static ViewDefinition view(String name, String sql) {
    return new ViewDefinition(
        name, sql, List.of("id", "total"), Optional.of("what it is"), Optional.empty(), "alice");
  }

  @Test
  void aFullDiskIsSaidAndLosesNothing() {
    try (StateStore store = StateStore.open(directory)) {
      store.views().create(view("kept", "SELECT 1"), false);
      // SQLite answers as it does for a full disk once its file has these pages.
      store.inTransaction(
          handle ->
              handle
                  .createQuery("SELECT page_count FROM pragma_page_count")
                  .mapTo(Integer.class)
                  .map(pages -> "PRAGMA max_page_count = " + pages)
                  .map(pragma -> handle.createQuery(pragma).mapTo(Integer.class).one())
                  .one());
      assertThatThrownBy(() -> store.views().create(view("large", "x".repeat(1_000_000)), false))
          .isInstanceOf(KurobeException.class)
          .extracting(e -> ((KurobeException) e).code())
          .isEqualTo(ErrorCode.DISK_FULL);
      assertThat(store.views().list()).containsExactly(view("kept", "SELECT 1"));
    }
    try (StateStore store = StateStore.open(directory)) {
      assertThat(store.views().list()).containsExactly(view("kept", "SELECT 1"));
      store.views().create(view("large", "x".repeat(1_000_000)), false);
    }
  }

  @Test
  void unusableDirectoryIsOneClearError() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");
    assertThatThrownBy(() -> StateStore.open(file.resolve("data")))
        .isInstanceOf(KurobeException.class)
        .hasMessageContaining(file.resolve("data").toString())
        .extracting(e -> ((KurobeException) e).code())
        .isEqualTo(ErrorCode.CONFIGURATION);
    Files.writeString(
        directory.resolve("state.sqlite"), "this is no database, but text ".repeat(99));
    assertThatThrownBy(() -> StateStore.open(directory))
        .isInstanceOf(KurobeException.class)
        .hasMessageContaining("state.sqlite cannot be opened");
  }
}
