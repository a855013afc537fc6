package io.kurobe.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.adapters.error.KurobeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.impl.SqlParserImpl;
import org.junit.jupiter.api.Test;

/**
 * The 6,705 queries that answer Spider's questions. They are data that the project does not hold:
 * found beside it, or where KUROBE_SHARED says.
 */
class GoldQueriesTest {
  private static final int QUERIES = 6_705;

  @Test
  void readsAllOfThemAndThoseOfCalciteAsCalciteDoes() throws Exception {
    Path file = shared().resolve("data/spider-train/questions.jsonl");
    assumeTrue(
        Files.exists(file), () -> "NOT RUN: the gold queries are not at " + file.toAbsolutePath());
    var mapper = new ObjectMapper();
    var stock = StatementParser.config().withParserFactory(SqlParserImpl.FACTORY);
    var parser = new StatementParser();
    List<String> unread = new ArrayList<>();
    List<String> different = new ArrayList<>();
    int queries = 0;
    for (String line : Files.readAllLines(file)) {
      var question = mapper.readTree(line);
      String sql = question.get("sql").asText();
      String id = question.get("id").asText();
      queries++;
      try {
        String tree = parser.parseQuery(sql).toString();
        if (!SqlParserTree.of(sql, stock).map(tree::equals).orElse(true)) {
          different.add(id);
        }
      } catch (KurobeException e) {
        unread.add(id + ": " + e.getMessage());
      }
    }

    assertThat(queries).isEqualTo(QUERIES);
    assertThat(unread).isEmpty();
    assertThat(different).isEmpty();
  }

  private static Path shared() {
    return Optional.ofNullable(System.getenv("KUROBE_SHARED"))
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("kurobe.root", "..")).resolveSibling("shared"));
  }

  /** What Calcite's own grammar makes of a query; empty where it cannot read it. */
  private static final class SqlParserTree {
    static Optional<String> of(String sql, SqlParser.Config config) {
      try {
        return Optional.of(SqlParser.create(sql, config).parseQuery().toString());
      } catch (SqlParseException e) {
        return Optional.empty();
      }
    }
  }
}
