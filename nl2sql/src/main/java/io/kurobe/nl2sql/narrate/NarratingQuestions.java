package io.kurobe.nl2sql.narrate;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.type.SqlType;
import io.kurobe.nl2sql.agent.ModelAgent;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.prompt.Piece;
import io.kurobe.nl2sql.prompt.PromptTemplate;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.privacy.Redaction;
import io.kurobe.planner.question.AskOutcome;
import io.kurobe.planner.question.AskOutcome.AskStep;
import io.kurobe.planner.question.BoundQuestion;
import io.kurobe.planner.question.ForwardingQuestions;
import io.kurobe.planner.question.GeneratedQuery;
import io.kurobe.planner.question.Probe;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.question.Questions;
import io.kurobe.planner.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code WITH (narrate = true)} in words too. A model that is configured for it is told the
 * first rows, if every source they come from allows that and nothing personal is read; else it is
 * said what the query does, and why no more. Threads share it.
 */
public final class NarratingQuestions extends ForwardingQuestions {
  /** What the agent is called. */
  public static final String NAME = "narrate";

  /** The places of its prompt. */
  public static final Set<String> PLACES = Set.of("question", "rows");

  private static final int MOST_ROWS = 20;
  private static final int LONGEST_CELL = 100;
  private static final int LONGEST = 1_500;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Optional<ModelAgent> agent;

  /**
   * Makes it.
   *
   * @param next answers
   * @param agent says what rows say; without one it is said what queries do
   */
  public NarratingQuestions(Questions next, Optional<ModelAgent> agent) {
    super(next);
    this.agent = requireNonNull(agent, "agent is null");
  }

  /** The prompt that comes with Kurobe. */
  public static PromptTemplate standard() {
    return PromptTemplate.resource(NarratingQuestions.class, "narrate.txt", PLACES);
  }

  @Override
  public AskOutcome ask(Question question, Session session, QuestionSupport support) {
    AskOutcome outcome = next.ask(question, session, support);
    if (!question.isNarrated() || !(outcome instanceof AskOutcome.Answered answered)) {
      return outcome;
    }
    var trace = new Trace();
    GeneratedQuery query = answered.query();
    String words = words(query, question, session, support, trace);
    List<AskStep> steps = new ArrayList<>(answered.steps());
    steps.addAll(trace.steps());
    return new AskOutcome.Answered(
        new GeneratedQuery(query.query(), query.sql(), query.confidence(), query.warnings(), words),
        steps);
  }

  private String words(
      GeneratedQuery query,
      Question question,
      Session session,
      QuestionSupport support,
      Trace trace) {
    if (agent.isEmpty()) {
      trace.add(
          NAME, query.sql(), query.explanation(), "from the query", null, System.nanoTime(), null);
      return query.explanation();
    }
    try {
      SqlNode tree = support.parse(query.sql());
      BoundQuestion bound = support.bind(support.parse(query.sql()));
      Optional<String> kept = KeptRows.because(tree, bound, support);
      if (kept.isPresent()) {
        return withheld(query, kept.get(), trace);
      }
      Optional<Probe> rows = support.probe(tree, bound, MOST_ROWS, PATIENCE);
      return rows.isEmpty()
          ? withheld(query, "its sources are not read to be told of", trace)
          : told(query, bound, rows.get(), question, session, support, trace);
    } catch (KurobeException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      return withheld(query, e.getMessage(), trace);
    }
  }

  private static String withheld(GeneratedQuery query, String because, Trace trace) {
    trace.add(NAME, query.sql(), because, "rows kept", null, System.nanoTime(), null);
    return query.explanation() + " No model was told of the rows: " + because + ".";
  }

  private String told(
      GeneratedQuery query,
      BoundQuestion bound,
      Probe probe,
      Question question,
      Session session,
      QuestionSupport support,
      Trace trace) {
    long since = System.nanoTime();
    String rows = text(bound, probe);
    Redaction redaction = support.models().redaction(rows::contains);
    Optional<ModelReply> reply =
        agent
            .orElseThrow()
            .ask(
                redaction,
                Map.of("question", new Piece.Asked(question.text()), "rows", new Piece.Data(rows)),
                query.sql(),
                question,
                session,
                trace);
    if (reply.isEmpty()) {
      return query.explanation() + " The model gave no words for the rows.";
    }
    String words =
        redaction.restore(reply.get().text()).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    String said = words.length() > LONGEST ? words.substring(0, LONGEST) + "..." : words;
    trace.add(NAME, query.sql(), said, "said", null, since, reply.get().tokens());
    return said;
  }

  private static String text(BoundQuestion bound, Probe probe) {
    String head =
        bound.columns().stream().map(SqlType.Field::name).collect(Collectors.joining(" | "));
    String body =
        probe.rows().stream().map(NarratingQuestions::line).collect(Collectors.joining("\n"));
    return head + "\n" + body + "\n" + (probe.complete() ? "(all rows)" : "(and more rows)");
  }

  private static String line(List<@Nullable Object> row) {
    return row.stream()
        .map(
            cell -> {
              String text = String.valueOf(cell).replaceAll("[\\s\\p{Cntrl}]+", " ");
              return text.length() > LONGEST_CELL ? text.substring(0, LONGEST_CELL) + "..." : text;
            })
        .collect(Collectors.joining(" | "));
  }
}
