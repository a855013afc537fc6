package io.kurobe.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kurobe.examples.shop.ShopSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDirectoryTest {
  private static final ShopSize SIZE = new ShopSize(LocalDate.of(2026, 6, 30), 0.5);

  @TempDir Path temporary;

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");
    assertThatThrownBy(() -> DemoDirectory.open(file))
        .isInstanceOf(DemoException.class)
        .hasMessage(file + " is not a directory; choose another with --data");
  }

  @Test
  void refusesAPlaceThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");
    assertThatThrownBy(() -> DemoDirectory.open(file.resolve("below")))
        .isInstanceOf(DemoException.class)
        .hasMessageStartingWith("cannot write to " + file.resolve("below"));
  }

  @Test
  void refusesADirectoryWithOtherFilesAndLeavesThemAlone() throws IOException {
    Path precious = Files.writeString(temporary.resolve("postgres"), "precious");
    assertThatThrownBy(() -> DemoDirectory.open(temporary))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("holds other files than the demo's");
    assertThat(precious).hasContent("precious");
    assertThat(temporary).isDirectoryNotContaining("glob:**/.kurobe-demo");
  }

  @Test
  void refusesADirectoryInUse() throws IOException {
    Path path = temporary.resolve("demo");
    try (DemoDirectory ignored = DemoDirectory.open(path)) {
      assertThatThrownBy(() -> DemoDirectory.open(path))
          .isInstanceOf(DemoException.class)
          .hasMessageContaining("in use by another demo");
    }
    DemoDirectory.open(path).close();
  }

  @Test
  void remembersTheShopThatWasFinished() throws IOException {
    try (DemoDirectory directory = DemoDirectory.open(temporary.resolve("demo"))) {
      assertThat(directory.ready()).isEmpty();
      directory.markReady(SIZE);
      assertThat(directory.ready()).contains(SIZE);
    }
  }

  @Test
  void takesAHalfWrittenMarkForNone() throws IOException {
    Path path = temporary.resolve("demo");
    try (DemoDirectory directory = DemoDirectory.open(path)) {
      Files.writeString(path.resolve("ready.properties"), "version=1\nuntil=2026-0");
      assertThat(directory.ready()).isEmpty();
    }
  }

  @Test
  void clearsTheShopWhole() throws IOException {
    Path path = temporary.resolve("demo");
    try (DemoDirectory directory = DemoDirectory.open(path)) {
      Files.createDirectories(directory.postgres().resolve("base/1"));
      Files.writeString(directory.postgres().resolve("base/1/2"), "");
      Files.writeString(directory.duckDb(), "");
      directory.markReady(SIZE);
      directory.clear();
      assertThat(directory.hasRemains()).isFalse();
      assertThat(directory.ready()).isEmpty();
    }
  }
}
