package io.kurobe.nl2sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question with its rows, and what real systems proposed for it.
 *
 * @param said what the systems were told besides the question
 * @param candidates queries in SQLite's dialect by system
 */
record Recorded(
    String id,
    String question,
    String said,
    String sql,
    boolean ordered,
    List<List<@Nullable Object>> rows,
    Map<String, String> candidates) {

  static List<Recorded> read(Path file) throws IOException {
    var mapper = new ObjectMapper();
    List<Recorded> questions = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode node = mapper.readTree(line);
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (JsonNode row : node.get("rows")) {
        List<@Nullable Object> cells = new ArrayList<>();
        row.forEach(
            cell ->
                cells.add(
                    cell.isNull() ? null : cell.isNumber() ? cell.decimalValue() : cell.asText()));
        rows.add(cells);
      }
      Map<String, String> candidates = new LinkedHashMap<>();
      node.get("candidates")
          .fields()
          .forEachRemaining(each -> candidates.put(each.getKey(), each.getValue().asText()));
      questions.add(
          new Recorded(
              node.get("id").asText(),
              node.get("question").asText(),
              node.path("evidence").asText(""),
              node.get("sql").asText(),
              node.get("ordered").asBoolean(),
              rows,
              candidates));
    }
    return questions;
  }
}
