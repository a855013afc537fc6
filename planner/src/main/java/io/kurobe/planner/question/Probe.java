package io.kurobe.planner.question;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of a query that was run to compare it with others.
 *
 * @param rows values as Arrow gives them, text as String
 * @param complete whether these are all
 */
public record Probe(List<List<@Nullable Object>> rows, boolean complete) {
  public Probe {
    rows = rows.stream().map(row -> Collections.unmodifiableList(new ArrayList<>(row))).toList();
  }
}
