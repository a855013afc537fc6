package io.kurobe.examples.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that says which test holds what: every test it names is there. */
class BiToolsPageTest {
  private static final Path ROOT = Path.of(System.getProperty("kurobe.root", ".."));
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+(?:Test|IT))(?:\\.(\\w+))?`");

  @Test
  void namesTestsThatExist() throws IOException {
    Map<String, String> tests = tests();
    Matcher named = NAMED.matcher(Files.readString(ROOT.resolve("docs/bi-tools.md")));
    int count = 0;
    while (named.find()) {
      assertThat(tests).containsKey(named.group(1));
      if (named.group(2) != null) {
        assertThat(tests.get(named.group(1)))
            .as(named.group())
            .contains("void " + named.group(2) + "(");
      }
      count++;
    }
    assertThat(count).isGreaterThan(30);
  }

  /** The text of every test class, by its name. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new TreeMap<>();
    for (String module : new String[] {"driver", "adapters", "planner", "server", "examples"}) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          tests.merge(name, Files.readString(file), String::concat);
        }
      }
    }
    return tests;
  }
}
