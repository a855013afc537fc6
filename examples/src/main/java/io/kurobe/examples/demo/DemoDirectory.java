package io.kurobe.examples.demo;

import io.kurobe.examples.local.LocalPostgres;
import io.kurobe.examples.shop.ShopSize;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Where the demo keeps its data, for one process at a time. It knows whether the shop in it is
 * whole: the file {@code ready.properties} is written last, so a build that was interrupted leaves
 * none and is done again.
 */
final class DemoDirectory implements AutoCloseable {
  /** Changes when the shop's tables or rows do; a shop of another version is made again. */
  private static final String VERSION = "1";

  private static final String MARK = ".kurobe-demo";
  private static final String READY = "ready.properties";

  private final Path root;
  private final FileChannel lockFile;
  private final FileLock lock;

  private DemoDirectory(Path root, FileChannel lockFile, FileLock lock) {
    this.root = root;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Takes the directory, making it if need be.
   *
   * @throws DemoException if it cannot be written, is in use, or holds something else
   */
  static DemoDirectory open(Path path) {
    Path root = path.toAbsolutePath().normalize();
    try {
      if (Files.exists(root) && !Files.isDirectory(root)) {
        throw new DemoException(root + " is not a directory; choose another with --data");
      }
      Files.createDirectories(root);
      Path mark = root.resolve(MARK);
      if (!Files.exists(mark)) {
        if (!isEmpty(root)) {
          throw new DemoException(
              root + " holds other files than the demo's; choose another directory with --data");
        }
        Files.writeString(mark, "Made by 'kurobe demo'; it may be deleted while no demo runs.\n");
      }
      return lock(root, mark);
    } catch (IOException e) {
      throw new DemoException(
          "cannot write to " + root + " (" + reason(e) + "); choose another directory with --data",
          e);
    }
  }

  private static DemoDirectory lock(Path root, Path mark) throws IOException {
    FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new DemoException(
          root + " is in use by another demo; stop that one or choose another with --data");
    }
    return new DemoDirectory(root, channel, lock);
  }

  Path root() {
    return root;
  }

  Path postgres() {
    return LocalPostgres.data(root);
  }

  Path duckDb() {
    return root.resolve("web.duckdb");
  }

  /** The shop that is here; empty if there is none, half of one, or one of another version. */
  Optional<ShopSize> ready() {
    var properties = new Properties();
    try (var in = Files.newInputStream(root.resolve(READY))) {
      properties.load(in);
      if (!VERSION.equals(properties.getProperty("version"))) {
        return Optional.empty();
      }
      return Optional.of(
          new ShopSize(
              LocalDate.parse(properties.getProperty("until", "")),
              Double.parseDouble(properties.getProperty("scale", ""))));
    } catch (IOException | RuntimeException e) {
      // Unreadable is as good as absent: the shop is made again.
      return Optional.empty();
    }
  }

  /** Whether something is left of a shop that is not {@link #ready}. */
  boolean hasRemains() {
    return Files.exists(postgres()) || Files.exists(duckDb());
  }

  /** Says that the shop is whole. */
  void markReady(ShopSize size) throws IOException {
    Path draft = root.resolve(READY + ".new");
    Files.writeString(
        draft, "version=%s%nuntil=%s%nscale=%s%n".formatted(VERSION, size.until(), size.scale()));
    Files.move(draft, root.resolve(READY), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes the shop, whole or not. */
  void clear() throws IOException {
    Files.deleteIfExists(root.resolve(READY));
    Files.deleteIfExists(duckDb());
    Files.deleteIfExists(root.resolve("web.duckdb.wal"));
    deleteTree(postgres());
  }

  @Override
  public void close() throws IOException {
    lock.release();
    lockFile.close();
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  private static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    // A FileSystemException's message is the file's name; only its reason says why.
    String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
    return reason == null ? "not possible there" : reason;
  }
}
