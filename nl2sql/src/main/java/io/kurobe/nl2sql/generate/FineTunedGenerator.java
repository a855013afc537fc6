package io.kurobe.nl2sql.generate;

import io.kurobe.nl2sql.model.LanguageModel;
import io.kurobe.nl2sql.mschema.MSchema;
import io.kurobe.nl2sql.mschema.MSchemaForm;
import io.kurobe.nl2sql.prompt.Piece;
import io.kurobe.nl2sql.prompt.Prompt;
import io.kurobe.nl2sql.prompt.PromptTemplate;
import io.kurobe.planner.catalog.CatalogSnapshot;
import io.kurobe.planner.catalog.SourceCatalog;
import io.kurobe.planner.privacy.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;

/**
 * A model that was trained to write SQL and expects the layout it was trained on: by default that
 * of XiYanSQL-QwenCoder, with the question before and after M-Schema in its original form. Where
 * several sources have a schema of a name, it is shown in the federated form. Threads share it.
 */
public final class FineTunedGenerator implements Generator {
  /** The places of its prompt. */
  public static final Set<String> PLACES =
      Set.of("dialect", "schema", "instructions", "evidence", "question");

  /** Of those such models know, the one that Kurobe's SQL is nearest to. */
  private static final String DIALECT = "PostgreSQL";

  private final ModelDraft draft;
  private final SchemaChoice shown;
  private final PromptTemplate template;

  /**
   * Makes it.
   *
   * @param candidates for each schema it is shown
   * @param temperature empty means 0 for one candidate, more for several
   * @param template with {@link #PLACES}
   * @param threads that wait for models, and for nothing else; not closed here
   */
  public FineTunedGenerator(
      String name,
      LanguageModel model,
      int candidates,
      OptionalDouble temperature,
      SchemaChoice shown,
      PromptTemplate template,
      ExecutorService threads) {
    this.draft = new ModelDraft(name, model, candidates, temperature, threads);
    this.shown = shown;
    this.template = template;
  }

  /** The prompt that comes with Kurobe. */
  public static PromptTemplate standard() {
    return PromptTemplate.resource(FineTunedGenerator.class, "fine-tuned.txt", PLACES);
  }

  @Override
  public String name() {
    return draft.name();
  }

  @Override
  public List<Proposal> propose(GenerationTask task) {
    Redaction redaction =
        task.support().models().redaction(new ShownValues(task.schema().get().fuller()));
    List<Prompt> prompts = new ArrayList<>();
    for (MSchema schema : shown.of(task.schema().get())) {
      Prompt prompt =
          template.fill(
              redaction,
              Map.of(
                  "dialect",
                  new Piece.Words(DIALECT),
                  "schema",
                  new Piece.Data(form(schema, task.support().catalog()).write(schema)),
                  "instructions",
                  new Piece.Data(String.join("\n", task.support().instructions())),
                  "evidence",
                  new Piece.Asked(task.question().options().getOrDefault("evidence", "")),
                  "question",
                  new Piece.Asked(task.question().text())));
      if (prompts.stream().noneMatch(prompt::says)) {
        prompts.add(prompt);
      }
    }
    return draft.propose(prompts, redaction, task);
  }

  /**
   * The original form leaves sources out: it is for schemas whose names are of one source alone.
   */
  private static MSchemaForm form(MSchema schema, CatalogSnapshot catalog) {
    boolean clear =
        schema.tables().stream()
            .map(table -> table.place().schema())
            .distinct()
            .allMatch(name -> catalog.sources().stream().filter(has(name)).count() == 1);
    return clear ? MSchemaForm.STRICT : MSchemaForm.FEDERATED;
  }

  private static Predicate<SourceCatalog> has(String schema) {
    return source ->
        source.metadata().schemas().stream().anyMatch(each -> each.name().equals(schema));
  }
}
