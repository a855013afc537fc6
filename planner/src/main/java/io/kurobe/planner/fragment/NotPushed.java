package io.kurobe.planner.fragment;

import io.kurobe.adapters.source.Source;
import io.kurobe.planner.catalog.SourceCatalog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;

/** The sentences in which EXPLAIN says why the engine runs what it runs, each once. */
final class NotPushed {
  static final String ENGINE = "the engine";

  private static final String OFF = "push-down is off in this session";
  private static final String NOT_AT = " not at ";
  private static final String APART = "one source: its inputs are at ";
  private static final String CROSSED = "a cross product has more rows to move than its inputs";

  private boolean off;
  private final Set<String> refusals = new LinkedHashSet<>();
  private final Map<String, Set<String>> above = new LinkedHashMap<>();

  /** Push-down is off, which says it all; gives the operation's name. */
  String off(RelNode operation) {
    off = true;
    return name(operation);
  }

  /** A source that has all inputs of an operation does not run it; gives the operation's name. */
  String refused(RelNode operation, Source source, String reason) {
    refusals.add(name(operation) + NOT_AT + source.name() + ": " + reason);
    return name(operation);
  }

  /** A source would multiply rows only to have them moved. */
  void crossed(RelNode operation, Source source) {
    if (operation instanceof Join) {
      refused(operation, source, CROSSED);
    }
  }

  /** No source has all inputs of an operation; gives its name. */
  String apart(RelNode operation, List<String> sites) {
    refusals.add(
        name(operation) + NOT_AT + APART + String.join(" and ", sites.stream().sorted().toList()));
    return name(operation);
  }

  /**
   * An operation reads what stayed.
   *
   * @param stayed the operations that had to stay
   * @return what the operations above this one are said to read
   */
  String above(RelNode operation, List<String> stayed) {
    String below = String.join(" and ", stayed);
    above.computeIfAbsent(below, key -> new LinkedHashSet<>()).add(name(operation));
    return stayed.size() == 1 ? below : name(operation);
  }

  /**
   * Whether a sentence is of what a source has all inputs of and cannot run, rather than of what
   * lies apart, stays above something else, or is better not run there. The gateway's own relations
   * are no source that could.
   */
  static boolean isRefusal(String sentence) {
    int at = sentence.indexOf(NOT_AT);
    return at >= 0
        && !sentence.startsWith(APART, at + NOT_AT.length())
        && !sentence.startsWith(SourceCatalog.SYSTEM + ":", at + NOT_AT.length())
        && !sentence.endsWith(CROSSED);
  }

  List<String> sentences() {
    if (off) {
      return List.of(OFF);
    }
    List<String> sentences = new ArrayList<>(refusals);
    above.forEach(
        (below, operations) ->
            sentences.add(
                String.join(", ", operations)
                    + (operations.size() == 1 ? " stays" : " stay")
                    + " above "
                    + below));
    return sentences;
  }

  private static String name(RelNode operation) {
    if (operation instanceof GuardFilter) {
      return "row filter";
    }
    String type = operation instanceof Join join ? join.getJoinType() + " Join" : "";
    return (type.isEmpty() ? operation.getRelTypeName() : type)
        .replace("Logical", "")
        .replace('_', ' ')
        .toLowerCase(Locale.ROOT);
  }
}
