package io.kurobe.adapters.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A Trino unpacked from the archives that the build put under {@code target/trino} of the project:
 * the small one that every build has, or the full one of the profile {@code conformance}.
 *
 * @param home where it is unpacked
 * @param plugins the plugins it loads
 */
record TrinoInstallation(Path home, Path plugins) {
  private static final String CORE = "trino-server-core.tar.gz";
  private static final String FULL = "trino-server.tar.gz";

  /** The small server, with the plugins {@code memory} and {@code tpch}. */
  static TrinoInstallation core() throws IOException, InterruptedException {
    Path home = install(directory(), CORE, "installed", List.of("memory", "tpch"));
    return new TrinoInstallation(home, home.resolve("plugin"));
  }

  /** Whether the build brought the full server. */
  static boolean hasFull() throws IOException {
    return Files.exists(directory().resolve("download").resolve(FULL));
  }

  /** The full server, with some of its plugins. */
  static TrinoInstallation full(List<String> plugins) throws IOException, InterruptedException {
    Path home = install(directory(), FULL, "installed-full", List.of());
    Path some = Files.createTempDirectory("kurobe-trino-plugins");
    for (String plugin : plugins) {
      Files.createSymbolicLink(some.resolve(plugin), home.resolve("plugin").resolve(plugin));
    }
    return new TrinoInstallation(home, some);
  }

  /** Where the build put the archives: the project's root is some directory above. */
  private static Path directory() throws IOException {
    Path at = Path.of(System.getProperty("kurobe.root", "")).toAbsolutePath();
    for (; at != null; at = at.getParent()) {
      Path trino = at.resolve("target/trino");
      if (Files.isDirectory(trino)) {
        try (Stream<Path> versions = Files.list(trino)) {
          Optional<Path> version = versions.filter(Files::isDirectory).max(Path::compareTo);
          if (version.isPresent()) {
            return version.get();
          }
        }
      }
    }
    throw new IllegalStateException(
        "no Trino under target/trino: build the module adapters with its tests first");
  }

  /** Unpacks under a lock, beside the final place, so that no half of it is ever used. */
  private static Path install(Path directory, String archive, String name, List<String> plugins)
      throws IOException, InterruptedException {
    Path installed = directory.resolve(name);
    try (var channel =
            FileChannel.open(
                directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      if (lock.isValid() && Files.isDirectory(installed)) {
        return installed;
      }
      Path unpacking = Files.createTempDirectory(directory, "unpacking");
      Path download = directory.resolve("download");
      Process tar =
          new ProcessBuilder(
                  "tar",
                  "-xzf",
                  download.resolve(archive).toString(),
                  "-C",
                  unpacking.toString(),
                  "--strip-components=1")
              .inheritIO()
              .start();
      if (tar.waitFor() != 0) {
        throw new IOException("tar could not unpack " + archive);
      }
      for (String plugin : plugins) {
        unzip(download.resolve("trino-" + plugin + ".zip"), unpacking.resolve("plugin/" + plugin));
      }
      Files.move(unpacking, installed, StandardCopyOption.ATOMIC_MOVE);
      return installed;
    }
  }

  private static void unzip(Path zip, Path into) throws IOException {
    Files.createDirectories(into);
    try (InputStream file = Files.newInputStream(zip);
        var entries = new ZipInputStream(file)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (!entry.isDirectory()) {
          Path name = Path.of(entry.getName()).getFileName();
          Files.copy(entries, into.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
