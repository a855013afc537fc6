package io.kurobe.nl2sql.evaluation;

import java.util.Locale;

/** What kind of query a question asks for, as the query that answers it shows. */
public enum QuestionKind {
  SINGLE,
  JOIN,
  GROUP,
  NESTED,
  SET;

  /** The kind of a known query: the first of set, nested, group and join that it has. */
  public static QuestionKind of(String sql) {
    String lower = sql.toLowerCase(Locale.ROOT);
    if (lower.matches("(?s).*\\b(union|intersect|except)\\b.*")) {
      return SET;
    }
    if (lower.matches("(?s).*\\(\\s*select.*")) {
      return NESTED;
    }
    return lower.contains("group by") ? GROUP : lower.contains(" join ") ? JOIN : SINGLE;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
