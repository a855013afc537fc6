package io.kurobe.planner.sqllogic;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurobe.planner.sqllogic.ScriptRun.Turns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * sqllogictest in the placements: no row is wrong, and what is refused is in the list of what is
 * not supported. Counts go to {@code target/sqllogic}.
 */
class SqlLogicTest {
  private static final List<String> SELECTS =
      IntStream.rangeClosed(1, 5).mapToObj(i -> "select" + i + ".test").toList();

  /** A few scripts of every other group. */
  private static final Map<String, List<String>> OTHERS = others();

  /** How the profile {@code conformance} runs: all of it takes hours on a small machine. */
  private static final Turns TURNS =
      Turns.valueOf(System.getProperty("kurobe.sqllogic.turns", "EVERY_PLACEMENT"));

  @TempDir static Path directory;

  private record Part(String group, String script, int queries) {}

  private static Map<String, List<String>> others() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (String group : List.of("aggregates", "expr", "groupby", "select")) {
      groups.put("random/" + group, good("random/" + group, 0, 7));
    }
    groups.put("index/between", good("index/between/10", 0, 3));
    groups.put("index/commute", good("index/commute/10", 0, 17));
    groups.put("index/delete", good("index/delete/10", 0, 3));
    groups.put("index/in", good("index/in/10", 0, 3));
    groups.put("index/orderby", good("index/orderby/10", 0, 11));
    groups.put("index/orderby_nosort", good("index/orderby_nosort/10", 0, 23));
    groups.put("index/random", good("index/random/10", 0, 7));
    groups.put("index/view", good("index/view/10", 1, 5));
    groups.put(
        "evidence",
        Stream.of("in1", "in2", "slt_lang_update", "slt_lang_dropview", "slt_lang_createview")
            .map(name -> "evidence/" + name + ".test")
            .toList());
    return groups;
  }

  private static List<String> good(String group, int... numbers) {
    return IntStream.of(numbers)
        .mapToObj(number -> group + "/slt_good_" + number + ".test")
        .toList();
  }

  @Test
  void answersASampleOfEveryGroup() throws Exception {
    List<Part> parts =
        Stream.concat(
                SELECTS.stream().map(script -> new Part("select", script, 36)),
                OTHERS.entrySet().stream()
                    .map(group -> new Part(group.getKey(), group.getValue().get(0), 8)))
            .toList();
    check(run("sample", parts, Turns.ONE_AFTER_ANOTHER));
  }

  @Test
  @Tag("conformance")
  void answersTheSelects() throws Exception {
    List<Part> parts =
        SELECTS.stream()
            .map(script -> new Part(script.replace(".test", ""), script, Integer.MAX_VALUE))
            .toList();
    Tally tally = run("selects", parts, TURNS);
    check(tally);
    assertThat(parts)
        .allSatisfy(part -> assertThat(tally.executed(part.group())).isGreaterThanOrEqualTo(0.99));
  }

  @Test
  @Tag("conformance")
  void answersSamplesOfEveryOtherGroup() throws Exception {
    int queries = Integer.getInteger("kurobe.sqllogic.queries", 200);
    List<Part> parts =
        OTHERS.entrySet().stream()
            .flatMap(
                group ->
                    group.getValue().stream()
                        .map(script -> new Part(group.getKey(), script, queries)))
            .toList();
    check(run("others", parts, TURNS));
  }

  private static void check(Tally tally) {
    assertThat(tally.wrong()).as("wrong rows").isEmpty();
    assertThat(tally.unexplained()).as("refused, and not in the list").isEmpty();
  }

  private static Tally run(String name, List<Part> parts, Turns turns) throws Exception {
    var tally = new Tally();
    Path report = Files.createDirectories(Path.of("target/sqllogic")).resolve(name + ".txt");
    var run = new ScriptRun(directory, turns, NotSupported.read(), tally);
    List<Callable<Void>> tasks =
        parts.stream()
            .map(
                part ->
                    (Callable<Void>)
                        () -> {
                          run.run(part.group(), part.script(), part.queries());
                          Files.writeString(report, tally.report());
                          return null;
                        })
            .toList();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } finally {
      threads.shutdownNow();
      Files.writeString(report, tally.report());
    }
    return tally;
  }
}
