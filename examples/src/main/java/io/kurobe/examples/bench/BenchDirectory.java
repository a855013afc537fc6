package io.kurobe.examples.bench;

import io.kurobe.examples.local.LocalPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Where benchmarks keep what they loaded, between runs and for one process at a time. A database is
 * marked ready once it is whole; what an interrupted run left is made again.
 */
final class BenchDirectory implements AutoCloseable {
  /** Changes when what is loaded does. */
  private static final String VERSION = "1";

  private static final String MARK = ".kurobe-bench";

  private final Path root;
  private final FileChannel lockFile;
  private final FileLock lock;

  private BenchDirectory(Path root, FileChannel lockFile, FileLock lock) {
    this.root = root;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Takes the directory, making it if need be.
   *
   * @throws BenchException if it cannot be written, is in use, or holds something else
   */
  static BenchDirectory open(Path path) {
    Path root = path.toAbsolutePath().normalize();
    Path mark = root.resolve(MARK);
    try {
      Files.createDirectories(root);
      if (!Files.exists(mark)) {
        if (!isEmpty(root)) {
          throw new BenchException(
              root + " holds other files than a benchmark's; choose another with --cache");
        }
        Files.writeString(
            mark, "Made by 'kurobe bench'; it may be deleted while no benchmark runs.\n");
      }
      FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new BenchException(
            root + " is in use by another benchmark; wait for it or choose another with --cache");
      }
      return new BenchDirectory(root, channel, lock);
    } catch (IOException e) {
      throw new BenchException(
          "cannot write to " + root + " (" + e + "); choose another directory with --cache", e);
    }
  }

  private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path root() {
    return root;
  }

  Path file(String name) {
    return root.resolve(name);
  }

  /** Whether what has this name was loaded to its end. */
  boolean isReady(String name) {
    return Files.exists(ready(name)) && Files.exists(LocalPostgres.data(root));
  }

  void markReady(String name) throws IOException {
    Files.createFile(ready(name));
  }

  private Path ready(String name) {
    return root.resolve(name + ".v" + VERSION + ".ready");
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
    lockFile.close();
  }
}
