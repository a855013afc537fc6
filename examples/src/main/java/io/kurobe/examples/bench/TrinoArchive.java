package io.kurobe.examples.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a Trino is started from: its archive, unpacked once, and a JDK that runs it. */
final class TrinoArchive {
  private static final String VERSION = "476";
  private static final int MINIMUM_JAVA = 24;

  /**
   * Those of the peer's catalogs, and the one with types that the full server cannot do without.
   */
  private static final Set<String> PLUGINS =
      Set.of("duckdb", "geospatial", "memory", "postgresql", "tpch");

  private TrinoArchive() {}

  /**
   * Unpacks what is needed of the archive, unless it was before.
   *
   * @param given the archive; null means the one in Maven's local repository
   * @throws BenchException if there is none, saying how to get it
   */
  static Path installed(BenchDirectory directory, @Nullable Path given) throws IOException {
    Path installed = directory.file("trino-" + VERSION);
    if (Files.isDirectory(installed)) {
      return installed;
    }
    Path archive = given == null ? inLocalRepository() : given;
    if (!Files.isReadable(archive)) {
      throw new BenchException(
          "the peer trino needs Trino's archive, and "
              + archive
              + " is not there; get it with 'mvn dependency:get -Dartifact=io.trino:trino-server:"
              + VERSION
              + ":tar.gz' or name one with --trino-server");
    }
    Path unpacking = Files.createTempDirectory(directory.root(), "unpacking");
    unpack(archive, unpacking);
    withoutOtherPlugins(unpacking.resolve("plugin"));
    return Files.move(unpacking, installed, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The whole of it, as files of one plugin are links to those of another. */
  private static void unpack(Path archive, Path into) throws IOException {
    Process tar =
        new ProcessBuilder(
                "tar", "-xzf", archive.toString(), "-C", into.toString(), "--strip-components=1")
            .inheritIO()
            .start();
    try {
      if (tar.waitFor() != 0) {
        throw new BenchException("tar could not unpack " + archive);
      }
    } catch (InterruptedException e) {
      tar.destroy();
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  private static void withoutOtherPlugins(Path plugins) throws IOException {
    for (Path plugin : children(plugins)) {
      if (!PLUGINS.contains(plugin.getFileName().toString())) {
        try (Stream<Path> files = Files.walk(plugin)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  private static Path inLocalRepository() {
    return Path.of(
        System.getProperty("user.home"),
        ".m2/repository/io/trino/trino-server",
        VERSION,
        "trino-server-" + VERSION + ".tar.gz");
  }

  /**
   * The program of a JDK that can run Trino.
   *
   * @throws BenchException if none was found, saying where it was looked for
   */
  static Path java() {
    List<Path> homes = new ArrayList<>();
    for (String variable : List.of("KUROBE_TRINO_JAVA_HOME", "JAVA_HOME")) {
      Optional.ofNullable(System.getenv(variable)).map(Path::of).ifPresent(homes::add);
    }
    homes.add(Path.of(System.getProperty("java.home")));
    String user = System.getProperty("user.home");
    for (String parent :
        List.of(
            "/usr/lib/jvm",
            "/opt",
            "/opt/java",
            "/Library/Java/JavaVirtualMachines",
            user + "/.sdkman/candidates/java",
            user + "/.jdks")) {
      homes.addAll(children(Path.of(parent)));
    }
    return homes.stream()
        .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
        .filter(home -> release(home) >= MINIMUM_JAVA)
        .map(home -> home.resolve("bin/java"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new BenchException(
                    "the peer trino needs a JDK "
                        + MINIMUM_JAVA
                        + " or later, and none was found; name one in KUROBE_TRINO_JAVA_HOME"));
  }

  private static List<Path> children(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.sorted().toList();
    } catch (IOException e) {
      // A directory that cannot be listed holds no JDK for us.
      return List.of();
    }
  }

  /** The feature release that a JDK's own file {@code release} names; 0 if there is none. */
  private static int release(Path home) {
    try (BufferedReader lines = Files.newBufferedReader(home.resolve("release"))) {
      return lines
          .lines()
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("[^0-9.]", "").split("\\.")[0])
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElse(0);
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}
