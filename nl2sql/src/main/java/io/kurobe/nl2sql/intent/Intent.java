package io.kurobe.nl2sql.intent;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What a question wants. */
public sealed interface Intent {
  /** Rows of data: a query is to be found. */
  record Data() implements Intent {}

  /**
   * What there is to ask about.
   *
   * @param sql a query over the catalog's own tables that answers it
   * @param explanation what that gives, in words
   */
  record Catalog(String sql, String explanation) implements Intent {
    public Catalog {
      requireNonNull(sql, "sql is null");
      requireNonNull(explanation, "explanation is null");
    }
  }

  /** Nothing of data: it was said to a person. */
  record Talk() implements Intent {}

  /**
   * What the catalog does not hold.
   *
   * @param reason a sentence
   */
  record Unanswerable(String reason) implements Intent {
    public Unanswerable {
      requireNonNull(reason, "reason is null");
    }
  }

  /**
   * One of several things, and the asker is to say which.
   *
   * @param meanings whole questions, at least two
   */
  record Ambiguous(List<String> meanings) implements Intent {
    public Ambiguous {
      meanings = List.copyOf(meanings);
      if (meanings.size() < 2) {
        throw new IllegalArgumentException("what has one meaning is not ambiguous");
      }
    }
  }
}
