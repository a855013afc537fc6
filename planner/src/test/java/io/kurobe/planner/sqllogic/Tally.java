package io.kurobe.planner.sqllogic;

import io.kurobe.planner.sqllogic.ScriptTables.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts of a run, per group of scripts and placement. Threads share it. */
final class Tally {
  /** One group in one placement. */
  private static final class Count {
    private int right;
    private int wrong;
    private int refused;
  }

  private final Map<String, Count> counts = new TreeMap<>();
  private final Map<String, Integer> reasons = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> unexplained = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  synchronized void add(
      String group, Placement placement, String script, Entry.Query query, Outcome outcome) {
    Count count = counts.computeIfAbsent(group + "\t" + placement, key -> new Count());
    String place = script + ":" + query.line() + " " + placement + ": ";
    if (outcome instanceof Outcome.Right) {
      count.right++;
    } else if (outcome instanceof Outcome.Wrong difference) {
      count.wrong++;
      wrong.add(place + difference.difference() + "\n" + query.sql());
    } else if (outcome instanceof Outcome.Refused refused) {
      count.refused++;
      if (refused.reason().isEmpty()) {
        unexplained.add(place + refused.error() + "\n" + query.sql());
      } else {
        reasons.merge(refused.reason(), 1, Integer::sum);
      }
    }
  }

  /** A script that goes no further, as a source takes no statement of it that fills tables. */
  synchronized void left(String script, String why) {
    left.add(script + ": " + why);
  }

  /** Queries that gave other rows than the suite says. */
  synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** Queries refused with an error that the list does not have. */
  synchronized List<String> unexplained() {
    return List.copyOf(unexplained);
  }

  /** The share of queries of a group, in all placements, that gave rows. */
  synchronized double executed(String group) {
    double executed = 0;
    double all = 0;
    for (Map.Entry<String, Count> entry : counts.entrySet()) {
      if (entry.getKey().startsWith(group + "\t")) {
        Count count = entry.getValue();
        executed += count.right + count.wrong;
        all += count.right + count.wrong + count.refused;
      }
    }
    return all == 0 ? 0 : executed / all;
  }

  /** A line per group and placement, then the reasons of what was refused. */
  synchronized String report() {
    var text = new StringBuilder("group\tplacement\tright\twrong\trefused\n");
    counts.forEach(
        (key, count) ->
            text.append(key)
                .append('\t')
                .append(count.right)
                .append('\t')
                .append(count.wrong)
                .append('\t')
                .append(count.refused)
                .append('\n'));
    reasons.forEach((reason, number) -> text.append(number + "\t" + reason + "\n"));
    left.forEach(line -> text.append("LEFT " + line + "\n"));
    wrong.forEach(line -> text.append("WRONG " + line + "\n"));
    unexplained.forEach(line -> text.append("UNEXPLAINED " + line + "\n"));
    return text.toString();
  }
}
