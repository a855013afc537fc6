package io.kurobe.planner.fuzz;

import io.kurobe.planner.fuzz.Choices.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Asks random queries in every placement and compares the answers; each sixth is a partition by
 * ternary logic, compared with the query that it parts in one placement. Query n of a seed is made
 * of the seed plus n, and depends on nothing else.
 */
final class PlacementFuzzer {
  private static final int SHRINK_ATTEMPTS = 200;
  private static final int THREADS = 2;

  private final Placements placements;
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();

  PlacementFuzzer(Placements placements) {
    this.placements = placements;
  }

  /**
   * The outcome of a run.
   *
   * @param refused queries that gave the same error everywhere
   * @param differences a readable account of each difference, at most as many as asked for
   */
  record Report(int queries, List<String> refused, List<String> differences) {}

  Report run(long seed, int queries, int maxDifferences) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    AtomicInteger found = new AtomicInteger();
    List<Callable<Optional<String>>> tasks = new ArrayList<>();
    for (int query = 0; query < queries; query++) {
      long own = seed + query;
      tasks.add(
          () -> {
            if (found.get() >= maxDifferences) {
              return Optional.empty();
            }
            Optional<String> difference = check(own);
            difference.ifPresent(account -> found.incrementAndGet());
            return difference;
          });
    }
    try {
      List<String> differences = new ArrayList<>();
      for (Future<Optional<String>> task : threads.invokeAll(tasks)) {
        task.get().ifPresent(differences::add);
      }
      return new Report(queries, List.copyOf(refused), differences);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the fuzzer itself failed", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Optional<String> check(long seed) {
    Choices choices = Choices.random(seed);
    Optional<Difference> difference = difference(seed, choices, placements.names(), refused::add);
    if (difference.isEmpty()) {
      return Optional.empty();
    }
    String kind = difference.get().kind();
    // Only the placements that differ: it is the most of the time when there is something to find.
    List<String> differing = List.of(difference.get().placement(), difference.get().other());
    Shape smallest =
        new Shrinker(
                shape ->
                    difference(seed, Choices.replay(shape), differing, refusal -> {})
                        .filter(smaller -> smaller.kind().equals(kind))
                        .isPresent(),
                SHRINK_ATTEMPTS)
            .shrink(choices.shape());
    Difference shrunk =
        difference(seed, Choices.replay(smallest), differing, refusal -> {})
            .orElse(difference.get());
    return Optional.of("seed " + seed + "\n" + shrunk.account(placements));
  }

  /** Two askings of the same that answered otherwise. */
  private record Difference(
      String placement,
      String sql,
      Answer answer,
      String other,
      String otherSql,
      Answer otherAnswer) {

    /** What sort of difference: shrinking must not go from one to another. */
    String kind() {
      return kind(answer) + "/" + kind(otherAnswer);
    }

    private static String kind(Answer answer) {
      return answer instanceof Answer.Failed failed
          ? failed.sqlState() + failed.message().replaceFirst("(?s)[:(\\[].*", "")
          : "rows";
    }

    String account(Placements placements) {
      return "  "
          + sql
          + "\n  in "
          + placement
          + ": "
          + brief(answer)
          + "\n"
          + placements.explain(placement, sql)
          + (otherSql.equals(sql) ? "" : "  " + otherSql + "\n")
          + "  in "
          + other
          + ": "
          + brief(otherAnswer)
          + "\n"
          + placements.explain(other, otherSql);
    }

    private static String brief(Answer answer) {
      String text = answer.toString().replace('\n', ' ');
      return text.length() <= 600 ? text : text.substring(0, 600) + "…";
    }
  }

  private Optional<Difference> difference(
      long seed, Choices choices, List<String> names, Consumer<String> refusals) {
    if (seed % 6 == 5) {
      List<Query> parted = Partitions.pair(choices);
      int every = placements.names().size();
      String placement = placements.names().get((int) (seed / 6 % every));
      Query all = parted.get(0);
      Answer answer = placements.ask(placement, all.sql());
      noteRefusal(answer, all, refusals);
      Query parts = parted.get(1);
      return compare(
          placement, all, answer, placement, parts, placements.ask(placement, parts.sql()));
    }
    Query query = QueryGenerator.query(choices);
    Answer first = placements.ask(names.get(0), query.sql());
    for (String other : names.subList(1, names.size())) {
      Optional<Difference> difference =
          compare(names.get(0), query, first, other, query, placements.ask(other, query.sql()));
      if (difference.isPresent()) {
        return difference;
      }
    }
    noteRefusal(first, query, refusals);
    return Optional.empty();
  }

  /** A query that gives an error everywhere tests little: too many are a fault of the generator. */
  private static void noteRefusal(Answer answer, Query query, Consumer<String> refusals) {
    if (answer instanceof Answer.Failed failed) {
      refusals.accept(failed.message() + " — " + query.sql());
    }
  }

  private static Optional<Difference> compare(
      String placement,
      Query query,
      Answer answer,
      String other,
      Query otherQuery,
      Answer otherAnswer) {
    boolean unfinished = answer == Answer.UNFINISHED || otherAnswer == Answer.UNFINISHED;
    boolean broken = answer.isBroken() || otherAnswer.isBroken();
    if (unfinished || !broken && Answer.same(answer, otherAnswer, query)) {
      return Optional.empty();
    }
    return Optional.of(
        new Difference(placement, query.sql(), answer, other, otherQuery.sql(), otherAnswer));
  }
}
