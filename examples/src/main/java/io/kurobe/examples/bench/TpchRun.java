package io.kurobe.examples.bench;

import io.kurobe.examples.bench.Peer.Answer;
import io.kurobe.examples.bench.Peer.PeerException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs queries on Kurobe and its peers in turns: each once to warm up, whose rows are compared,
 * then as often as asked. Who fails a query is not asked it again.
 */
final class TpchRun {
  static final String KUROBE = "kurobe";

  /** Rounding to the scale that a decimal was declared with. */
  private static final double EXACT = 1e-6;

  /** Systems that give an average as few decimals as its argument has. */
  private static final double CENTS = 0.006;

  private final Peer reference;
  private final List<Peer> peers;
  private final int runs;
  private final double copyBytesPerSecond;
  private final Consumer<QueryResult> each;

  /**
   * A run.
   *
   * @param reference whose rows are right, and whose time is the floor's second part
   * @param peers those that are measured, Kurobe first; the reference among them
   * @param copyBytesPerSecond the rate at which PostgreSQL gives rows that are dropped
   * @param each is told each query's result
   */
  TpchRun(
      Peer reference,
      List<Peer> peers,
      int runs,
      double copyBytesPerSecond,
      Consumer<QueryResult> each) {
    this.reference = reference;
    this.peers = List.copyOf(peers);
    this.runs = runs;
    this.copyBytesPerSecond = copyBytesPerSecond;
    this.each = each;
  }

  List<QueryResult> run(Map<String, String> queries) {
    List<QueryResult> results = new ArrayList<>();
    queries.forEach(
        (name, sql) -> {
          QueryResult result = run(name, sql);
          results.add(result);
          each.accept(result);
        });
    return results;
  }

  private QueryResult run(String name, String sql) {
    var result = new QueryResult(name);
    List<Peer> answering = new ArrayList<>(peers);
    Optional<Answer> right = attempt(reference, sql, result);
    for (Peer peer : peers) {
      Optional<Answer> answer = peer == reference ? right : attempt(peer, sql, result);
      if (answer.isEmpty()) {
        answering.remove(peer);
        continue;
      }
      double tolerance = peer.name().equals(KUROBE) ? EXACT : CENTS;
      result.compared(
          peer.name(),
          right.isPresent()
              && AnswerComparison.same(right.get().rows(), answer.get().rows(), tolerance));
    }
    Map<Peer, List<Double>> times = new LinkedHashMap<>();
    for (int round = 0; round < runs; round++) {
      for (Peer peer : List.copyOf(answering)) {
        Optional<Answer> answer = attempt(peer, sql, result);
        if (answer.isEmpty()) {
          answering.remove(peer);
          times.remove(peer);
        } else {
          times.computeIfAbsent(peer, key -> new ArrayList<>()).add(answer.get().milliseconds());
        }
      }
    }
    times.forEach((peer, all) -> result.took(peer.name(), all));
    floor(sql, result);
    return result;
  }

  private static Optional<Answer> attempt(Peer peer, String sql, QueryResult result) {
    try {
      return Optional.of(peer.run(sql));
    } catch (PeerException e) {
      result.failed(peer.name(), e.getMessage());
      return Optional.empty();
    }
  }

  /** What EXPLAIN ANALYZE says that left PostgreSQL, at COPY's rate, and the reference's time. */
  private void floor(String sql, QueryResult result) {
    Optional<Peer> kurobe = peers.stream().filter(peer -> peer.name().equals(KUROBE)).findFirst();
    var local = result.milliseconds(reference.name());
    if (kurobe.isEmpty() || result.failures().containsKey(KUROBE) || local.isEmpty()) {
      return;
    }
    long bytes = 0;
    result.explained(kurobe.get().run("EXPLAIN ANALYZE " + sql).rows());
    for (List<@Nullable Object> fragment : result.fragments()) {
      // Its columns: fragment, runs_on, statement, rows, bytes, ms, not_pushed.
      if (!"result".equals(fragment.get(0)) && fragment.get(4) instanceof Number moved) {
        bytes += moved.longValue();
      }
    }
    result.floor(bytes, bytes / copyBytesPerSecond * 1000 + local.getAsDouble());
  }
}
