package io.kurobe.nl2sql.generate;

import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.mschema.MSchema;
import io.kurobe.nl2sql.mschema.MSchemaForm;
import io.kurobe.nl2sql.prompt.Piece;
import io.kurobe.nl2sql.prompt.Prompt;
import io.kurobe.nl2sql.prompt.PromptTemplate;
import io.kurobe.planner.privacy.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

/**
 * A general model that is told what it needs to know: the linked schema as M-Schema, how Kurobe's
 * SQL is written, and verified questions like the one asked (Gao et al., "XiYan-SQL", arXiv
 * 2411.08599). Threads share it.
 */
public final class InContextGenerator implements Generator {
  /** The places of its prompt. */
  public static final Set<String> PLACES =
      Set.of("dialect", "schema", "examples", "instructions", "evidence", "question");

  private static final int MOST_EXAMPLES = 5;

  private final ModelDraft draft;
  private final SchemaChoice shown;
  private final PromptTemplate template;
  private final ExampleSource examples;
  private final String dialect = AnsweredSql.dialect();

  /**
   * Makes it.
   *
   * @param candidates for each schema it is shown
   * @param temperature empty means 0 for one candidate, more for several
   * @param template with {@link #PLACES}
   * @param threads that wait for models, and for nothing else; not closed here
   */
  public InContextGenerator(
      String name,
      LanguageModel model,
      int candidates,
      OptionalDouble temperature,
      SchemaChoice shown,
      PromptTemplate template,
      ExampleSource examples,
      ExecutorService threads) {
    this.draft = new ModelDraft(name, model, candidates, temperature, threads);
    this.shown = shown;
    this.template = template;
    this.examples = examples;
  }

  /** The prompt that comes with Kurobe. */
  public static PromptTemplate standard() {
    return PromptTemplate.resource(InContextGenerator.class, "in-context.txt", PLACES);
  }

  @Override
  public String name() {
    return draft.name();
  }

  @Override
  public List<Proposal> propose(GenerationTask task) {
    MSchema all = task.schema().get().fuller();
    Redaction redaction = task.support().models().redaction(new ShownValues(all));
    List<Prompt> prompts = new ArrayList<>();
    for (MSchema schema : shown.of(task.schema().get())) {
      Prompt prompt = template.fill(redaction, pieces(task, schema));
      if (prompts.stream().noneMatch(prompt::says)) {
        prompts.add(prompt);
      }
    }
    return draft.propose(prompts, redaction, task);
  }

  private Map<String, Piece> pieces(GenerationTask task, MSchema schema) {
    return Map.of(
        "dialect",
        new Piece.Words(dialect),
        "schema",
        new Piece.Data(MSchemaForm.FEDERATED.write(schema)),
        "examples",
        new Piece.Data(
            examples.nearest(task, MOST_EXAMPLES).stream()
                .map(example -> "Question: " + line(example.question()) + "\n" + example.sql())
                .collect(Collectors.joining("\n\n"))),
        "instructions",
        new Piece.Data(String.join("\n", task.support().instructions())),
        "evidence",
        new Piece.Asked(task.question().options().getOrDefault("evidence", "")),
        "question",
        new Piece.Asked(task.question().text()));
  }

  private static String line(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
