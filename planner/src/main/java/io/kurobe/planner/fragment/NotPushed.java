package io.kurobe.planner.fragment;

import io.kurobe.adapters.source.Source;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;

/** The sentences in which EXPLAIN says why the engine runs what it runs. */
final class NotPushed {
  static final String ENGINE = "the engine";
  static final String OFF = "push-down is off in this session";

  private NotPushed() {}

  /** A source that has all its inputs does not run an operation. */
  static String refused(RelNode operation, Source source, String reason) {
    return name(operation) + " not at " + source.name() + ": " + reason;
  }

  /** No source has all inputs of an operation. */
  static String apart(RelNode operation, List<String> sites) {
    return name(operation)
        + " not at one source: its inputs are at "
        + String.join(" and ", sites.stream().sorted().toList());
  }

  private static String name(RelNode operation) {
    String type = operation instanceof Join join ? join.getJoinType() + " Join" : "";
    return (type.isEmpty() ? operation.getRelTypeName() : type)
        .replace("Logical", "")
        .replace('_', ' ')
        .toLowerCase(Locale.ROOT);
  }
}
