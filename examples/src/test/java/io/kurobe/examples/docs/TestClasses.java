package io.kurobe.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The sources of all test classes of the project.
 *
 * @param texts by the class's name; two classes of one name count as one
 */
record TestClasses(Map<String, String> texts) {
  static final List<String> MODULES =
      List.of("driver", "adapters", "planner", "nl2sql", "server", "examples");

  private static final Pattern PARENT = Pattern.compile("class \\w+(?:<[^{]*>)? extends (\\w+)");

  static TestClasses read(Path root) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (String module : MODULES) {
      try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          texts.merge(name, Files.readString(file), String::concat);
        }
      }
    }
    return new TestClasses(texts);
  }

  boolean has(String name) {
    return texts.containsKey(name);
  }

  /**
   * Whether a class has a method, of its own or of a class that it extends.
   *
   * @param method its name, where … stands for any part of it
   */
  boolean has(String name, String method) {
    String text = texts.get(name);
    if (text == null) {
      return false;
    }
    if (declares(text, method)) {
      return true;
    }
    Matcher parent = PARENT.matcher(text);
    return parent.find() && has(parent.group(1), method);
  }

  /** Whether any class has a method. */
  boolean hasAnywhere(String method) {
    return texts.values().stream().anyMatch(text -> declares(text, method));
  }

  private static boolean declares(String text, String method) {
    return Pattern.compile("void " + method.replace("…", "\\w+") + "\\(").matcher(text).find();
  }
}
