package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import io.kurobe.nl2sql.generate.SchemaChoice;
import io.kurobe.nl2sql.model.ModelSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The section {@code ask:}.
 *
 * @param models the language models, by name
 * @param generators what proposes queries, in order; the offline engine alone where none is given
 * @param warnBelow confidence under which an answer carries a warning, 0 to 1
 * @param refuseBelow confidence under which there is no answer, 0 to 1
 * @param embeddings whether questions are linked to the catalog by meaning too, beside words
 * @param agents what else models do on the way of a question
 */
public record AskSettings(
    Map<String, ModelSettings> models,
    List<Generator> generators,
    double warnBelow,
    double refuseBelow,
    boolean embeddings,
    Map<Step, Agent> agents) {
  public static final Generator OFFLINE =
      new Generator(
          Kind.OFFLINE,
          Kind.OFFLINE.word(),
          Optional.empty(),
          1,
          OptionalDouble.empty(),
          Optional.empty(),
          Optional.empty(),
          SchemaChoice.FULLER);

  public static final AskSettings DEFAULT =
      new AskSettings(Map.of(), List.of(OFFLINE), 0.5, 0.0, true, Map.of());

  public AskSettings {
    models = Map.copyOf(models);
    generators = List.copyOf(generators);
    agents = Map.copyOf(agents);
  }

  /** The steps that a model may do beside proposing queries. */
  public enum Step {
    /** Tells what a question wants, where rules do not. */
    INTENT("intent"),
    /** Mends what rules do not. */
    REPAIR("repair"),
    /** Decides between candidates. */
    SELECTION("selection"),
    /** Says what the chosen query does. */
    EXPLANATION("explanation"),
    /** Says what the rows of an answer say. */
    NARRATION("narration");

    private final String word;

    Step(String word) {
      this.word = word;
    }

    /** What the configuration calls it. */
    public String word() {
      return word;
    }
  }

  /**
   * A model that does a step.
   *
   * @param model its name
   * @param prompt a template in place of the one that comes with Kurobe
   */
  public record Agent(String model, Optional<Path> prompt) {
    public Agent {
      requireNonNull(model, "model is null");
      requireNonNull(prompt, "prompt is null");
    }
  }

  /** The kinds of what proposes queries. */
  public enum Kind {
    /** A general model that is told what it needs to know. */
    IN_CONTEXT("in-context"),
    /** A model that was trained on a layout of its own. */
    FINE_TUNED("fine-tuned"),
    /** The engine that needs no model. */
    OFFLINE("offline"),
    /** Recorded queries. */
    REPLAY("replay");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** What the configuration calls it. */
    public String word() {
      return word;
    }

    /** Whether it asks a model. */
    public boolean asksAModel() {
      return this == IN_CONTEXT || this == FINE_TUNED;
    }
  }

  /**
   * What proposes queries.
   *
   * @param name after USING and in EXPLAIN ASK
   * @param model the name of the model it asks, for kinds that ask one
   * @param candidates how many it proposes, for each schema it is shown
   * @param temperature of its model; empty means what suits the candidates
   * @param file of recorded queries
   * @param prompt a template in place of the one that comes with Kurobe
   * @param schema what of the catalog its model is shown
   */
  public record Generator(
      Kind kind,
      String name,
      Optional<String> model,
      int candidates,
      OptionalDouble temperature,
      Optional<Path> file,
      Optional<Path> prompt,
      SchemaChoice schema) {
    public Generator {
      requireNonNull(kind, "kind is null");
      requireNonNull(name, "name is null");
      requireNonNull(model, "model is null");
      requireNonNull(temperature, "temperature is null");
      requireNonNull(file, "file is null");
      requireNonNull(prompt, "prompt is null");
      requireNonNull(schema, "schema is null");
    }
  }
}
