package io.kurobe.server.config;

import io.kurobe.server.config.AskSettings.Generator;
import io.kurobe.server.config.AskSettings.Model;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code ask:}. */
final class AskReader {
  private AskReader() {}

  static AskSettings read(Section section) {
    Map<String, Model> models = models(section.section("models"));
    List<Generator> generators = new ArrayList<>();
    for (Section entry : section.sections("generators")) {
      generators.add(generator(entry, models));
    }
    Section confidence = section.section("confidence");
    double warn = fraction(confidence, "warn", AskSettings.DEFAULT.warnBelow());
    double refuse = fraction(confidence, "refuse", AskSettings.DEFAULT.refuseBelow());
    confidence.finish();
    section.finish();
    return new AskSettings(
        models, generators.isEmpty() ? AskSettings.DEFAULT.generators() : generators, warn, refuse);
  }

  private static Map<String, Model> models(Section section) {
    Map<String, Model> models = new LinkedHashMap<>();
    for (String name : section.names()) {
      Section model = section.section(name);
      String provider = model.text("provider", "");
      if (provider.isEmpty()) {
        model.problem("'provider' is missing");
      }
      models.put(
          name, new Model(provider, model.text("model"), model.text("url"), model.text("apiKey")));
      model.finish();
    }
    return models;
  }

  private static Generator generator(Section entry, Map<String, Model> models) {
    String type = entry.text("type", "");
    if (type.isEmpty()) {
      entry.problem("'type' is missing");
    }
    Optional<String> model = entry.text("model");
    if (model.isPresent() && !models.containsKey(model.get())) {
      entry.problem("model", "no model is named '" + model.get() + "'");
    }
    Generator generator = new Generator(type, model, entry.integer("candidates", 1, 1, 100));
    entry.finish();
    return generator;
  }

  private static double fraction(Section section, String key, double standard) {
    return section.value(
        key,
        standard,
        "a number from 0 to 1",
        text -> {
          try {
            double number = Double.parseDouble(text.strip());
            return number >= 0 && number <= 1 ? Optional.of(number) : Optional.empty();
          } catch (NumberFormatException e) {
            return Optional.empty();
          }
        });
  }
}
