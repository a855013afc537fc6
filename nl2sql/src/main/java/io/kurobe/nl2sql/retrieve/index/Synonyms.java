package io.kurobe.nl2sql.retrieve.index;

import io.kurobe.planner.catalog.TableName;
import java.util.List;
import java.util.Optional;

/** Other words for tables and columns, as people who use them say. Threads share it. */
public interface Synonyms {
  /** No other words. */
  Synonyms NONE = (table, column) -> List.of();

  /**
   * Words or phrases for a table or one of its columns.
   *
   * @param column empty for the table itself
   */
  List<String> of(TableName table, Optional<String> column);
}
