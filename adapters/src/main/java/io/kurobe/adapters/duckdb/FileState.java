package io.kurobe.adapters.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tells whether a file is still the one that was opened.
 *
 * @param key the file system's own identity of it; null where it has none
 */
record FileState(Path path, @Nullable Object key, FileTime modified, long size) {
  /** The state of a file now; empty if there is none. */
  static Optional<FileState> of(Path path) {
    try {
      BasicFileAttributes seen = Files.readAttributes(path, BasicFileAttributes.class);
      return seen.isRegularFile()
          ? Optional.of(new FileState(path, seen.fileKey(), seen.lastModifiedTime(), seen.size()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether the file is another now, was written to, or is gone. */
  boolean isChanged() {
    return !of(path).equals(Optional.of(this));
  }
}
