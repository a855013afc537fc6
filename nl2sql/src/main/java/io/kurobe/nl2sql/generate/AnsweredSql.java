package io.kurobe.nl2sql.generate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kurobe.nl2sql.prompt.PromptTemplate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The query in a model's answer: the last block between fences that begins like one, else the first
 * text that does. Nothing is judged here; what is not one query is for the parser to refuse.
 */
public final class AnsweredSql {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** More is no query that anybody wants to run. */
  private static final int MOST_CHARACTERS = 100_000;

  private static final String FENCE = "```";
  private static final Pattern LANGUAGE = Pattern.compile("\\A[ \\t]*[\\w+-]*[ \\t]*(\\R|\\z)");
  private static final Pattern QUERY =
      Pattern.compile(
          "\\A(?>\\s+|\\(|--[^\\n]*\\n|/\\*.*?\\*/){0,200}+(SELECT|WITH|VALUES)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern AT_LINE =
      Pattern.compile(
          "^[ \\t]*\\(?(SELECT\\s|WITH\\s+(RECURSIVE\\s+)?[\\w\"`]+\\s*(\\([^)]{0,300}\\)\\s*)?AS\\b)",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern ANYWHERE =
      Pattern.compile(
          "\\b(SELECT\\s|WITH\\s+(RECURSIVE\\s+)?[\\w\"`]+\\s*(\\([^)]{0,300}\\)\\s*)?AS\\s*\\()",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern STATEMENT =
      Pattern.compile(
          "\\A(?>\\s+|--[^\\n"
              + "]*(\\n"
              + "|\\z)|/\\*.*?\\*/){0,200}+(SELECT|WITH|VALUES|INSERT|UPDATE|DELETE|MERGE|DROP|CREATE|ALTER|TRUNCATE|GRANT|"
              + "REVOKE|COPY|CALL|DO|SET|EXEC|EXECUTE|BEGIN|COMMIT|ATTACH|PRAGMA|KILL|TEACH|ASK|"
              + "SHOW|EXPLAIN)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** The beginning of a statement that goes on with a query. */
  private static final Pattern BEGUN =
      Pattern.compile(
          "^[ \\t]*(INSERT|MERGE|CREATE|REPLACE|COPY|PREPARE|DECLARE|TEACH|EXPLAIN|EXPORT)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  /** An empty line that no query goes on after. */
  private static final Pattern GAP =
      Pattern.compile(
          "\\n"
              + "[ \\t]*\\n"
              + "\\s*+(?!(SELECT|FROM|WHERE|GROUP|HAVING|ORDER|LIMIT|OFFSET|FETCH|UNION|EXCEPT|"
              + "INTERSECT|JOIN|LEFT|RIGHT|FULL|INNER|CROSS|NATURAL|ON|USING|AND|OR|WINDOW|QUALIFY|"
              + "WITH|VALUES|CASE|WHEN|THEN|ELSE|END)\\b|[,()*/+|=<>-])",
          Pattern.CASE_INSENSITIVE);

  private static final int MOST_GAPS = 20;

  private AnsweredSql() {}

  /** How Kurobe's SQL is written, for a prompt. */
  public static String dialect() {
    return PromptTemplate.words(InContextGenerator.class, "dialect.txt").strip();
  }

  /** The query; empty if there is none, or it is too long for one. */
  public static Optional<String> of(String answer) {
    return found(withoutReasoning(answer))
        .map(AnsweredSql::withoutEnd)
        .filter(sql -> !sql.isBlank() && sql.length() <= MOST_CHARACTERS);
  }

  /** Some models think aloud first. */
  private static String withoutReasoning(String answer) {
    int end = answer.lastIndexOf("</think>");
    return end < 0 ? answer : answer.substring(end + "</think>".length());
  }

  private static Optional<String> found(String answer) {
    Optional<String> field = field(answer.strip());
    if (field.isPresent()) {
      return field;
    }
    String[] parts = answer.split(FENCE, -1);
    Optional<String> last = Optional.empty();
    for (int i = parts.length - 1 - parts.length % 2; i > 0; i -= 2) {
      String block = LANGUAGE.matcher(parts[i]).replaceFirst("");
      if (looksLikeAQuery(block)) {
        return Optional.of(block);
      }
      last = last.isEmpty() && !block.isBlank() ? Optional.of(block) : last;
    }
    if (parts.length > 1 && looksLikeAQuery(parts[0])) {
      // The prompt opened the fence, the answer closed it.
      return Optional.of(parts[0]);
    }
    return last.isPresent() ? last : inProse(answer);
  }

  private static boolean looksLikeAQuery(String text) {
    return QUERY.matcher(text.substring(0, Math.min(text.length(), 5_000))).find();
  }

  private static Optional<String> field(String answer) {
    if (!answer.startsWith("{") || !answer.endsWith("}")) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(answer);
      JsonNode sql = node.has("sql") ? node.get("sql") : node.path("query");
      return sql.isTextual() ? Optional.of(sql.asText()) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> inProse(String answer) {
    Matcher start = AT_LINE.matcher(answer);
    if (!start.find()) {
      start = ANYWHERE.matcher(answer);
      if (!start.find()) {
        return Optional.empty();
      }
    }
    int paragraph = answer.lastIndexOf("\n\n", start.start()) + 1;
    Matcher begun = BEGUN.matcher(answer).region(paragraph, start.start());
    if (begun.find()) {
      return Optional.of(answer.substring(begun.start()));
    }
    String rest = answer.substring(start.start());
    int end = SqlText.semicolon(rest);
    if (end >= 0 && STATEMENT.matcher(rest.substring(end + 1)).find()) {
      return Optional.of(rest);
    }
    String query = end >= 0 ? rest.substring(0, end) : rest;
    Matcher gap = GAP.matcher(query);
    for (int gaps = 0; gaps < MOST_GAPS && gap.find(); gaps++) {
      if (SqlText.isBalanced(query.substring(0, gap.start()))) {
        return Optional.of(query.substring(0, gap.start()));
      }
    }
    return Optional.of(query);
  }

  private static String withoutEnd(String sql) {
    int end = sql.length();
    while (end > 0 && (sql.charAt(end - 1) == ';' || Character.isWhitespace(sql.charAt(end - 1)))) {
      end--;
    }
    return sql.substring(0, end).strip();
  }
}
