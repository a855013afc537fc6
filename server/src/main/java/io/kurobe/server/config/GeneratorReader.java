package io.kurobe.server.config;

import io.kurobe.adapters.error.NearestNames;
import io.kurobe.nl2sql.generate.SchemaChoice;
import io.kurobe.server.config.AskSettings.Generator;
import io.kurobe.server.config.AskSettings.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads {@code ask.generators:}. */
final class GeneratorReader {
  private static final double HOTTEST = 2;
  private static final Map<String, Kind> KINDS =
      Arrays.stream(Kind.values()).collect(Collectors.toMap(Kind::word, Function.identity()));

  private GeneratorReader() {}

  static List<Generator> read(Section ask, Set<String> models, Path directory) {
    List<Generator> generators = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section entry : ask.sections("generators")) {
      generator(entry, models, directory)
          .ifPresent(
              generator -> {
                if (!names.add(generator.name().toLowerCase(Locale.ROOT))) {
                  entry.problem(
                      "two generators are named '"
                          + generator.name()
                          + "'; give one a 'name' of its own");
                }
                generators.add(generator);
              });
    }
    return generators;
  }

  private static Optional<Generator> generator(Section entry, Set<String> models, Path directory) {
    Optional<String> type = entry.text("type");
    Optional<Kind> kind = type.map(word -> KINDS.get(word.strip()));
    if (type.isEmpty()) {
      entry.problem("'type' is missing; it is one of " + kinds());
    } else if (kind.isEmpty()) {
      entry.problem(
          "type",
          "unknown type '"
              + entry.written("type")
              + "'; there are "
              + kinds()
              + NearestNames.of(type.get(), KINDS.keySet()).stream()
                  .findFirst()
                  .map(nearest -> "; did you mean '" + nearest + "'?")
                  .orElse(""));
    }
    Optional<String> model = entry.text("model");
    Optional<Path> file = entry.text("file").map(directory::resolve);
    Optional<Path> prompt = entry.text("prompt").map(directory::resolve);
    OptionalDouble temperature =
        entry
            .value(
                "temperature",
                Optional.<Double>empty(),
                "a number from 0 to 2",
                text -> AskReader.number(text).filter(value -> value <= HOTTEST).map(Optional::of))
            .map(OptionalDouble::of)
            .orElseGet(OptionalDouble::empty);
    Optional<Generator> generator =
        kind.map(
            known ->
                new Generator(
                    known,
                    entry.text("name", known.word()),
                    model,
                    entry.integer("candidates", 1, 1, 20),
                    temperature,
                    file,
                    prompt,
                    entry.oneOf(
                        "schema",
                        Map.of(
                            "precise", SchemaChoice.PRECISE,
                            "fuller", SchemaChoice.FULLER,
                            "both", SchemaChoice.BOTH),
                        SchemaChoice.FULLER)));
    if (kind.isEmpty()) {
      entry.allow(Set.of("name", "candidates", "schema"));
    } else {
      check(entry, kind.get(), models);
    }
    entry.finish();
    return generator;
  }

  private static void check(Section entry, Kind kind, Set<String> models) {
    String who = "a generator of type " + kind.word();
    if (kind.asksAModel()) {
      checkModel(entry, models);
    } else {
      for (String key : List.of("model", "prompt", "temperature", "schema", "candidates")) {
        if (entry.has(key)) {
          entry.problem(key, who + " has no '" + key + "'");
        }
      }
    }
    if (kind == Kind.OFFLINE && entry.has("name")) {
      entry.problem("name", who + " has no other name");
    }
    if (kind == Kind.REPLAY && !entry.has("file")) {
      entry.problem("'file' is missing; " + who + " reads recorded queries from one");
    }
    if (kind != Kind.REPLAY && entry.has("file")) {
      entry.problem("file", who + " has no 'file'");
    }
  }

  /** Complains of a model that is missing or that nobody knows. */
  static void checkModel(Section entry, Set<String> models) {
    Optional<String> model = entry.text("model");
    if (model.isEmpty()) {
      entry.problem("'model' is missing: the name of one of 'models'");
    } else if (!models.contains(model.get())) {
      entry.problem(
          "model",
          "no model is named '"
              + entry.written("model")
              + "'"
              + NearestNames.of(model.get(), models).stream()
                  .findFirst()
                  .map(nearest -> "; did you mean '" + nearest + "'?")
                  .orElse(""));
    }
  }

  private static String kinds() {
    return String.join(", ", KINDS.keySet().stream().sorted().toList());
  }
}
