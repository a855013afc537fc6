package io.kurobe.nl2sql.retrieve;

import io.kurobe.nl2sql.mschema.MSchema;
import io.kurobe.nl2sql.mschema.MSchemas;
import io.kurobe.nl2sql.scope.Scope;
import io.kurobe.nl2sql.trace.Trace;
import io.kurobe.planner.privacy.ModelGate;
import io.kurobe.planner.question.Question;
import io.kurobe.planner.question.QuestionSupport;
import io.kurobe.planner.session.Session;

/** Links nothing: all that is in the question's scope, for catalogs that fit into a prompt. */
public final class WholeScope implements SchemaLinker {
  @Override
  public LinkedSchema link(
      Question question, Session session, QuestionSupport support, Trace trace) {
    long since = System.nanoTime();
    ModelGate gate = support.models();
    MSchema schema =
        MSchemas.of(
            gate.catalog(),
            new Scope(question.scope()),
            (table, column) ->
                gate.givesValues(table, column)
                    ? gate.examples(table, column, support.frequentValues(table, column))
                    : java.util.List.of());
    trace.add(
        "link",
        question.scope().isEmpty() ? "the whole catalog" : "the question's scope",
        schema.tables().size() + " tables",
        "linked",
        null,
        since,
        null);
    return new LinkedSchema(schema, schema);
  }
}
