package io.kurobe.adapters.trino;

import io.kurobe.adapters.source.Capabilities;
import io.kurobe.adapters.source.Capabilities.Operation;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What Trino does with our meaning; it orders text by code points, which is the order of its bytes.
 *
 * <p>Left out on purpose: division and AVG, whose decimals Trino rounds to the scale of their
 * operands; SUBSTRING before the first character; EXTRACT of the day of the week; lengths of CHAR;
 * UPPER and LOWER, which follow another Unicode version; the wall clock, which must agree across
 * sources; STDDEV and VARIANCE, whose digits differ; regular expressions.
 */
final class TrinoCapabilities {
  static final Capabilities CAPABILITIES =
      new Capabilities(EnumSet.allOf(Operation.class), functions(), Optional.of(""));

  private TrinoCapabilities() {}

  private static Set<String> functions() {
    String names =
        """
        = <> < <= > >= AND OR NOT BETWEEN IN SEARCH LIKE CASE COALESCE NULLIF CAST + - * MOD %
        ABS || POSITION TRIM FLOOR
        COUNT SUM $SUM0 MIN MAX ROW_NUMBER RANK DENSE_RANK ROW
        """;
    var functions = new HashSet<>(List.of(names.strip().split("\\s+")));
    functions.addAll(
        List.of(
            "IS NULL",
            "IS NOT NULL",
            "IS TRUE",
            "IS NOT TRUE",
            "IS FALSE",
            "IS NOT FALSE",
            "IS DISTINCT FROM",
            "IS NOT DISTINCT FROM",
            "NOT IN",
            "NOT LIKE"));
    return functions;
  }
}
