package io.kurobe.adapters.embedded;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What DuckDB says of a CSV file that it cannot read, made one line: it takes many for the file,
 * the line, the column and the value, and more for advice about settings that nobody has here.
 */
final class FileErrors {
  private static final int LONGEST_VALUE = 100;
  private static final Set<String> INTEGERS =
      Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "INT8", "INT16", "INT32");

  private static final Pattern LINE = Pattern.compile("CSV Error on Line: (\\d+)");
  private static final Pattern FILE = Pattern.compile("(?m)^ *file = (.+)$");
  private static final Pattern VALUE =
      Pattern.compile(
          "Error when converting column \"(.*)\"\\. Could not convert string \"(.*)\" to '([^'\n"
              + "]*)'",
          Pattern.DOTALL);

  private static final Pattern PROBLEM =
      Pattern.compile("(?m)^((?:Expected Number of Columns|Value with|Maximum line|Invalid).*)$");

  private FileErrors() {}

  /** The error of a CSV file; empty if it is none. */
  static Optional<KurobeException> of(String message, Throwable error) {
    Matcher line = LINE.matcher(message);
    if (!line.find()) {
      return Optional.empty();
    }
    String where = "file \"" + file(message) + "\", line " + line.group(1);
    Matcher value = VALUE.matcher(message);
    if (!value.find()) {
      Matcher problem = PROBLEM.matcher(message);
      String what = problem.find() ? problem.group(1) : "it is not read as a row";
      return Optional.of(new KurobeException(ErrorCode.DATA, where + ": " + what, error));
    }
    String text = value.group(2);
    String type = value.group(3);
    String shown = text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    return Optional.of(
        new KurobeException(
                isTooLarge(text, type)
                    ? ErrorCode.NUMERIC_OUT_OF_RANGE
                    : ErrorCode.INVALID_TEXT_FORM,
                where + ", column \"" + value.group(1) + "\": \"" + shown + "\" is no " + type,
                error)
            .withHint("The types of a CSV file's columns are told by its first 20,480 rows."));
  }

  private static String file(String message) {
    Matcher file = FILE.matcher(message);
    String path = file.find() ? file.group(1) : "";
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static boolean isTooLarge(String text, String type) {
    String number = text.strip();
    return INTEGERS.contains(type)
        ? number.matches("[+-]?\\d+")
        : type.startsWith("DECIMAL") && number.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)");
  }
}
