package io.kurobe.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Replaces {@code ${env:NAME}} and {@code ${file:path}} in values, so that secrets stay out of the
 * configuration file. A file's closing line break is not part of its value.
 */
final class Placeholders {
  private static final Pattern FORM = Pattern.compile("\\$\\{([^}]*)}");
  private static final long MOST_BYTES = 1 << 20;

  private final Map<String, String> environment;
  private final Path directory;
  private final Problems problems;

  Placeholders(Map<String, String> environment, Path directory, Problems problems) {
    this.environment = environment;
    this.directory = directory;
    this.problems = problems;
  }

  String resolve(Node node, String text) {
    Matcher matcher = FORM.matcher(text);
    var result = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(result, Matcher.quoteReplacement(value(node, matcher.group(1))));
    }
    return matcher.appendTail(result).toString();
  }

  private String value(Node node, String reference) {
    if (reference.startsWith("env:")) {
      String name = reference.substring("env:".length());
      String value = environment.get(name);
      if (value == null) {
        problems.add(node, "the environment variable " + name + " is not set");
        return "";
      }
      return value;
    }
    if (reference.startsWith("file:")) {
      return contents(node, reference.substring("file:".length()));
    }
    if (reference.startsWith("secret:")) {
      problems.add(
          node, "${secret:NAME} can be the whole of a source's password, and nothing else");
      return "";
    }
    problems.add(node, "'${" + reference + "}' is neither ${env:NAME} nor ${file:path}");
    return "";
  }

  private String contents(Node node, String path) {
    Path file = directory.resolve(path);
    try {
      if (Files.size(file) > MOST_BYTES) {
        problems.add(node, "the file " + file + " is too large for a value");
        return "";
      }
      return Files.readString(file).stripTrailing();
    } catch (IOException e) {
      problems.add(node, "the file " + file + " cannot be read");
      return "";
    }
  }
}
