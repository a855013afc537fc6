package io.kurobe.adapters.source;

import java.util.HashMap;
import java.util.Map;

/**
 * The operators, functions and aggregates of a source that mean there what they mean here, each
 * with its rule. Names are Calcite's, in upper case; how each is written is the dialect's.
 */
public final class FunctionTable {
  /** Operators of several words, which a list of names cannot hold. */
  private static final String[] OF_SEVERAL_WORDS = {
    "IS NULL",
    "IS NOT NULL",
    "IS TRUE",
    "IS NOT TRUE",
    "IS FALSE",
    "IS NOT FALSE",
    "IS DISTINCT FROM",
    "IS NOT DISTINCT FROM",
    "NOT IN"
  };

  private final Map<String, FunctionRule> rules = new HashMap<>();

  /** A table of the logic every source shares: comparisons, AND, OR, NOT, IS …, IN, CASE. */
  public static FunctionTable ofLogic() {
    var table = new FunctionTable();
    for (String name : OF_SEVERAL_WORDS) {
      table.rules.put(name, FunctionRule.SAME);
    }
    return table.with(
        FunctionRule.SAME, "= <> < <= > >= AND OR NOT BETWEEN IN SEARCH CASE COALESCE NULLIF ROW");
  }

  /** Functions that mean the same whatever they are given, separated by blanks. */
  public FunctionTable same(String names) {
    return with(FunctionRule.SAME, names);
  }

  /** Functions under a rule, separated by blanks. */
  public FunctionTable with(FunctionRule rule, String names) {
    for (String name : names.strip().split("\\s+")) {
      rules.put(name, rule);
    }
    return this;
  }

  /** A function whose name is of several words. */
  public FunctionTable named(String name, FunctionRule rule) {
    rules.put(name, rule);
    return this;
  }

  /** What was declared. */
  public Map<String, FunctionRule> rules() {
    return Map.copyOf(rules);
  }
}
