package io.kurobe.nl2sql.memory;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.memory.TaughtIndex.Match;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.memory.Memory;
import io.kurobe.planner.memory.TaughtPair;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.ForwardingQuestions;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;

/**
 * Answers what was taught, and what differs from it only in values, from memory; leaves the rest to
 * others. A taught query is run within the rights of who asks, whoever taught it: what they may not
 * run, or what the catalog does not allow any more, is set aside. Threads share it.
 */
public final class MemoryQuestions extends ForwardingQuestions {
  private static final String AGENT = "memory";

  private final Memory memory;
  private volatile Indexed indexed = new Indexed(List.of(), new TaughtIndex(List.of()));

  private record Indexed(List<TaughtPair> pairs, TaughtIndex index) {}

  /**
   * Makes it.
   *
   * @param next answers what nobody taught
   */
  public MemoryQuestions(Questions next, Memory memory) {
    super(next);
    this.memory = requireNonNull(memory, "memory is null");
  }

  @Override
  public AskOutcome ask(Question question, Session session, QuestionSupport support) {
    if (!question.generators().isEmpty() || !question.scope().isEmpty()) {
      // Who names generators or tables wants those asked.
      return next.ask(question, session, support);
    }
    var trace = new Trace();
    List<Match> matches = new ArrayList<>(index().find(question.text()));
    matches.sort(order(session.principal().name()));
    for (Match match : matches) {
      Optional<GeneratedQuery> query = query(match, question, session, support, trace);
      if (query.isPresent()) {
        return new AskOutcome.Answered(query.get(), trace.steps());
      }
    }
    return next.ask(question, session, support).after(trace.steps());
  }

  /** Those without difference first, one's own before those of others, the latest first. */
  private static Comparator<Match> order(String principal) {
    return Comparator.comparing(Match::isExact)
        .thenComparing(match -> match.skeleton().pair().owner().equals(principal))
        .thenComparing(match -> match.skeleton().pair().taught())
        .reversed();
  }

  private Optional<GeneratedQuery> query(
      Match match, Question question, Session session, QuestionSupport support, Trace trace) {
    long since = System.nanoTime();
    TaughtPair pair = match.skeleton().pair();
    try {
      Optional<String> sql = Filling.fill(match, question.text(), support);
      if (sql.isEmpty()) {
        return Optional.empty();
      }
      SqlNode tree = support.parse(sql.get());
      support.validate(support.parse(sql.get()));
      trace.add(
          AGENT,
          pair.question(),
          sql.get(),
          match.isExact() ? "verified" : "verified, with another value",
          1.0,
          since,
          null);
      String explanation = "Answers '" + pair.question() + "' as it was taught.";
      return Optional.of(new GeneratedQuery(tree, sql.get(), 1.0, List.of(), explanation));
    } catch (KurobeException e) {
      trace.add(AGENT, pair.question(), reason(pair, session, e), "set aside", null, since, null);
      return Optional.empty();
    }
  }

  /** What another taught may name what the asker may not know of. */
  private static String reason(TaughtPair pair, Session session, KurobeException e) {
    return pair.owner().equals(session.principal().name())
        ? e.getMessage()
        : "the taught query cannot be run by you, or not any more";
  }

  private TaughtIndex index() {
    List<TaughtPair> pairs = memory.taught();
    Indexed known = indexed;
    if (known.pairs() != pairs) {
      known = new Indexed(pairs, new TaughtIndex(pairs));
      indexed = known;
    }
    return known.index();
  }

  @Override
  public long version() {
    return memory.version() + next.version();
  }
}
