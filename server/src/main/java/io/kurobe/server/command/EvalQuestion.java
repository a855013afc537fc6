package io.kurobe.server.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.nl2sql.evaluation.QuestionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of a file of questions.
 *
 * @param id its name in the predictions
 * @param question the question in words
 * @param source the source it is about, or a schema of one as {@code source.schema}; empty asks the
 *     whole catalog
 * @param evidence what is said with it, if anything
 * @param ordered whether the order of the rows counts
 * @param rows the known rows; empty if they are not known, so that it is asked and not scored
 * @param kind what its known query is, where the line has that as {@code sql}
 * @param candidates what recorded systems proposed, by name
 */
record EvalQuestion(
    String id,
    String question,
    Optional<String> source,
    Optional<String> evidence,
    boolean ordered,
    Optional<List<List<@Nullable Object>>> rows,
    Optional<QuestionKind> kind,
    Map<String, String> candidates) {

  /**
   * The questions of a file of JSON lines.
   *
   * @throws IOException if the file cannot be read, or a line is no question
   */
  static List<EvalQuestion> read(Path file, Optional<String> source) throws IOException {
    var mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    List<EvalQuestion> questions = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      JsonNode node;
      try {
        node = mapper.readTree(line);
      } catch (JsonProcessingException e) {
        throw new IOException("line " + number + " of " + file + " is not JSON");
      }
      if (!node.path("question").isTextual()) {
        throw new IOException("line " + number + " of " + file + " has no 'question'");
      }
      questions.add(of(node, number, source));
    }
    return questions;
  }

  private static EvalQuestion of(JsonNode node, int number, Optional<String> source) {
    Map<String, String> candidates = new HashMap<>();
    node.path("candidates")
        .properties()
        .forEach(each -> candidates.put(each.getKey(), each.getValue().asText()));
    return new EvalQuestion(
        node.path("id").asText(Integer.toString(number)),
        node.get("question").asText(),
        source.or(() -> text(node.path("source"))),
        text(node.path("evidence")),
        node.path("ordered").asBoolean(),
        node.path("rows").isArray() ? Optional.of(rows(node.get("rows"))) : Optional.empty(),
        text(node.path("sql")).map(QuestionKind::of),
        candidates);
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() && !node.asText().isBlank()
        ? Optional.of(node.asText())
        : Optional.empty();
  }

  private static List<List<@Nullable Object>> rows(JsonNode array) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (JsonNode row : array) {
      List<@Nullable Object> cells = new ArrayList<>();
      for (JsonNode cell : row) {
        cells.add(
            cell.isNull()
                ? null
                : cell.isNumber()
                    ? cell.decimalValue()
                    : cell.isBoolean() ? (Object) cell.booleanValue() : cell.asText());
      }
      rows.add(cells);
    }
    return rows;
  }

  /** An ASK of it, its words after a first one such as ASK SQL. */
  String ask(String first, List<String> generators) {
    var sql = new StringBuilder(first).append(" '").append(question.replace("'", "''")).append("'");
    source.ifPresent(name -> sql.append(" ON ").append(place(name)));
    if (!generators.isEmpty()) {
      sql.append(" USING ")
          .append(String.join(", ", generators.stream().map(EvalQuestion::quoted).toList()));
    }
    // Each stands alone, whatever was asked before it on the connection.
    sql.append(" WITH (context = false");
    evidence.ifPresent(
        text -> sql.append(", evidence = '").append(text.replace("'", "''")).append('\''));
    return sql.append(')').toString();
  }

  /** A source, or a schema of one: {@code sales} or {@code sales.public}. */
  private static String place(String name) {
    return String.join(".", Arrays.stream(name.split("\\.")).map(EvalQuestion::quoted).toList());
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
