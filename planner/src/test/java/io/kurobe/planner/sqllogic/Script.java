package io.kurobe.planner.sqllogic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A file of the suite. What is for one named database alone is left out, as is all that follows
 * where every other one has to stop.
 */
record Script(String name, List<Entry> entries) {
  Script {
    entries = List.copyOf(entries);
  }

  long queries() {
    return entries.stream().filter(Entry.Query.class::isInstance).count();
  }

  /** Reads a file of the suite's jar, such as {@code select1.test}. */
  static Script read(String name) throws IOException {
    try (InputStream file = Script.class.getResourceAsStream("/test/" + name)) {
      if (file == null) {
        throw new IOException("the suite has no " + name);
      }
      var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      return new Script(name, new Reading(lines.lines().toList()).entries());
    }
  }

  /** Records stand between blank lines; a comment is a line from its {@code #} on. */
  private static final class Reading {
    private final List<String> lines;
    private final List<Entry> entries = new ArrayList<>();
    private int next;

    Reading(List<String> lines) {
      this.lines = lines;
    }

    List<Entry> entries() {
      boolean ours = true;
      while (next < lines.size()) {
        int line = next + 1;
        String[] words = lines.get(next++).replaceAll("#.*", "").strip().split("\\s+");
        switch (words[0]) {
          case "onlyif" -> ours = false;
          case "halt" -> {
            if (ours) {
              return entries;
            }
            ours = true;
          }
          case "statement" -> {
            add(ours, new Entry.Statement(text(), words[1].equals("error")));
            ours = true;
          }
          case "query" -> {
            add(ours, query(line, words));
            ours = true;
          }
          default -> {
            // skipif names other databases than ours; thresholds are seen in the answers.
          }
        }
      }
      return entries;
    }

    private void add(boolean ours, Entry entry) {
      if (ours) {
        entries.add(entry);
      }
    }

    private Entry query(int line, String[] words) {
      String sql = text();
      List<String> values = new ArrayList<>();
      if (next < lines.size() && lines.get(next).equals("----")) {
        next++;
        while (next < lines.size() && !lines.get(next).isBlank()) {
          values.add(lines.get(next++));
        }
      }
      Entry.Order order =
          words.length > 2
              ? Entry.Order.valueOf(words[2].toUpperCase(Locale.ROOT))
              : Entry.Order.NOSORT;
      return new Entry.Query(sql, line, words[1], order, new Answer(values));
    }

    private String text() {
      List<String> text = new ArrayList<>();
      while (next < lines.size() && !lines.get(next).isBlank() && !lines.get(next).equals("----")) {
        text.add(lines.get(next++));
      }
      return String.join("\n", text);
    }
  }
}
