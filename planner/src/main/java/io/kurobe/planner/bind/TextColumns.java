package io.kurobe.planner.bind;

import java.util.Map;

/** What a bound table tells of its columns that are text here. */
public interface TextColumns {
  /** The source's own type of each VARCHAR, CHAR or JSON column, by column name. */
  Map<String, String> nativeTypesOfText();
}
