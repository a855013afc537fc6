package io.kurobe.nl2sql.generate;

import static java.util.Objects.requireNonNull;

/** A question with the query that is known to answer it. */
public record Example(String question, String sql) {
  public Example {
    requireNonNull(question, "question is null");
    requireNonNull(sql, "sql is null");
  }
}
