package io.kurobe.server;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.agent.Agents;
import io.kurobe.nl2sql.agent.ModelAgent;
import io.kurobe.nl2sql.agent.ModelExplainer;
import io.kurobe.nl2sql.agent.ModelJudge;
import io.kurobe.nl2sql.agent.ModelMender;
import io.kurobe.nl2sql.intent.IntentAgent;
import io.kurobe.nl2sql.intent.ModelIntents;
import io.kurobe.nl2sql.intent.RuleIntents;
import io.kurobe.nl2sql.model.guard.GuardedModels;
import io.kurobe.nl2sql.narrate.NarratingQuestions;
import io.kurobe.nl2sql.prompt.PromptTemplate;
import io.kurobe.nl2sql.retrieve.SchemaLinker;
import io.kurobe.nl2sql.select.Judge;
import io.kurobe.server.config.AskSettings;
import io.kurobe.server.config.AskSettings.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What models do on the way of a question beside proposing queries, as it is configured.
 *
 * @param models the models of the configuration
 * @param ask says which step has one
 */
record ModelSteps(GuardedModels models, AskSettings ask) {
  /**
   * Those that repair and explain.
   *
   * @throws KurobeException CONFIGURATION if a prompt cannot be read
   */
  Agents agents() {
    return new Agents(
        agent(Step.REPAIR, ModelMender.NAME, ModelMender.PLACES, ModelMender::standard)
            .map(ModelMender::new),
        agent(
                Step.EXPLANATION,
                ModelExplainer.NAME,
                ModelExplainer.PLACES,
                ModelExplainer::standard)
            .map(ModelExplainer::new));
  }

  /** The one that decides where candidates disagree. */
  Optional<Judge> judge() {
    return agent(Step.SELECTION, ModelJudge.NAME, ModelJudge.PLACES, ModelJudge::standard)
        .map(ModelJudge::new);
  }

  /** Those that tell what a question wants: rules, then a model. */
  List<IntentAgent> intents(SchemaLinker linker) {
    List<IntentAgent> intents = new ArrayList<>(List.of(new RuleIntents()));
    agent(Step.INTENT, ModelIntents.NAME, ModelIntents.PLACES, ModelIntents::standard)
        .map(agent -> new ModelIntents(agent, linker))
        .ifPresent(intents::add);
    return intents;
  }

  /** The one that says what rows say. */
  Optional<ModelAgent> narrator() {
    return agent(
        Step.NARRATION,
        NarratingQuestions.NAME,
        NarratingQuestions.PLACES,
        NarratingQuestions::standard);
  }

  private Optional<ModelAgent> agent(
      Step step, String name, Set<String> places, Supplier<PromptTemplate> standard) {
    return Optional.ofNullable(ask.agents().get(step))
        .map(
            settings ->
                new ModelAgent(
                    name,
                    models.model(settings.model()),
                    settings
                        .prompt()
                        .map(file -> PromptTemplate.file(file, places))
                        .orElseGet(standard)));
  }
}
