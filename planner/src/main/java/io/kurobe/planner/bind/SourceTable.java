package io.kurobe.planner.bind;

import io.kurobe.adapters.source.PlannedTable;

/** What a bound table tells of the table of a source that it stands for. */
public interface SourceTable {
  /** The table as the catalog described it when the statement was bound. */
  PlannedTable planned();
}
