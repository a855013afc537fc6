package io.kurobe.planner.catalog;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.Map;
import java.util.Optional;

/**
 * Where it is kept what people say of tables and columns of sources, in the place of what the
 * sources say. Declared here and implemented by the server's state store; threads share it.
 */
public interface Comments {
  /** All of them; the same map as long as nothing changes. */
  Map<Subject, String> all();

  /** Keeps a comment in the place of the one before, or forgets it where no text is given. */
  void put(Subject subject, Optional<String> text, String author);

  /**
   * A table, or a column of it.
   *
   * @param column empty for the table itself
   */
  record Subject(TableName table, Optional<String> column) {
    public Subject {
      requireNonNull(table, "table is null");
      requireNonNull(column, "column is null");
    }
  }

  /** Keeps nothing. */
  Comments NONE =
      new Comments() {
        @Override
        public Map<Subject, String> all() {
          return Map.of();
        }

        @Override
        public void put(Subject subject, Optional<String> text, String author) {
          throw new KurobeException(ErrorCode.NOT_SUPPORTED, "nothing is kept here");
        }
      };
}
