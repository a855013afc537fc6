package io.kurobe.nl2sql.offline.rank;

import io.kurobe.nl2sql.offline.build.Query;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;

/**
 * A query that may be what was asked.
 *
 * @param tree its tree, parsed and valid
 * @param ignored words that it leaves out
 * @param faint how many of them seldom matter
 * @param dropped names that were understood but are not in it
 * @param linking how well its names fit, 0 to 1
 * @param weakest how well the worst of them fits
 * @param unseen quoted texts that are no stored values we know of
 * @param partial how many names fit only in part
 * @param vague whether no name fits well
 * @param words how many words the question has
 */
public record Candidate(
    Query query,
    String sql,
    SqlNode tree,
    List<String> ignored,
    int faint,
    List<String> dropped,
    double linking,
    double weakest,
    int unseen,
    int partial,
    boolean vague,
    int words) {
  public Candidate {
    ignored = List.copyOf(ignored);
    dropped = List.copyOf(dropped);
  }

  /** The words that it leaves out, understood or not. */
  public List<String> leftOut() {
    return Stream.concat(ignored.stream(), dropped.stream()).distinct().toList();
  }
}
