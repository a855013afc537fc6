package io.kurobe.nl2sql.agent;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.model.ModelReply.Finish;
import io.kurobe.nl2sql.model.ModelRequest;
import io.kurobe.nl2sql.prompt.Piece;
import io.kurobe.nl2sql.prompt.Prompt;
import io.kurobe.nl2sql.prompt.PromptTemplate;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.privacy.Redaction;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.session.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A model that is asked one thing on the way of a question, by a template. What it fails to answer
 * is a step of the trace and no error: whoever asks goes on without it. Threads share it.
 *
 * @param name of the agent, in the steps of a question
 */
public record ModelAgent(String name, LanguageModel model, PromptTemplate template) {
  private static final int MOST_TOKENS = 8_000;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  public ModelAgent {
    requireNonNull(name, "name is null");
    requireNonNull(model, "model is null");
    requireNonNull(template, "template is null");
  }

  /**
   * The whole answer of the model, as it gave it; empty if it gave none.
   *
   * @param subject what it is asked about, for the trace
   * @throws KurobeException CANCELLED if the calling thread is interrupted
   */
  public Optional<ModelReply> ask(
      Redaction redaction,
      Map<String, Piece> pieces,
      String subject,
      Question question,
      Session session,
      Trace trace) {
    long since = System.nanoTime();
    Prompt prompt = template.fill(redaction, pieces);
    Duration statement = session.limits().queryTimeout();
    try {
      ModelReply reply =
          model.ask(
              new ModelRequest(
                  prompt.system(),
                  prompt.user(),
                  OptionalDouble.of(0),
                  MOST_TOKENS,
                  statement.isZero() || statement.compareTo(LONGEST) > 0 ? LONGEST : statement,
                  0,
                  session.principal().name(),
                  question.text()));
      if (reply.finish() == Finish.CUT_OFF || reply.text().isBlank()) {
        trace.add(name, subject, "no whole answer", "failed", null, since, reply.tokens());
        return Optional.empty();
      }
      return Optional.of(reply);
    } catch (KurobeException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      trace.add(name, subject, e.getMessage(), "failed", null, since, null);
      return Optional.empty();
    }
  }
}
