package io.kurobe.examples.bench;

import io.kurobe.server.command.Kurobe;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A gateway in a process of its own, as its users run it. {@link #close} stops the process. */
final class ServerProcess implements AutoCloseable {
  private static final String READY = "Ready: ";
  private static final long START_SECONDS = 120;

  private final Process process;
  private final String url;

  private ServerProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts one and waits until it listens. Its configuration and its log are in the directory.
   *
   * @param heap of its JVM, such as {@code 1g}
   * @throws BenchException if it does not start
   */
  static ServerProcess start(
      BenchDirectory directory, BenchConfiguration configuration, String heap) throws IOException {
    Path file = directory.file("kurobe.yaml");
    Files.writeString(file, configuration.yaml());
    return start(file, heap, directory.file("kurobe.log"));
  }

  private static ServerProcess start(Path configuration, String heap, Path log) {
    try {
      Process process =
          new ProcessBuilder(command(configuration, heap))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try {
        return new ServerProcess(process, await(process, log));
      } catch (RuntimeException | InterruptedException e) {
        process.destroyForcibly();
        throw e;
      }
    } catch (IOException e) {
      throw new BenchException("the gateway could not be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /** The flags of this JVM, which the launcher chose, with a heap of its own. */
  private static List<String> command(Path configuration, String heap) {
    List<String> command = new ArrayList<>(java(heap));
    command.addAll(List.of(Kurobe.class.getName(), "serve", "-c", configuration.toString()));
    return command;
  }

  /** The start of a command that runs a class of ours in another JVM. */
  static List<String> java(String heap) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-Xmx") && !flag.startsWith("-agent"))
        .filter(flag -> !flag.startsWith("-javaagent"))
        .forEach(command::add);
    command.add("-Xmx" + heap);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    return command;
  }

  private static String await(Process process, Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < deadline && process.isAlive()) {
      Optional<String> ready =
          Files.readString(log)
              .lines()
              .filter(line -> line.startsWith(READY))
              .map(line -> line.substring(READY.length()).strip())
              .findFirst();
      if (ready.isPresent()) {
        return ready.get();
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new BenchException("the gateway did not start; its log is " + log);
  }

  /** Where it listens, without properties. */
  String url() {
    return url;
  }

  /** Where it answers HTTP, with a slash at the end. */
  String httpUrl() {
    return url.replaceFirst("^jdbc:kurobe:", "http:") + "/";
  }

  /** The most memory it ever held, where the system tells (Linux does). */
  OptionalLong peakResidentBytes() {
    return status("VmHWM:");
  }

  /** The memory it holds now, where the system tells. */
  OptionalLong residentBytes() {
    return status("VmRSS:");
  }

  private OptionalLong status(String name) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"))
          .lines()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
