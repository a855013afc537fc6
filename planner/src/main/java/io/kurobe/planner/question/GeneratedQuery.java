package io.kurobe.planner.question;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.sql.SqlNode;

/**
 * The query chosen for a question.
 *
 * @param query its tree, unvalidated; whoever uses it copies it first, as validation rewrites trees
 * @param sql its text in Kurobe's own SQL, for people to read
 * @param confidence 0 to 1
 * @param warnings what the asker should know, a sentence each
 * @param explanation what the query does, in plain words
 */
public record GeneratedQuery(
    SqlNode query, String sql, double confidence, List<String> warnings, String explanation) {
  public GeneratedQuery {
    requireNonNull(query, "query is null");
    requireNonNull(sql, "sql is null");
    requireNonNull(explanation, "explanation is null");
    warnings = List.copyOf(warnings);
  }
}
