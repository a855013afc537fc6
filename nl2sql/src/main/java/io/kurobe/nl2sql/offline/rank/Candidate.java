package io.kurobe.nl2sql.offline.rank;

import io.kurobe.nl2sql.offline.build.Query;
import java.util.List;
import org.apache.calcite.sql.SqlNode;

/**
 * A query that may be what was asked.
 *
 * @param tree its tree, parsed and valid
 * @param ignored words that it leaves out
 * @param linking how well its names fit, 0 to 1
 * @param words how many words the question has
 */
public record Candidate(
    Query query, String sql, SqlNode tree, List<String> ignored, double linking, int words) {
  public Candidate {
    ignored = List.copyOf(ignored);
  }
}
