package io.kurobe.examples.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The project's files, and programs run from them in processes of their own. */
final class Project {
  static final Path ROOT = Path.of(System.getProperty("kurobe.root", "..")).toAbsolutePath();
  static final Path DRIVER = ROOT.resolve("driver/target/kurobe-jdbc.jar");
  static final Path STOCK_DRIVER = ROOT.resolve("examples/target/stock-driver/*");

  private Project() {}

  /** What a process said, both streams in one, and how it ended. */
  record Ended(int exitCode, String output) {}

  static String read(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }

  /** Runs java with the arguments and waits for its end. */
  static Ended java(String... arguments) throws Exception {
    Process process = start(arguments);
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        throw new TimeoutException(output);
      }
      return new Ended(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts java with the arguments; the caller ends it. */
  static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8"));
    // None lives longer than a minute.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Arguments that run the command line as the launcher does. */
  static String[] kurobe(String... arguments) {
    List<String> all = new ArrayList<>();
    all.add("-Xmx1g");
    all.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
    all.add("-Duser.timezone=UTC");
    all.add("-cp");
    all.add(
        ROOT.resolve("examples/target/kurobe-examples.jar")
            + System.getProperty("path.separator")
            + ROOT.resolve("examples/target/lib/*"));
    all.add("io.kurobe.server.command.Kurobe");
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }
}
