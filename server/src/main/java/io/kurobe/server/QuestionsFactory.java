package io.kurobe.server;

import com.github.benmanes.caffeine.cache.Ticker;
import io.kurobe.nl2sql.OfflineQuestions;
import io.kurobe.nl2sql.conversation.Answers;
import io.kurobe.nl2sql.conversation.Clarification;
import io.kurobe.nl2sql.conversation.ClarifyingQuestions;
import io.kurobe.nl2sql.conversation.ConversationQuestions;
import io.kurobe.nl2sql.conversation.Conversations;
import io.kurobe.nl2sql.conversation.Rewriter;
import io.kurobe.nl2sql.generate.Generator;
import io.kurobe.nl2sql.intent.IntentQuestions;
import io.kurobe.nl2sql.memory.MemoryQuestions;
import io.kurobe.nl2sql.memory.TaughtExamples;
import io.kurobe.nl2sql.model.guard.GuardedModels;
import io.kurobe.nl2sql.narrate.NarratingQuestions;
import io.kurobe.nl2sql.offline.link.Meanings;
import io.kurobe.nl2sql.pipeline.AgentQuestions;
import io.kurobe.nl2sql.retrieve.SchemaLinker;
import io.kurobe.nl2sql.select.Agreement;
import io.kurobe.nl2sql.semantic.SemanticQuestions;
import io.kurobe.nl2sql.validate.CandidateValidator;
import io.kurobe.planner.question.Questions;
import io.kurobe.server.config.AskSettings;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** Puts what understands questions together. */
final class QuestionsFactory {
  /** Threads that wait for language models, over all questions; they do nothing else. */
  private static final int MODEL_THREADS = 32;

  /**
   * What understands questions, with what it keeps running.
   *
   * @param stopping ends what runs in the background
   */
  record Built(Questions questions, Runnable stopping) implements AutoCloseable {
    @Override
    public void close() {
      stopping.run();
    }
  }

  private QuestionsFactory() {}

  /**
   * Makes it.
   *
   * @param linker links questions to the catalog
   * @param meanings what words mean that no name has
   */
  static Built create(PlannerFactory.Parts parts, SchemaLinker linker, Meanings meanings) {
    var offline = new OfflineQuestions(meanings);
    AskSettings ask = parts.configuration().ask();
    var models = new GuardedModels(ask.models(), parts.tokens(), parts.models(), Clock.systemUTC());
    ExecutorService threads = FederatedPlannerFactory.pool("models", MODEL_THREADS);
    List<Generator> generators =
        new Generators(models, offline, new TaughtExamples(parts.memory()), threads).of(ask);
    var steps = new ModelSteps(models, ask);
    Questions agents =
        new AgentQuestions(
            generators,
            linker,
            new CandidateValidator(),
            new Agreement(steps.judge()),
            steps.agents(),
            offline);
    Questions clear =
        new ClarifyingQuestions(agents, new Clarification(offline, Answers.ofPlanner()));
    var layered = new SemanticQuestions(clear, parts.configuration().semantic());
    Questions remembering =
        new MemoryQuestions(new IntentQuestions(steps.intents(linker), layered), parts.memory());
    Questions questions =
        new ConversationQuestions(
            new NarratingQuestions(remembering, steps.narrator()),
            new Conversations(Ticker.systemTicker(), parts.conversations()),
            new Rewriter(layered.reading(offline)));
    return new Built(questions, threads::shutdownNow);
  }
}
