package io.kurobe.planner.ask;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.StatementPosition;
import io.kurobe.planner.Execution.Warning;
import io.kurobe.planner.PlannerListener;
import io.kurobe.planner.authorize.AccessControl;
import io.kurobe.planner.parser.SqlAsk;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.AskOutcome.AskStep;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.question.WholeQuestion;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Puts the generated query's tree in the place of each ASK, so that whatever stands around it is
 * planned together with it. The same question under the same catalog, rights and settings gets the
 * same answer, from a cache. Threads share it.
 */
public final class AskExpander {
  private static final int CACHED_ANSWERS = 2_000;
  private static final Duration CACHED_FOR = Duration.ofHours(1);

  private record Key(
      Question question,
      long catalogVersion,
      long accessVersion,
      long privacyVersion,
      long questionsVersion,
      Principal principal,
      List<SearchPathEntry> searchPath,
      String zone,
      Map<String, String> settings) {}

  /** Settings that no answer depends on: in context, what is answered is the whole question. */
  private static final Set<String> WITHOUT_EFFECT = Set.of(Session.CONVERSATION);

  private final Questions questions;
  private final AccessControl accessControl;
  private final AskPolicy policy;
  private final Function<Session, QuestionSupport> support;
  private final PlannerListener listener;
  private final AskLog log;
  private final Cache<Key, AskOutcome.Answered> answers =
      Caffeine.newBuilder().maximumSize(CACHED_ANSWERS).expireAfterWrite(CACHED_FOR).build();

  /**
   * Makes one that has answered nothing yet.
   *
   * @param accessControl whose version says that an answer may not be for who asks any more
   * @param listener told how long each question took, whatever became of it
   * @param log where refusals are written down
   */
  public AskExpander(
      Questions questions,
      AccessControl accessControl,
      AskPolicy policy,
      Function<Session, QuestionSupport> support,
      PlannerListener listener,
      AskLog log) {
    this.questions = questions;
    this.accessControl = accessControl;
    this.policy = policy;
    this.support = support;
    this.listener = listener;
    this.log = log;
  }

  /**
   * The query for a question.
   *
   * @param question what was asked, and what was answered
   * @param steps how the query was found
   */
  public record Answer(WholeQuestion question, GeneratedQuery query, List<AskStep> steps) {
    public Answer {
      steps = List.copyOf(steps);
    }
  }

  /**
   * A query without ASK.
   *
   * @param query the tree, with nothing of the original's that binding could change
   * @param warnings what the asker should know
   * @param answers the queries that were put in, in order
   */
  public record Expanded(SqlNode query, List<Warning> warnings, List<Answer> answers) {}

  /** Expands every ASK of a query; each may refer to what its session asked before. */
  public Expanded expand(Session session, SqlNode query) {
    return expand(query, ask -> answer(session, ask));
  }

  /** Expands every ASK of a query, each as it stands. */
  public Expanded expandAlone(Session session, SqlNode query) {
    return expand(
        query,
        ask -> {
          WholeQuestion question = WholeQuestion.of(ask.toQuestion());
          return answer(ask, question, found(session, question.question()));
        });
  }

