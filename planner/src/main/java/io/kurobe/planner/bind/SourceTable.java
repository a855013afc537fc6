package io.kurobe.planner.bind;

import io.kurobe.adapters.source.PlannedTable;
import io.kurobe.planner.catalog.TableName;

/** What a bound table tells of the table of a source that it stands for. */
public interface SourceTable {
  /** Its name in the unified catalog, wherever it is read. */
  TableName name();

  /** The table as the catalog described it when the statement was bound. */
  PlannedTable planned();
}
