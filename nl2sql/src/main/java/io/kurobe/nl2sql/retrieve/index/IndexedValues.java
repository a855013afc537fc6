package io.kurobe.nl2sql.retrieve.index;

import io.kurobe.adapters.source.TableMetadata;
import io.kurobe.planner.catalog.TableName;
import java.util.List;
import java.util.Map;

/**
 * Where stored values for the index come from. What it gives is kept on disk: nothing of a source
 * or a column whose values are kept from models. Threads share it.
 */
public interface IndexedValues {
  /** No values. */
  IndexedValues NONE =
      new IndexedValues() {
        @Override
        public long version() {
          return 0;
        }

        @Override
        public Map<String, List<String>> of(TableName name, TableMetadata table) {
          return Map.of();
        }
      };

  /** Grows whenever a value that was given may have to go. */
  long version();

  /** The most frequent values by column, cheap to tell; columns without are left out. */
  Map<String, List<String>> of(TableName name, TableMetadata table);
}
