package io.kurobe.nl2sql.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Queries that some system proposed for known questions, from a file of JSON lines: {@code
 * question} with {@code sql}, or with {@code candidates}, an object of queries by the name of the
 * system, each of which is a generator of its own; {@code source} tells equal questions of several
 * sources apart. For evaluation. Immutable; threads share it.
 */
public final class ReplayGenerator implements Generator {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final long MOST_BYTES = 256L << 20;

  private final String name;

  /** By question, then by source, '' where none is named. */
  private final Map<String, Map<String, String>> queries = new HashMap<>();

  private ReplayGenerator(String name) {
    this.name = name;
  }

  /**
   * The generators of a file, in the order in which their names first appear.
   *
   * @param name of the one whose queries are called {@code sql}
   * @throws KurobeException CONFIGURATION if the file cannot be read, with the line
   */
  public static List<Generator> of(Path file, String name) {
    Map<String, ReplayGenerator> generators = new LinkedHashMap<>();
    int number = 0;
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw wrong(file, "is too large");
      }
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          number++;
          if (!line.isBlank()) {
            read(JSON.readTree(line), name, generators, file, number);
          }
        }
      }
    } catch (JsonProcessingException e) {
      throw wrong(file, "is not JSON in line " + number);
    } catch (IOException e) {
      throw wrong(file, "cannot be read");
    }
    if (generators.isEmpty()) {
      throw wrong(file, "holds no queries");
    }
    return List.copyOf(generators.values());
  }

  private static void read(
      JsonNode line, String name, Map<String, ReplayGenerator> generators, Path file, int number) {
    JsonNode question = line.path("question");
    JsonNode candidates = line.path("candidates");
    if (!question.isTextual() || question.asText().isBlank()) {
      throw wrong(file, "has no 'question' in line " + number);
    }
    if (!candidates.isObject() && !line.path("sql").isTextual()) {
      throw wrong(file, "has neither 'sql' nor 'candidates' in line " + number);
    }
    String source = line.path("source").asText("").toLowerCase(Locale.ROOT);
    if (candidates.isObject()) {
      candidates
          .properties()
          .forEach(
              each -> {
                if (each.getValue().isTextual()) {
                  add(generators, each.getKey(), question, source, each.getValue());
                } else if (!each.getValue().isNull()) {
                  throw wrong(
                      file,
                      "has a candidate '" + each.getKey() + "' that is no text in line " + number);
                }
              });
    } else {
      add(generators, name, question, source, line.path("sql"));
    }
  }

  private static void add(
      Map<String, ReplayGenerator> generators,
      String name,
      JsonNode question,
      String source,
      JsonNode sql) {
    generators
        .computeIfAbsent(name, ReplayGenerator::new)
        .queries
        .computeIfAbsent(normalised(question.asText()), some -> new LinkedHashMap<>())
        .putIfAbsent(source, sql.asText());
  }

  private static KurobeException wrong(Path file, String what) {
    return new KurobeException(
        ErrorCode.CONFIGURATION, "the file " + file + " of recorded queries " + what);
  }

  private static String normalised(String question) {
    return question.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Proposal> propose(GenerationTask task) {
    Map<String, String> known = queries.getOrDefault(normalised(task.question().text()), Map.of());
    String sql =
        task.question().scope().stream()
            .map(parts -> known.get(parts.get(0).toLowerCase(Locale.ROOT)))
            .filter(found -> found != null)
            .findFirst()
            .or(() -> known.values().stream().findFirst())
            .flatMap(AnsweredSql::of)
            .orElseThrow(this::unknown);
    return List.of(Proposal.of(name, sql, 0));
  }

  private KurobeException unknown() {
    return new KurobeException(
        ErrorCode.NOT_UNDERSTOOD, "'" + name + "' has no query recorded for this question");
  }
}
