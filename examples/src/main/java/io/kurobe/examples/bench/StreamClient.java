package io.kurobe.examples.bench;

import io.kurobe.examples.bench.OrderRows.Reading;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A {@link StreamReader}, started with little memory and told what to read. */
final class StreamClient implements AutoCloseable {
  /** Of a program that keeps no rows. */
  static final String HEAP = "128m";

  private static final long SAMPLE_MILLIS = 50;

  private final Process process;
  private final BufferedReader lines;
  private final Path log;

  private StreamClient(Process process, Path log) {
    this.process = process;
    this.lines = process.inputReader();
    this.log = log;
  }

  /**
   * What a client read.
   *
   * @param first from the query to its first row
   * @param all from the query to its end
   */
  record Streamed(Duration first, Duration all, Reading reading) {}

  /**
   * Starts one.
   *
   * @param stall what it does after its first row; zero reads on
   */
  static StreamClient start(String url, String sql, Duration stall, Path log) throws IOException {
    List<String> command = new ArrayList<>(ServerProcess.java(HEAP));
    command.addAll(
        List.of(StreamReader.class.getName(), url, sql, Long.toString(stall.toSeconds())));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    return new StreamClient(process, log);
  }

  /** Waits until it has read all. */
  Streamed awaitAll() throws IOException {
    long first = Long.parseLong(await("first").get(0));
    List<String> all = await("all");
    return new Streamed(
        Duration.ofNanos(first),
        Duration.ofNanos(Long.parseLong(all.get(0))),
        new Reading(Long.parseLong(all.get(1)), Long.parseLong(all.get(2))));
  }

  /** How much more memory a gateway held at any time while the client stalled. */
  OptionalLong growthOf(ServerProcess gateway) throws IOException {
    await("first");
    OptionalLong before = gateway.residentBytes();
    long most = before.orElse(0);
    while (process.isAlive() && !lines.ready()) {
      most = Math.max(most, gateway.residentBytes().orElse(0));
      pause();
    }
    await("stalled");
    return before.isPresent() ? OptionalLong.of(most - before.getAsLong()) : OptionalLong.empty();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(SAMPLE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /** The words after the first of a line, which has to begin by it. */
  private List<String> await(String word) throws IOException {
    String line = lines.readLine();
    if (line == null || !line.startsWith(word)) {
      throw new BenchException("the client with a heap of " + HEAP + " failed: " + reason());
    }
    String[] words = line.split(" ");
    return List.of(words).subList(1, words.length);
  }

  private String reason() throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.startsWith("Exception") || line.contains("Error"))
        .findFirst()
        .orElse("see " + log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
