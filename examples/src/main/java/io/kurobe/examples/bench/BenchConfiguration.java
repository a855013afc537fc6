package io.kurobe.examples.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The gateway's configuration for a benchmark, as a person would write it. */
final class BenchConfiguration {
  private final Path state;
  private final String engineMemory;
  private final Duration limit;
  private final List<String> sources = new ArrayList<>();

  BenchConfiguration(Path state, String engineMemory, Duration limit) {
    this.state = state;
    this.engineMemory = engineMemory;
    this.limit = limit;
  }

  void postgres(String name, String url, String user) {
    sources.add("  " + name + ": {type: postgres, url: \"" + url + "\", user: " + user + "}\n");
  }

  void duckDb(String name, Path file) {
    sources.add("  " + name + ": {type: duckdb, path: " + quoted(file) + "}\n");
  }

  void trino(String name, String url) {
    sources.add("  " + name + ": {type: trino, url: \"" + url + "\", user: kurobe}\n");
  }

  String yaml() {
    return """
        # Written by 'kurobe bench' at each run.
        server:
          host: 127.0.0.1
          port: 0
          data: %s
        sources:
        %sengine:
          memory: %s
        limits:
          queryTimeout: %ds
        """
        .formatted(quoted(state), String.join("", sources), engineMemory, limit.toSeconds());
  }

  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
