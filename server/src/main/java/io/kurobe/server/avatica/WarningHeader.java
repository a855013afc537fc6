package io.kurobe.server.avatica;

import io.kurobe.planner.Execution.Warning;
import io.kurobe.server.statement.Run;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The warnings of a statement as the value of an HTTP header, as Avatica's messages carry none: the
 * statement's number, its query id, and for each warning its SQLSTATE, a colon and its text in the
 * encoding of HTML forms, all separated by blanks. Its length is bounded; what does not fit is left
 * out.
 */
public final class WarningHeader {
  private static final int MOST = 4_000;
  private static final int LONGEST_TEXT = 500;

  private WarningHeader() {}

  /** The header's value; it names the statement even where there is nothing to warn of. */
  public static String of(int statement, Run run) {
    var value = new StringBuilder().append(statement).append(' ').append(run.queryId());
    for (Warning warning : run.warnings()) {
      String text = warning.message();
      String shown = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
      String encoded = URLEncoder.encode(shown, StandardCharsets.UTF_8);
      if (value.length() + encoded.length() > MOST) {
        break;
      }
      value.append(' ').append(warning.sqlState()).append(':').append(encoded);
    }
    return value.toString();
  }
}
