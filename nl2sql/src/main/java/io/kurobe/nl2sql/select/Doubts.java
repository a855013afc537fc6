package io.kurobe.nl2sql.select;

import io.kurobe.nl2sql.validate.Candidate;
import io.kurobe.nl2sql.validate.Signal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;

/** How much is said against a candidate, in votes, and against an answer, in confidence. */
final class Doubts {
  private static final double REPAIR = 0.1;

  private Doubts() {}

  /** What a candidate loses, in votes of other generators. */
  static double votes(Candidate candidate) {
    double votes = REPAIR * candidate.repairs().size();
    for (Signal signal : candidate.signals()) {
      votes +=
          switch (signal.kind()) {
            case OTHER_SHAPE -> 4;
            case UNREAD_COLUMN -> 3;
            case UNKNOWN_VALUE -> 1;
            case NO_KEY, FAN_OUT -> 0.5;
            case TEXT_AND_NUMBER, INTEGER_DIVISION -> 0.25;
            case UNUSED_TABLE -> 0.1;
          };
    }
    return votes;
  }

  /** What an answer keeps of its confidence, 0 to 1. */
  static double kept(Candidate candidate) {
    double kept = 1;
    for (Signal signal : candidate.signals()) {
      kept *=
          switch (signal.kind()) {
            case OTHER_SHAPE, UNREAD_COLUMN, UNKNOWN_VALUE -> 0.85;
            case NO_KEY, FAN_OUT, TEXT_AND_NUMBER, INTEGER_DIVISION -> 0.95;
            case UNUSED_TABLE -> 1;
          };
    }
    return kept;
  }

  /** What the rows of an answer leave open, a sentence each. */
  static List<String> open(Group group, Candidate best) {
    List<String> open = new ArrayList<>();
    group
        .probe()
        .ifPresent(
            probe -> {
              if (new HashSet<>(probe.rows()).size() < probe.rows().size()) {
                open.add("some rows are the same: it was not said whether each counts once");
              }
              if (probe.rows().stream().flatMap(List::stream).anyMatch(Objects::isNull)) {
                open.add("some values are not known (NULL)");
              }
            });
    if (isAnyRows(best.tree())) {
      open.add("which rows come first was not said");
    }
    return open;
  }

  /** Whether the first rows are taken of rows in no order. */
  private static boolean isAnyRows(SqlNode tree) {
    return Optional.of(tree)
        .filter(SqlOrderBy.class::isInstance)
        .map(SqlOrderBy.class::cast)
        .filter(order -> order.fetch != null && order.orderList.isEmpty())
        .isPresent();
  }
}
