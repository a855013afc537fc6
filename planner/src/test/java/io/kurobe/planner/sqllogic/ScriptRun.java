package io.kurobe.planner.sqllogic;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.sqllogic.ScriptTables.Placement;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Runs scripts, or every so manieth query of theirs, in the placements. Threads share it. */
final class ScriptRun {
  /** Whether each query runs in every placement, or in the next one after the last query's. */
  enum Turns {
    EVERY_PLACEMENT,
    ONE_AFTER_ANOTHER
  }

  private final Path directory;
  private final List<Placement> placements;
  private final Turns turns;
  private final NotSupported notSupported;
  private final Tally tally;

  ScriptRun(Path directory, Turns turns, NotSupported notSupported, Tally tally) {
    this.directory = directory;
    this.placements = List.of(Placement.values());
    this.turns = turns;
    this.notSupported = notSupported;
    this.tally = tally;
  }

  /** Runs queries spread evenly over a script, {@code most} at most. */
  void run(String group, String name, int most) throws IOException, SQLException {
    Script script = Script.read(name);
    long queries = script.queries();
    if (queries == 0) {
      throw new IOException(name + " asks nothing");
    }
    long sampled = Math.min(queries, most);
    long met = 0;
    int ran = 0;
    try (var tables = new ScriptTables(name.replaceAll("\\W", "_"), directory)) {
      for (Entry entry : script.entries()) {
        if (entry instanceof Entry.Statement statement) {
          if (!execute(tables, statement, name)) {
            return;
          }
        } else if (entry instanceof Entry.Query query) {
          // The next one where the share of those that have run falls behind.
          if (met * sampled / queries != (met + 1) * sampled / queries) {
            for (Placement placement : placements(ran++)) {
              tally.add(group, placement, name, query, outcome(tables, placement, query));
            }
          }
          met++;
        }
      }
    }
  }

  private List<Placement> placements(int ran) {
    return turns == Turns.EVERY_PLACEMENT
        ? placements
        : List.of(placements.get(ran % placements.size()));
  }

  /** Fills tables; false if a source refused what the suite says that it takes. */
  private boolean execute(ScriptTables tables, Entry.Statement statement, String script) {
    try {
      tables.execute(statement.sql());
      return true;
    } catch (SQLException e) {
      if (!statement.fails()) {
        tally.left(script, statement.sql() + ": " + e.getMessage());
      }
      return statement.fails();
    }
  }

  private Outcome outcome(ScriptTables tables, Placement placement, Entry.Query query)
      throws IOException, SQLException {
    try {
      String difference = query.answer().difference(query, tables.query(placement, query.sql()));
      return difference == null ? new Outcome.Right() : new Outcome.Wrong(difference);
    } catch (KurobeException e) {
      String error = e.code() + ": " + e.getMessage();
      return new Outcome.Refused(notSupported.reason(error), error);
    } catch (AssertionError | RuntimeException e) {
      return new Outcome.Refused("", e.toString());
    }
  }
}
