package io.kurobe.nl2sql.offline.rank;

import io.kurobe.nl2sql.offline.build.Condition;
import io.kurobe.nl2sql.offline.build.Expression;
import io.kurobe.nl2sql.offline.build.Query;
import io.kurobe.nl2sql.offline.link.Join;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What speaks for a candidate and against it, in numbers. */
public final class Signs {
  /** By how much a candidate without others is taken to be ahead of them. */
  private static final double LONE = 0.2;

  private Signs() {}

  /** The signs of a candidate by their names. */
  static Map<String, Double> of(Candidate candidate, List<Candidate> all) {
    Map<String, Double> signs = new LinkedHashMap<>();
    Query query = candidate.query();
    List<Join> joins = query.joins();
    signs.put("linking", candidate.linking());
    signs.put("weakest", candidate.weakest());
    signs.put("ignored", atMost(3, candidate.ignored().size() - candidate.faint()));
    signs.put("faint", atMost(3, candidate.faint()));
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
    signs.put("margin", margin(candidate, all));
    signs.put("partial", atMost(3, candidate.partial()));
    signs.put("empty", empty(candidate) ? 1.0 : 0.0);
    signs.put("vague", candidate.vague() ? 1.0 : 0.0);
    signs.put("poor", Math.max(0, 0.75 - candidate.linking()) * 4);
    signs.put("weak", Math.max(0, 0.6 - candidate.weakest()) * 10);
    signs.put("passed", atMost(3, joins.stream().filter(join -> !named(query, join)).count()));
    signs.put("having", query.having().isEmpty() ? 0.0 : 1.0);
    signs.put("combined", query.other().isPresent() ? 1.0 : 0.0);
    signs.put("distinct", query.intent().distinct() ? 1.0 : 0.0);
    signs.put("conditions", atMost(4, query.where().size()));
    signs.put("absent", query.semiJoins().stream().anyMatch(Query.SemiJoin::negated) ? 1.0 : 0.0);
    signs.put(
        "bare",
        atMost(
            2,
            query.semiJoins().stream().filter(s -> s.where().isEmpty() && !s.negated()).count()));
    signs.put("counted", any(query, Expression.Count.class));
    signs.put("different", any(query, Expression.CountDistinct.class));
    signs.put("aggregate", any(query, Expression.Aggregate.class));
    boolean alongTime =
        query.orderBy().stream().allMatch(order -> order.by() instanceof Expression.Bucket);
    signs.put("ordered", alongTime || query.limit().isPresent() ? 0.0 : 1.0);
    signs.put(
        "unequal",
        query.where().stream()
                .flatMap(List::stream)
                .anyMatch(c -> c instanceof Condition.Compare x && x.operator().equals("<>"))
            ? 1.0
            : 0.0);
    return signs;
  }

  /** How much better its names fit than those of the best other one. */
  private static double margin(Candidate candidate, List<Candidate> all) {
    double best =
        all.stream()
            .filter(other -> other != candidate)
            .mapToDouble(Candidate::linking)
            .max()
            .orElse(candidate.linking() - LONE);
    return Math.max(-0.3, Math.min(0.3, candidate.linking() - best));
  }

  private static double any(Query query, Class<? extends Expression> kind) {
    return query.select().stream().anyMatch(shown -> kind.isInstance(shown.expression())) ? 1 : 0;
  }

  /** Whether the question is about a table that a join leads to. */
  private static boolean named(Query query, Join join) {
    return query.intent().mentioned().contains(join.to())
        || query.intent().entity().filter(join.to()::equals).isPresent()
        || query.select().stream().anyMatch(shown -> shown.expression().table() == join.to())
        || query.where().stream().flatMap(List::stream).anyMatch(c -> c.table() == join.to());
  }

  /** Whether all that was not understood is all that would have said more than which table. */
  private static boolean empty(Candidate candidate) {
    Query query = candidate.query();
    boolean lists =
        query.where().isEmpty()
            && query.semiJoins().isEmpty()
            && query.having().isEmpty()
            && query.orderBy().isEmpty()
            && query.joins().isEmpty()
            && query.limit().isEmpty();
    boolean names =
        query.select().stream()
            .allMatch(
                shown ->
                    shown.expression() instanceof Expression.Count
                        || shown.expression() instanceof Expression.Column c
                            && (c.table().label().contains(c.column())
                                || c.table().key().contains(c.column())));
    boolean counts = any(query, Expression.Count.class) > 0;
    return lists && names && (candidate.faint() > 0 || counts && query.select().size() > 1);
  }

  /** Whoever leaves out a word that matters answers another question. */
  public static boolean leavesOut(Map<String, Double> signs) {
    return signs.getOrDefault("ignored", 0.0) >= 1
        || signs.getOrDefault("empty", 0.0) > 0
        || signs.getOrDefault("faint", 0.0) >= 3
        || signs.getOrDefault("vague", 0.0) > 0
        || signs.getOrDefault("dropped", 0.0) >= 1;
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
