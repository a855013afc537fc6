package io.kurobe.planner.command;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.bind.BoundQuery;
import io.kurobe.planner.memory.AskedQuestion;
import io.kurobe.planner.memory.Memory;
import io.kurobe.planner.memory.TaughtPair;
import io.kurobe.planner.parser.Statement;
import io.kurobe.planner.session.Session;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/**
 * TEACH, FORGET and FEEDBACK. A taught query is kept with every table's full name, and whoever asks
 * runs it within their own rights. Threads share it.
 */
public final class MemoryCommands {
  private static final int MOST_QUESTION = 2_000;
  private static final int MOST_SQL = 100_000;
  private static final int MOST_PAIRS = 100_000;

  private final Memory memory;
  private final boolean open;
  private final Clock clock;

  /**
   * Makes them.
   *
   * @param open whether everyone may do everything
   */
  public MemoryCommands(Memory memory, boolean open, Clock clock) {
    this.memory = memory;
    this.open = open;
    this.clock = clock;
  }

  /**
   * Keeps a pair.
   *
   * @param bound its query, which the session may run
   */
  public void teach(Session session, String question, BoundQuery bound) {
    checkQuestion(question);
    if (!bound.parameters().isEmpty()) {
      throw new KurobeException(ErrorCode.NOT_SUPPORTED, "a taught query has no parameters");
    }
    String sql = ViewCommands.sql(bound.validated());
    if (sql.length() > MOST_SQL) {
      throw new KurobeException(
          ErrorCode.STATEMENT_TOO_LARGE,
          "a taught query has at most " + MOST_SQL + " characters, not " + sql.length());
    }
    if (memory.taught().size() >= MOST_PAIRS) {
      throw new KurobeException(
              ErrorCode.LIMIT_EXCEEDED, "at most " + MOST_PAIRS + " questions can be taught")
          .withHint("FORGET those that nobody asks");
    }
    memory.teach(
        new TaughtPair(question.strip(), sql, session.principal().name(), clock.instant()));
  }

  /** Refuses what is no question. */
  public static void checkQuestion(String question) {
    if (question.length() > MOST_QUESTION || question.chars().noneMatch(Character::isLetter)) {
      throw new KurobeException(
          ErrorCode.NOT_UNDERSTOOD,
          String.format(
              Locale.ROOT,
              "a taught question has words, and at most %,d characters",
              MOST_QUESTION));
    }
  }

  /** Forgets a pair: one's own, or for administrators anybody's. */
  public void forget(Session session, Statement.Forget forget) {
    String key = TaughtPair.normalised(forget.question());
    List<TaughtPair> known =
        memory.taught().stream()
            .filter(pair -> pair.key().equals(key))
            .filter(pair -> sees(session, pair.owner()))
            .toList();
    if (known.isEmpty()) {
      throw new KurobeException(
              ErrorCode.UNKNOWN_OBJECT,
              "nobody taught '" + forget.question() + "' that you know of")
          .withHint("SELECT question FROM system.ask.examples lists what was taught");
    }
    known.forEach(pair -> memory.forget(pair.question(), pair.owner()));
  }

  /** Notes what is said of an answer: of one's own alone. */
  public void feedback(Session session, Statement.Feedback feedback) {
    AskedQuestion asked =
        feedback
            .queryId()
            .map(
                id ->
                    memory
                        .ofQuery(id)
                        .filter(known -> isOwn(session, known))
                        .orElseThrow(
                            () ->
                                new KurobeException(
                                        ErrorCode.UNKNOWN_QUERY,
                                        "no question of yours was answered by '" + id + "'")
                                    .withHint(
                                        "SELECT query_id, question FROM system.ask.history lists"
                                            + " them")))
            .or(() -> memory.lastOf(session.id()).filter(known -> isOwn(session, known)))
            .orElseThrow(
                () ->
                    new KurobeException(
                            ErrorCode.UNKNOWN_QUERY,
                            "no question was answered on this connection yet")
                        .withHint("FEEDBACK GOOD ON 'query id'"));
    memory.accept(asked.id(), feedback.good(), feedback.comment());
  }

  private static boolean isOwn(Session session, AskedQuestion asked) {
    return asked.principal().equals(session.principal().name());
  }

  private boolean sees(Session session, String owner) {
    return open
        || owner.equals(session.principal().name())
        || session.principal().roles().contains(AccessControl.ADMIN);
  }
}
