package io.kurobe.nl2sql.generate;

import static java.util.Objects.requireNonNull;

import io.kurobe.nl2sql.retrieve.LinkedSchema;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.session.Session;
import java.util.function.Supplier;

/**
 * What a generator is given.
 *
 * @param question the whole question, rewritten where it was elliptical
 * @param session who asks
 * @param support what the planner offers, inside the session's rights
 * @param schema what of the catalog the question is about; linked when first asked for, as not
 *     every generator needs it
 * @param trace told what was done
 */
public record GenerationTask(
    Question question,
    Session session,
    QuestionSupport support,
    Supplier<LinkedSchema> schema,
    Trace trace) {
  public GenerationTask {
    requireNonNull(question, "question is null");
    requireNonNull(session, "session is null");
    requireNonNull(support, "support is null");
    requireNonNull(schema, "schema is null");
    requireNonNull(trace, "trace is null");
  }
}
