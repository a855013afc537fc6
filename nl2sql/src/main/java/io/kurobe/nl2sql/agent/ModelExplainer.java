package io.kurobe.nl2sql.agent;

import static java.util.Objects.requireNonNull;

import io.kurobe.nl2sql.generate.GenerationTask;
import io.kurobe.nl2sql.generate.ShownValues;
import io.kurobe.nl2sql.model.ModelReply;
import io.kurobe.nl2sql.prompt.Piece;
import io.kurobe.nl2sql.prompt.PromptTemplate;
import io.kurobe.nl2sql.validate.Candidate;
import io.kurobe.planner.privacy.Redaction;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A model that says what the chosen query does. Threads share it. */
public final class ModelExplainer implements Explainer {
  /** The places of its prompt. */
  public static final Set<String> PLACES = Set.of("evidence", "question", "sql");

  /** What the agent is called. */
  public static final String NAME = "explain";

  private static final int LONGEST = 800;

  private final ModelAgent agent;

  public ModelExplainer(ModelAgent agent) {
    this.agent = requireNonNull(agent, "agent is null");
  }

  /** The prompt that comes with Kurobe. */
  public static PromptTemplate standard() {
    return PromptTemplate.resource(ModelExplainer.class, "explain.txt", PLACES);
  }

  @Override
  public Optional<String> explain(Candidate candidate, GenerationTask task) {
    long since = System.nanoTime();
    Optional<ToldQuery> query = ToldQuery.of(candidate, task);
    if (query.isEmpty()) {
      return Optional.empty();
    }
    Redaction redaction =
        task.support().models().redaction(new ShownValues(task.schema().get().fuller()));
    Optional<ModelReply> reply =
        agent.ask(
            redaction,
            Map.of(
                "evidence",
                new Piece.Asked(task.question().options().getOrDefault("evidence", "")),
                "question",
                new Piece.Asked(task.question().text()),
                "sql",
                new Piece.Data(query.get().sql())),
            agent.model().name(),
            task.question(),
            task.session(),
            task.trace());
    return reply.map(
        given -> {
          String words = words(redaction.restore(given.text()));
          task.trace().add(NAME, agent.model().name(), words, "said", null, since, given.tokens());
          return words;
        });
  }

  private static String words(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }
}
