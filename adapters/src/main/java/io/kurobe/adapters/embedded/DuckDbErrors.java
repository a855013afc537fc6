package io.kurobe.adapters.embedded;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one place where DuckDB's errors become Kurobe's. DuckDB gives no SQLSTATE: the kind of an
 * error is the beginning of its message, such as {@code Conversion Error:}.
 */
public final class DuckDbErrors {
  /** What it has used of what it may, as in {@code (4.8 MiB/5.0 MiB used)}. */
  private static final Pattern SPILLED =
      Pattern.compile("failed to offload data block .*\\([^/]*/([^/]*) used\\)");

  /** An error that a plan's own expression raised. */
  private static final Pattern CODED = Pattern.compile("(22003|22P02): (.*)");

  private static final Pattern OF_FILE = Pattern.compile("(?i)\\bfile [\"']/");

  private static final Pattern NO_FUNCTION =
      Pattern.compile("Catalog Error: .*Function with name (\\w+) does not exist.*");

  private DuckDbErrors() {}

  /** An error of the engine while it ran a plan. */
  public static KurobeException ofEngine(Throwable error) {
    return of(error, ErrorCode.INTERNAL, "the DuckDB engine failed: ");
  }

  /** An error of a DuckDB source; the message names it. */
  public static KurobeException ofSource(String source, Throwable error) {
    KurobeException told = of(error, ErrorCode.SOURCE_FAILED, "source " + source + " failed: ");
    if (told.getMessage().contains(source)) {
      return told;
    }
    var named =
        new KurobeException(
            told.code(), "source " + source + ": " + told.getMessage(), told.getCause());
    return told.hint().map(named::withHint).orElse(named);
  }

  private static KurobeException of(Throwable error, ErrorCode otherwise, String prefix) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (at instanceof KurobeException known) {
        return known;
      }
    }
    Optional<KurobeException> ofFile = FileErrors.of(String.valueOf(error.getMessage()), error);
    if (ofFile.isPresent()) {
      return ofFile.get();
    }
    String message = firstLine(error.getMessage());
    String kind = message.contains("Error:") ? message.substring(0, message.indexOf(':')) : "";
    String detail = detail(message);
    String lower = detail.toLowerCase(Locale.ROOT);
    Matcher coded = CODED.matcher(detail);
    if (coded.matches()) {
      return new KurobeException(
          coded.group(1).equals("22003")
              ? ErrorCode.NUMERIC_OUT_OF_RANGE
              : ErrorCode.INVALID_TEXT_FORM,
          coded.group(2),
          error);
    }
    if (message.contains("Division by zero")) {
      return new KurobeException(ErrorCode.DIVISION_BY_ZERO, "division by zero", error);
    }
    if (message.contains("More than one row returned by a subquery")) {
      return new KurobeException(
          ErrorCode.MORE_THAN_ONE_ROW, "a subquery used as a value gave more than one row", error);
    }
    Matcher spilled = SPILLED.matcher(message);
    if (spilled.find()) {
      return new KurobeException(
              ErrorCode.DISK_FULL,
              "the query spills more than the engine may: " + spilled.group(1) + " of disk",
              error)
          .withHint("raise engine.spillLimit or engine.memory, or read less");
    }
    Matcher noFunction = NO_FUNCTION.matcher(message);
    if (noFunction.matches()) {
      return new KurobeException(
          ErrorCode.NOT_SUPPORTED,
          noFunction.group(1).toUpperCase(Locale.ROOT) + " is not supported: DuckDB lacks it",
          error);
    }
    if (isDiskFull(lower)) {
      return new KurobeException(
              ErrorCode.DISK_FULL, "the disk the engine spills to is full", error)
          .withHint("free space, or set engine.spill to a directory that has some");
    }
    return switch (kind) {
      case "Out of Memory Error" ->
          new KurobeException(
                  ErrorCode.OUT_OF_MEMORY,
                  "the query needs more memory than the engine's memory_limit: " + detail,
                  error)
              .withHint("raise engine.memory, or read less");
      case "INTERRUPT Error" ->
          new KurobeException(ErrorCode.CANCELLED, "the query was cancelled", error);
      case "Conversion Error" -> new KurobeException(conversion(lower), detail, error);
      case "Out of Range Error" -> new KurobeException(range(lower), detail, error);
      case "Invalid Input Error" ->
          detail.equals("Invalid result set")
              ? new KurobeException(otherwise, prefix + "it gave no reason", error)
              : new KurobeException(ErrorCode.DATA, detail, error);
      case "IO Error", "Data Corruption Error" ->
          new KurobeException(
              ErrorCode.SOURCE_FAILED,
              "a file could not be read or written: " + withoutDirectories(detail),
              error);
      default -> new KurobeException(otherwise, prefix + message, error);
    };
  }

  private static boolean isDiskFull(String lower) {
    return lower.contains("no space left on device");
  }

  private static ErrorCode conversion(String lower) {
    if (lower.contains("out of range") || lower.contains("not in timestamp range")) {
      return isDatetime(lower) ? ErrorCode.DATETIME_OUT_OF_RANGE : ErrorCode.NUMERIC_OUT_OF_RANGE;
    }
    return lower.startsWith("could not cast value") && lower.contains(" to decimal")
        ? ErrorCode.NUMERIC_OUT_OF_RANGE
        : ErrorCode.INVALID_TEXT_FORM;
  }

  private static ErrorCode range(String lower) {
    if (lower.startsWith("cannot take")) {
      return ErrorCode.DATA;
    }
    return isDatetime(lower) ? ErrorCode.DATETIME_OUT_OF_RANGE : ErrorCode.NUMERIC_OUT_OF_RANGE;
  }

  private static boolean isDatetime(String lower) {
    return lower.contains("date") || lower.contains("timestamp") || lower.contains("interval");
  }

  /** What went wrong, without the kind and without advice about DuckDB's own settings. */
  private static String detail(String message) {
    String detail =
        message.contains("Error: ")
            ? message.substring(message.indexOf("Error: ") + "Error: ".length())
            : message;
    for (String advice : new String[] {" Use TRY(", " You might want to"}) {
      int at = detail.indexOf(advice);
      detail = at < 0 ? detail : detail.substring(0, at);
    }
    return OF_FILE.matcher(detail).find() ? withoutDirectories(detail).strip() : detail;
  }

  /** Names of files without the directories they are in, which are the host's own business. */
  public static String withoutDirectories(String text) {
    return text.replaceAll("(?i)(file|pattern) ([\"'])[^\"']*/", "$1 $2")
        .replaceAll("\"?/[^\\s\":]*/([^/\\s\":]+)\"?", "$1");
  }

  static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("no message");
  }
}
