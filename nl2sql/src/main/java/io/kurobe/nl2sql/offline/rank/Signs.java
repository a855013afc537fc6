package io.kurobe.nl2sql.offline.rank;

import io.kurobe.nl2sql.offline.build.Expression;
import io.kurobe.nl2sql.offline.build.Query;
import io.kurobe.nl2sql.offline.link.Join;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What speaks for a candidate and against it, in numbers. */
public final class Signs {
  private Signs() {}

  /** The signs of a candidate by their names. */
  static Map<String, Double> of(Candidate candidate) {
    Map<String, Double> signs = new LinkedHashMap<>();
    Query query = candidate.query();
    List<Join> joins = query.joins();
    double ignored =
        candidate.ignored().stream().mapToDouble(word -> word.endsWith("ed") ? 0.5 : 1).sum();
    signs.put("linking", candidate.linking());
    signs.put("weakest", candidate.weakest());
    signs.put("ignored", Math.min(3, ignored));
    signs.put("dropped", atMost(3, candidate.dropped().size()));
    signs.put("unseen", atMost(2, candidate.unseen()));
    signs.put("joins", atMost(4, joins.size()));
    signs.put("guessed", atMost(2, joins.stream().filter(join -> !join.declared()).count()));
    signs.put("rival", atMost(2, joins.stream().filter(Signs::hasRival).count()));
    signs.put("semiJoins", atMost(3, query.semiJoins().size()));
    signs.put("columns", atMost(5, query.select().size()));
    signs.put("plain", plain(query) ? 1.0 : 0.0);
    signs.put("words", Math.min(40, candidate.words()) / 10.0);
    signs.put("groups", query.groupBy().isEmpty() ? 0.0 : 1.0);
    signs.put("limit", query.limit().isPresent() ? 1.0 : 0.0);
    boolean repeated = query.select().stream().anyMatch(Query.Shown::distinct);
    signs.put("repeated", repeated ? 1.0 : 0.0);
    return signs;
  }

  /** Whoever leaves out a word that matters answers another question. */
  public static boolean leavesOut(Map<String, Double> signs) {
    return signs.getOrDefault("ignored", 0.0) >= 1 || signs.getOrDefault("dropped", 0.0) >= 1;
  }

  private static double atMost(int most, long number) {
    return Math.min(most, number);
  }

  /** Whether another key leads from the one table to the other as well. */
  private static boolean hasRival(Join join) {
    return join.from().joins().stream().filter(other -> other.to() == join.to()).count() > 1;
  }

  /** Whether columns are shown that do not tell rows apart: it is open if each is shown once. */
  private static boolean plain(Query query) {
    return !query.intent().distinct()
        && query.groupBy().isEmpty()
        && query.select().stream()
            .allMatch(
                shown ->
                    shown.expression() instanceof Expression.Column c
                        && !c.table().label().contains(c.column())
                        && !c.table().key().contains(c.column()));
  }
}
