package io.kurobe.server.config;

import io.kurobe.nl2sql.model.ModelSettings;
import io.kurobe.server.config.AskSettings.Agent;
import io.kurobe.server.config.AskSettings.Generator;
import io.kurobe.server.config.AskSettings.Step;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code ask:}. */
final class AskReader {
  private AskReader() {}

  static AskSettings read(Section section, Path directory) {
    Map<String, ModelSettings> models = ModelReader.read(section.section("models"), directory);
    List<Generator> generators = GeneratorReader.read(section, models.keySet(), directory);
    Section confidence = section.section("confidence");
    double warn = fraction(confidence, "warn", AskSettings.DEFAULT.warnBelow());
    double refuse = fraction(confidence, "refuse", AskSettings.DEFAULT.refuseBelow());
    confidence.finish();
    boolean embeddings =
        section.oneOf(
            "embeddings", Map.of("on", true, "off", false), AskSettings.DEFAULT.embeddings());
    Map<Step, Agent> agents = agents(section, models.keySet(), directory);
    section.finish();
    return new AskSettings(
        models,
        generators.isEmpty() ? AskSettings.DEFAULT.generators() : generators,
        warn,
        refuse,
        embeddings,
        agents);
  }

  private static Map<Step, Agent> agents(Section ask, Set<String> models, Path directory) {
    Map<Step, Agent> agents = new EnumMap<>(Step.class);
    Section section = ask.section("agents");
    for (Step step : Step.values()) {
      if (section.has(step.word())) {
        Section agent = section.section(step.word());
        GeneratorReader.checkModel(agent, models);
        Optional<Path> prompt = agent.text("prompt").map(directory::resolve);
        agent.text("model").ifPresent(model -> agents.put(step, new Agent(model, prompt)));
        agent.finish();
      }
    }
    section.finish();
    return agents;
  }

  private static double fraction(Section section, String key, double standard) {
    return section.value(
        key, standard, "a number from 0 to 1", text -> number(text).filter(value -> value <= 1));
  }

  /** A number that is not negative. */
  static Optional<Double> number(String text) {
    try {
      double number = Double.parseDouble(text.strip());
      return number >= 0 && number <= Double.MAX_VALUE ? Optional.of(number) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