  private Expanded expand(SqlNode query, Function<SqlAsk, Answer> asking) {
    List<Warning> warnings = new ArrayList<>();
    List<Answer> given = new ArrayList<>();
    SqlNode expanded =
        query.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(org.apache.calcite.sql.SqlCall call) {
                if (call instanceof SqlAsk ask) {
                  Answer answer = asking.apply(ask);
                  given.add(answer);
                  warnings.addAll(warnings(answer));
                  return at(ask.getParserPosition(), answer.query().query());
                }
                return super.visit(call);
              }
            });
    return new Expanded(expanded, warnings, given);
  }

  /** The query for one ASK whose question is known. */
  public Answer answer(Session session, SqlAsk ask) {
    if (ask.isParameter()) {
      throw new KurobeException(
              ErrorCode.NOT_SUPPORTED, "ASK ? stands only as a whole statement, not inside another")
          .at(position(ask));
    }
    return answer(session, ask, ask.toQuestion());
  }

  /** The query for an ASK with the question given, which the session may refer to from now on. */
  public Answer answer(Session session, SqlAsk ask, Question asked) {
    WholeQuestion question = WholeQuestion.of(asked);
    List<AskStep> steps = List.of();
    try {
      question = timed(() -> questions.whole(asked, session, support.apply(session)));
      WholeQuestion whole = question;
      AskOutcome outcome = timed(() -> found(session, whole.question()));
      steps = outcome.steps();
      questions.ended(question, outcome, session);
      return answer(ask, question, outcome);
    } catch (KurobeException e) {
      if (e.code() != ErrorCode.CANCELLED) {
        log.refused(session, question, steps, e);
      }
      throw e.position().isPresent() ? e : e.at(position(ask));
    }
  }

  private Answer answer(SqlAsk ask, WholeQuestion question, AskOutcome outcome) {
    if (outcome instanceof AskOutcome.Refused refused) {
      throw refused.reason().at(position(ask));
    }
    GeneratedQuery query = ((AskOutcome.Answered) outcome).query();
    if (query.confidence() < policy.refuse()) {
      throw new KurobeException(
              ErrorCode.CONFIDENCE_TOO_LOW,
              String.format(
                  Locale.ROOT,
                  "confidence %.2f is below %.2f; the best reading is: %s",
                  query.confidence(),
                  policy.refuse(),
                  query.sql()))
          .withHint("say the question in other words, or run that SQL if it is what you mean")
          .at(position(ask));
    }
    return new Answer(question, query, outcome.steps());
  }

  /** The catalog, or what of it is named, as a model would be told of it. */
  public String schemaForModels(Session session, List<List<String>> scope) {
    return questions.schemaForModels(scope, session, support.apply(session));
  }

  /** The metrics that a session may know of, as SHOW METRICS has them. */
  public List<List<@Nullable Object>> metrics(Session session) {
    return questions.metrics(session, support.apply(session));
  }

  /** What would become of a question if it were asked now, refused or not, with all its steps. */
  public AskOutcome outcome(Session session, Question question) {
    WholeQuestion whole;
    try {
      whole = timed(() -> questions.whole(question, session, support.apply(session)));
    } catch (KurobeException e) {
      return new AskOutcome.Refused(e, List.of());
    }
    return timed(() -> found(session, whole.question())).after(whole.steps());
  }

  private <T> T timed(Supplier<T> work) {
    long before = System.nanoTime();
    try {
      return work.get();
    } finally {
      listener.took(PlannerListener.Step.ASK, Duration.ofNanos(System.nanoTime() - before));
    }
  }

  private AskOutcome found(Session session, Question question) {
    // Asked before anything is made by it.
    long accessVersion = accessControl.version();
    QuestionSupport offered = support.apply(session);
    Key key = key(session, question, offered, accessVersion);
    AskOutcome known = answers.getIfPresent(key);
    if (known != null) {
      return known;
    }
    AskOutcome outcome = questions.ask(question, session, offered);
    if (outcome instanceof AskOutcome.Answered answered && !question.isNarrated()) {
      answers.put(key, answered);
    }
    return outcome;
  }

  private Key key(Session session, Question question, QuestionSupport offered, long accessVersion) {
    Map<String, String> settings = new HashMap<>(session.settings());
    settings.keySet().removeAll(WITHOUT_EFFECT);
    String normalised = question.text().strip().replaceAll("\\s+", " ");
    return new Key(
        new Question(normalised, question.scope(), question.generators(), question.options()),
        offered.catalog().version(),
        accessVersion,
        offered.models().version(),
        questions.version(),
        session.principal(),
        session.searchPath(),
        session.zone().getId(),
        settings);
  }

  /** The warnings an answer carries. */
  public List<Warning> warnings(Answer answer) {
    GeneratedQuery query = answer.query();
    List<Warning> warnings = new ArrayList<>();
    if (answer.question().isRewritten()) {
      warnings.add(
          new Warning(
              "01KA2", "the question was taken for: " + answer.question().question().text()));
    }
    if (query.confidence() < policy.warn()) {
      warnings.add(
          new Warning(
              "01KA1",
              String.format(
                  Locale.ROOT,
                  "low confidence %.2f in: %s",
                  query.confidence(),
                  query.explanation())));
    }
    if (answer.question().question().isNarrated()) {
      warnings.add(new Warning("01KA3", query.explanation()));
    }
    query.warnings().forEach(text -> warnings.add(new Warning("01KA1", text)));
    return warnings;
  }

  private static StatementPosition position(SqlAsk ask) {
    SqlParserPos position = ask.getParserPosition();
    return new StatementPosition(
        Math.max(position.getLineNum(), 1), Math.max(position.getColumnNum(), 1));
  }

  /** A copy whose every node stands where the ASK stood, as its own text is not the user's. */
  public static SqlNode at(SqlParserPos position, SqlNode tree) {
    return tree.accept(new Relocation(position));
  }
}
