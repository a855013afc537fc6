package io.kurobe.planner.question;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * An ASK.
 *
 * @param text the question as it was written
 * @param scope the names after ON: sources, schemas or tables, each in its parts; empty means all
 * @param generators the names after USING; empty leaves it to the configuration
 * @param options the options of WITH, by lower-case name
 */
public record Question(
    String text, List<List<String>> scope, List<String> generators, Map<String, String> options) {
  public Question {
    requireNonNull(text, "text is null");
    scope = scope.stream().map(List::copyOf).toList();
    generators = List.copyOf(generators);
    options = Map.copyOf(options);
  }

  /** Whether it is to be answered in words too, which are about the rows that there are now. */
  public boolean isNarrated() {
    return options.getOrDefault("narrate", "false").equals("true");
  }
}
