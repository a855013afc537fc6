package io.kurobe.nl2sql.agent;

import static java.util.Objects.requireNonNull;

import io.kurobe.nl2sql.generate.AnsweredSql;
import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.generate.Proposal;
import io.kurobe.nl2sql.generate.ShownValues;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.mschema.MSchema;
import io.kurobe.nl2sql.mschema.MSchemaForm;
import io.kurobe.nl2sql.prompt.Piece;
import io.kurobe.nl2sql.prompt.PromptTemplate;
import io.kurobe.planner.privacy.Redaction;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model that is shown a query as it was proposed and what the planner says of it (the refiner of
 * Gao et al., "XiYan-SQL", arXiv 2507.04701). Threads share it.
 */
public final class ModelMender implements Mender {
  /** The places of its prompt. */
  public static final Set<String> PLACES =
      Set.of("dialect", "schema", "evidence", "question", "sql", "problem");

  /** What the agent is called. */
  public static final String NAME = "refine";

  private final ModelAgent agent;

  public ModelMender(ModelAgent agent) {
    this.agent = requireNonNull(agent, "agent is null");
  }

  /** The prompt that comes with Kurobe. */
  public static PromptTemplate standard() {
    return PromptTemplate.resource(ModelMender.class, "repair.txt", PLACES);
  }

  @Override
  public Optional<Proposal> mended(Proposal proposal, String wrong, GenerationTask task) {
    MSchema schema = task.schema().get().fuller();
    Redaction redaction = task.support().models().redaction(new ShownValues(schema));
    Optional<ModelReply> reply =
        agent.ask(
            redaction,
            Map.of(
                "dialect",
                new Piece.Words(AnsweredSql.dialect()),
                "schema",
                new Piece.Data(MSchemaForm.FEDERATED.write(schema)),
                "evidence",
                new Piece.Asked(task.question().options().getOrDefault("evidence", "")),
                "question",
                new Piece.Asked(task.question().text()),
                "sql",
                new Piece.Data(proposal.sql()),
                "problem",
                new Piece.Data(wrong)),
            proposal.generator(),
            task.question(),
            task.session(),
            task.trace());
    return reply.flatMap(
        given ->
            AnsweredSql.of(given.text())
                .map(redaction::restoreSql)
                .filter(sql -> !sql.equals(proposal.sql()))
                .map(
                    sql ->
                        Proposal.of(
                            proposal.generator(), sql, proposal.tokens() + given.tokens())));
  }
}
