package io.kurobe.server.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yaml.snakeyaml.nodes.Node;

/** The mistakes found so far in one file. */
final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void add(int line, String message) {
    found.add(new Problem(file, line, message));
  }

  void add(Node node, String message) {
    add(line(node), message);
  }

  List<Problem> all() {
    return found.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
  }

  static int line(Node node) {
    return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
  }
}
