package io.kurobe.planner.bind;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.adapters.error.NearestNames;
import io.kurobe.adapters.error.StatementPosition;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;

/** Turns the validator's complaints into ours: code, one line, position, nearest names. */
final class BindErrors {
  private static final Pattern UNKNOWN_COLUMN =
      Pattern.compile("Column '(.*)' not found in (any table|table '(.*)')");
  private static final Pattern AMBIGUOUS = Pattern.compile("Column '(.*)' is ambiguous");
  private static final Pattern UNKNOWN_PREFIX = Pattern.compile("Table '(.*)' not found");
  private static final Pattern UNKNOWN_OBJECT =
      Pattern.compile("Object '(.*)' not found(?: within '(.*)')?");
  private static final Pattern UNKNOWN_FUNCTION =
      Pattern.compile("No match found for function signature (.*)");
  private static final Pattern GROUPING = Pattern.compile("Expression '(.*)' is not being grouped");
  private static final Pattern CANNOT_APPLY =
      Pattern.compile("(Cannot apply .*?|Cannot infer .*?)(?:\\. Supported form.*)?");

  private static final Pattern ILLEGAL_TIME =
      Pattern.compile("Illegal (DATE|TIME|TIMESTAMP)(?: WITH.*)? literal '(.*)': .*");

  private BindErrors() {}

  /**
   * Translates an error of validation.
   *
   * @param columns the columns of the tables the statement reads, for nearest names
   * @param shared labels that several columns of one derived table have
   */
  static KurobeException translate(
      CalciteContextException error, Collection<String> columns, Set<String> shared) {
    Throwable cause = error.getCause() == null ? error : error.getCause();
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    KurobeException ours = explain(message, columns, shared, error);
    return error.getPosLine() > 0
        ? ours.at(new StatementPosition(error.getPosLine(), Math.max(error.getPosColumn(), 1)))
        : ours;
  }

  private static KurobeException explain(
      String message, Collection<String> columns, Set<String> shared, Throwable cause) {
    Matcher matcher = UNKNOWN_COLUMN.matcher(message);
    if (matcher.matches()) {
      if (shared.stream().anyMatch(matcher.group(1)::equalsIgnoreCase)) {
        return ambiguous(matcher.group(1), cause);
      }
      String where = matcher.group(3) == null ? "" : " in " + matcher.group(3);
      return unknownColumn(matcher.group(1), where, columns, cause);
    }
    matcher = AMBIGUOUS.matcher(message);
    if (matcher.matches()) {
      return ambiguous(matcher.group(1), cause);
    }
    matcher = UNKNOWN_PREFIX.matcher(message);
    if (matcher.matches()) {
      return new KurobeException(
              ErrorCode.UNKNOWN_TABLE,
              "no table or alias " + matcher.group(1) + " in the FROM clause",
              cause)
          .withHint("columns are prefixed by the alias, or by the table's name if it has none");
    }
    matcher = UNKNOWN_OBJECT.matcher(message);
    if (matcher.matches()) {
      return new KurobeException(
          ErrorCode.UNKNOWN_TABLE, matcher.group(1) + " does not exist", cause);
    }
    matcher = UNKNOWN_FUNCTION.matcher(message);
    if (matcher.matches()) {
      return new KurobeException(
          ErrorCode.UNKNOWN_FUNCTION,
          "no function takes these arguments: " + matcher.group(1).replaceAll("[<>]", ""),
          cause);
    }
    matcher = GROUPING.matcher(message);
    if (matcher.matches()) {
      return new KurobeException(
              ErrorCode.GROUPING, matcher.group(1) + " is neither grouped nor aggregated", cause)
          .withHint("add it to GROUP BY or put it into an aggregate such as MAX");
    }
    matcher = CANNOT_APPLY.matcher(message);
    if (matcher.matches()) {
      return new KurobeException(ErrorCode.TYPE_MISMATCH, lowerFirst(matcher.group(1)), cause);
    }
    matcher = ILLEGAL_TIME.matcher(message);
    if (matcher.matches()) {
      ErrorCode code =
          matcher.group(2).matches("\\d{4}-\\d\\d-\\d\\d.*")
              ? ErrorCode.DATETIME_OUT_OF_RANGE
              : ErrorCode.INVALID_TEXT_FORM;
      return new KurobeException(
          code, "no " + matcher.group(1) + " is '" + matcher.group(2) + "'", cause);
    }
    return new KurobeException(ErrorCode.INVALID_QUERY, lowerFirst(message), cause);
  }

  private static KurobeException ambiguous(String column, Throwable cause) {
    return new KurobeException(
            ErrorCode.AMBIGUOUS_COLUMN, "column " + column + " is ambiguous", cause)
        .withHint("put the table's name or alias before it, or give each an alias of its own");
  }

  private static KurobeException unknownColumn(
      String column, String where, Collection<String> columns, Throwable cause) {
    var error =
        new KurobeException(
            ErrorCode.UNKNOWN_COLUMN, "column " + column + " does not exist" + where, cause);
    String last = column.substring(column.lastIndexOf('.') + 1);
    List<String> near = NearestNames.of(last, columns);
    return near.isEmpty() ? error : error.withHint(NearestNames.hint(near));
  }

  private static String lowerFirst(String message) {
    if (message.isEmpty()) {
      return "the query is not valid";
    }
    // A word in capitals, such as OVER, stays one.
    return message.length() > 1 && Character.isUpperCase(message.charAt(1))
        ? message
        : Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }
}
