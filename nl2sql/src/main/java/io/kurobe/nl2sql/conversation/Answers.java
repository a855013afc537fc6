package io.kurobe.nl2sql.conversation;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.question.Probe;
import io.kurobe.planner.question.QuestionSupport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** The first rows of queries, to tell whether two come to the same. Threads share it. */
@FunctionalInterface
public interface Answers {
  /**
   * The rows of a query.
   *
   * @return empty where the query is not to be run to compare it
   * @throws KurobeException if it cannot be run
   */
  Optional<List<List<@Nullable Object>>> of(String sql, QuestionSupport support);

  /** What the planner runs to compare, within the rights of who asks. */
  static Answers ofPlanner() {
    int mostRows = 200;
    Duration patience = Duration.ofSeconds(1);
    return (sql, support) -> {
      try {
        SqlNode query = support.parse(sql);
        return support
            .probe(query, support.bind(support.parse(sql)), mostRows, patience)
            .map(Probe::rows);
      } catch (KurobeException e) {
        if (e.code() == ErrorCode.NOT_SUPPORTED || e.code() == ErrorCode.TIMEOUT) {
          return Optional.empty();
        }
        throw e;
      }
    };
  }
}
