package io.kurobe.examples.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Works that are timed in turns, so that what else the machine does meets all alike. One thread
 * uses it.
 */
final class Rounds {
  /** Something that can be done again and again. */
  interface Work {
    void run() throws SQLException, IOException;
  }

  private final Map<String, Work> works = new LinkedHashMap<>();
  private final Map<String, List<Double>> milliseconds = new LinkedHashMap<>();

  void add(String name, Work work) {
    works.put(name, work);
    milliseconds.put(name, new ArrayList<>());
  }

  /**
   * Does each work by itself for a time, so that what it runs in, here and at a server, has been
   * compiled when the clock runs.
   */
  void warmUp(Duration each) throws SQLException, IOException {
    for (Work work : works.values()) {
      long end = System.nanoTime() + each.toNanos();
      while (System.nanoTime() < end) {
        work.run();
      }
    }
  }

  /** Does each work so often without a clock, and then so often with one. */
  void run(int warmUp, int measured) throws SQLException, IOException {
    for (int round = -warmUp; round < measured; round++) {
      for (Map.Entry<String, Work> work : works.entrySet()) {
        long start = System.nanoTime();
        work.getValue().run();
        if (round >= 0) {
          milliseconds.get(work.getKey()).add((System.nanoTime() - start) / 1e6);
        }
      }
    }
  }

  double median(String name) {
    return percentile(name, 50);
  }

  /** The time that so many of a hundred runs stayed within. */
  double percentile(String name, int percent) {
    List<Double> sorted = milliseconds.get(name).stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  List<String> names() {
    return List.copyOf(works.keySet());
  }
}
