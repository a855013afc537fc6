package io.kurobe.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages that say which test holds what. Each row of a table whose last column is "held by"
 * names a test, or the page that does, or says that there is none yet; and every test that a page
 * names is there.
 */
class HeldByTest {
  private static final Path ROOT = Path.of(System.getProperty("kurobe.root", ".."));
  private static final Path QUERIES = ROOT.resolve("planner/src/test/resources");

  /** A class of tests, with or without one of its methods. */
  private static final Pattern CLASS =
      Pattern.compile("`([A-Z]\\w+(?:Test|IT|Contract))(?:\\.([\\w…]+))?`");

  /** A method whose class was named before it. */
  private static final Pattern METHOD = Pattern.compile("`\\.?([a-z][\\w…]+|…\\w+)`");

  private static final Pattern FILE = Pattern.compile("`(queries/\\w+\\.sql)`");
  private static final Pattern ANY =
      Pattern.compile(CLASS + "|" + METHOD + "|" + FILE, Pattern.UNICODE_CHARACTER_CLASS);

  private static TestClasses tests;

  @BeforeAll
  static void read() throws IOException {
    tests = TestClasses.read(ROOT);
  }

  @ParameterizedTest
  @CsvSource({"bi-tools.md, 30", "faults.md, 29", "security.md, 9", "semantics.md, 80"})
  void everyRowNamesATest(String page, int least) throws IOException {
    List<String> cells = heldBy(page);
    assertThat(cells).hasSizeGreaterThan(least);
    for (String cell : cells) {
      boolean elsewhere = cell.contains("none yet") || cell.contains("](bi-tools.md)");
      assertThat(count(cell) > 0 || elsewhere).as(page + ": " + cell).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bi-tools.md", "faults.md", "security.md", "semantics.md"})
  void whatAPageNamesIsThere(String page) throws IOException {
    Matcher named = CLASS.matcher(text(page));
    while (named.find()) {
      String test = named.group(1);
      assertThat(tests.has(test)).as(page + " names " + test).isTrue();
      if (named.group(2) != null) {
        assertThat(tests.has(test, named.group(2))).as(page + " names " + named.group()).isTrue();
      }
    }
    for (String cell : heldBy(page)) {
      assertMethodsAreThere(page, cell);
    }
  }

  private static void assertMethodsAreThere(String page, String cell) {
    String last = null;
    Matcher named = ANY.matcher(cell);
    while (named.find()) {
      if (named.group(1) != null) {
        last = named.group(1);
      } else if (named.group(4) != null) {
        assertThat(QUERIES.resolve(named.group(4))).as(page).exists();
      } else if (!TestClasses.MODULES.contains(named.group(3))) {
        String method = named.group(3);
        assertThat(last == null ? tests.hasAnywhere(method) : tests.has(last, method))
            .as(page + " names " + method + " of " + (last == null ? "some class" : last))
            .isTrue();
      }
    }
  }

  private static long count(String cell) {
    return ANY.matcher(cell)
        .results()
        .filter(named -> named.group(3) == null || !TestClasses.MODULES.contains(named.group(3)))
        .count();
  }

  /** The last cells of the rows of all tables that say what is held by which test. */
  private static List<String> heldBy(String page) throws IOException {
    List<String> cells = new ArrayList<>();
    boolean inside = false;
    for (String line : text(page).lines().toList()) {
      if (!line.startsWith("|")) {
        inside = false;
        continue;
      }
      String[] row = line.split("(?<!\\\\)\\|");
      String last = row[row.length - 1].strip();
      if (last.startsWith("held by")) {
        inside = true;
      } else if (inside && !last.equals("---")) {
        cells.add(last);
      }
    }
    return cells;
  }

  private static String text(String page) throws IOException {
    return Files.readString(ROOT.resolve("docs").resolve(page));
  }
}
