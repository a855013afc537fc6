package io.kurobe.nl2sql.validate;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.question.BoundQuestion;
import io.kurobe.planner.question.QuestionSupport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/**
 * Binds a query, mending what the binder finds wrong as long as each repair removes what it
 * answered (repairing without such a trigger breaks a right answer for every three it mends).
 */
final class Repairs {
  private static final int MOST = 12;

  /** A query that binds, and what was done to it. */
  record Bound(SqlNode tree, BoundQuestion question, List<String> repairs) {}

  private final QuestionSupport support;
  private final NameRepair names;

  Repairs(QuestionSupport support, KnownTables tables) {
    this.support = support;
    this.names = new NameRepair(tables);
  }

  /**
   * The query, bound.
   *
   * @throws KurobeException what is wrong with it as it was written, if nothing mends it
   */
  Bound bind(SqlNode query) {
    SqlNode tree = query;
    List<String> repairs = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    KurobeException first = null;
    while (true) {
      try {
        return new Bound(tree, support.bind(tree), List.copyOf(repairs));
      } catch (KurobeException e) {
        first = first == null ? e : first;
        // The same error once more means that the repair did not answer it.
        boolean again = !seen.add(e.position() + e.getMessage());
        Optional<Mended> mended =
            again || repairs.size() >= MOST ? Optional.empty() : mend(tree, e);
        if (mended.isEmpty()) {
          throw first;
        }
        tree = mended.get().tree();
        repairs.add(mended.get().repair());
      }
    }
  }

  private Optional<Mended> mend(SqlNode tree, KurobeException error) {
    if (error.code() == ErrorCode.UNKNOWN_COLUMN) {
      return names.column(tree, error);
    }
    if (error.code() == ErrorCode.AMBIGUOUS_COLUMN) {
      return names.ambiguous(tree, error);
    }
    if (error.code() == ErrorCode.UNKNOWN_TABLE || error.code() == ErrorCode.AMBIGUOUS_TABLE) {
      return names.table(tree, error);
    }
    if (error.code() == ErrorCode.GROUPING) {
      return GroupingRepair.add(tree, error);
    }
    return Optional.empty();
  }
}
