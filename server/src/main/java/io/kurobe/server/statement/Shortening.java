package io.kurobe.server.statement;

import io.kurobe.planner.Execution.Warning;
import java.util.ArrayList;
import java.util.List;

/** The one warning of a statement that says which of its values were shortened. */
final class Shortening {
  private static final String SQLSTATE = "01004";

  private Shortening() {}

  /** A statement's warnings with one sentence more of what was shortened. */
  static List<Warning> warnedOf(String sentence, List<Warning> warnings) {
    List<Warning> all = new ArrayList<>();
    String message = sentence;
    for (Warning warning : warnings) {
      if (warning.sqlState().equals(SQLSTATE)) {
        message = warning.message() + "; " + message;
      } else {
        all.add(warning);
      }
    }
    all.add(new Warning(SQLSTATE, message));
    return List.copyOf(all);
  }
}
