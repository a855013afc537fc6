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
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.SearchPathEntry;
import io.kurobe.planner.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

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
      Principal principal,
      List<SearchPathEntry> searchPath,
      String zone,
      Map<String, String> settings) {}

  private final Questions questions;
  private final AccessControl accessControl;
  private final AskPolicy policy;
  private final Function<Session, QuestionSupport> support;
  private final PlannerListener listener;
  private final Cache<Key, AskOutcome.Answered> answers =
      Caffeine.newBuilder().maximumSize(CACHED_ANSWERS).expireAfterWrite(CACHED_FOR).build();

  /**
   * Makes one that has answered nothing yet.
   *
   * @param accessControl whose version says that an answer may not be for who asks any more
   * @param listener told how long each question took, whatever became of it
   */
  public AskExpander(
      Questions questions,
      AccessControl accessControl,
      AskPolicy policy,
      Function<Session, QuestionSupport> support,
      PlannerListener listener) {
    this.questions = questions;
    this.accessControl = accessControl;
    this.policy = policy;
    this.support = support;
    this.listener = listener;
  }

  /**
   * A query without ASK.
   *
   * @param query the tree, with nothing of the original's that binding could change
   * @param warnings what the asker should know
   * @param generated the queries that were put in, in order
   */
  public record Expanded(SqlNode query, List<Warning> warnings, List<GeneratedQuery> generated) {}

  /** Expands every ASK of a query. */
  public Expanded expand(Session session, SqlNode query) {
    List<Warning> warnings = new ArrayList<>();
    List<GeneratedQuery> generated = new ArrayList<>();
    SqlNode expanded =
        query.accept(
            new SqlShuttle() {
              @Override
              public SqlNode visit(org.apache.calcite.sql.SqlCall call) {
                if (call instanceof SqlAsk ask) {
                  GeneratedQuery answer = answer(session, ask);
                  generated.add(answer);
                  warnings.addAll(warnings(answer));
                  return at(ask.getParserPosition(), answer.query());
                }
                return super.visit(call);
              }
            });
    return new Expanded(expanded, warnings, generated);
  }

  /** The query for one ASK whose question is known. */
  public GeneratedQuery answer(Session session, SqlAsk ask) {
    if (ask.isParameter()) {
      throw new KurobeException(
              ErrorCode.NOT_SUPPORTED, "ASK ? stands only as a whole statement, not inside another")
          .at(position(ask));
    }
    return answer(session, ask, ask.toQuestion());
  }

  /** The query for an ASK with the question given. */
  public GeneratedQuery answer(Session session, SqlAsk ask, Question question) {
    AskOutcome outcome = outcome(session, question);
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
    return query;
  }

  /** The catalog, or what of it is named, as a model would be told of it. */
  public String schemaForModels(Session session, List<List<String>> scope) {
    return questions.schemaForModels(scope, session, support.apply(session));
  }

  /** What becomes of a question, refused or not, with all its steps. */
  public AskOutcome outcome(Session session, Question question) {
    long before = System.nanoTime();
    try {
      return found(session, question);
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
    if (outcome instanceof AskOutcome.Answered answered) {
      answers.put(key, answered);
    }
    return outcome;
  }

  private static Key key(
      Session session, Question question, QuestionSupport offered, long accessVersion) {
    String normalised = question.text().strip().replaceAll("\\s+", " ");
    return new Key(
        new Question(normalised, question.scope(), question.generators(), question.options()),
        offered.catalog().version(),
        accessVersion,
        offered.models().version(),
        session.principal(),
        session.searchPath(),
        session.zone().getId(),
        session.settings());
  }

  /** The warnings an answer carries. */
  public List<Warning> warnings(GeneratedQuery query) {
    List<Warning> warnings = new ArrayList<>();
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
