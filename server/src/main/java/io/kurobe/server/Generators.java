package io.kurobe.server;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.nl2sql.OfflineQuestions;
import io.kurobe.nl2sql.generate.ExampleSource;
import io.kurobe.nl2sql.generate.FineTunedGenerator;
import io.kurobe.nl2sql.generate.Generator;
import io.kurobe.nl2sql.generate.InContextGenerator;
import io.kurobe.nl2sql.generate.OfflineGenerator;
import io.kurobe.nl2sql.generate.ReplayGenerator;
import io.kurobe.nl2sql.model.guard.GuardedModels;
import io.kurobe.nl2sql.prompt.PromptTemplate;
import io.kurobe.server.config.AskSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * The generators of a configuration.
 *
 * @param threads that wait for models, and for nothing else
 */
record Generators(
    GuardedModels models,
    OfflineQuestions offline,
    ExampleSource examples,
    ExecutorService threads) {
  /**
   * The generators, in the configuration's order.
   *
   * @throws KurobeException CONFIGURATION if a prompt or recorded queries cannot be read
   */
  List<Generator> of(AskSettings settings) {
    List<Generator> generators = new ArrayList<>();
    settings.generators().forEach(each -> generators.addAll(of(each)));
    Set<String> names = new HashSet<>();
    for (Generator generator : generators) {
      if (!names.add(generator.name().toLowerCase(Locale.ROOT))) {
        throw new KurobeException(
            ErrorCode.CONFIGURATION,
            "two generators are named '" + generator.name() + "', one of them in recorded queries");
      }
    }
    return generators;
  }

  private List<Generator> of(AskSettings.Generator settings) {
    return switch (settings.kind()) {
      case OFFLINE -> List.of(new OfflineGenerator(offline));
      case REPLAY -> ReplayGenerator.of(settings.file().orElseThrow(), settings.name());
      case IN_CONTEXT ->
          List.of(
              new InContextGenerator(
                  settings.name(),
                  models.model(settings.model().orElseThrow()),
                  settings.candidates(),
                  settings.temperature(),
                  settings.schema(),
                  settings
                      .prompt()
                      .map(file -> PromptTemplate.file(file, InContextGenerator.PLACES))
                      .orElseGet(InContextGenerator::standard),
                  examples,
                  threads));
      case FINE_TUNED ->
          List.of(
              new FineTunedGenerator(
                  settings.name(),
                  models.model(settings.model().orElseThrow()),
                  settings.candidates(),
                  settings.temperature(),
                  settings.schema(),
                  settings
                      .prompt()
                      .map(file -> PromptTemplate.file(file, FineTunedGenerator.PLACES))
                      .orElseGet(FineTunedGenerator::standard),
                  threads));
    };
  }
}
