package io.kurobe.adapters.trino;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The one place where Trino's errors become Kurobe's, by the numbers of its StandardErrorCode. */
final class TrinoErrors {
  private static final int USER_CANCELED = 3;
  private static final int PERMISSION_DENIED = 4;
  private static final int DIVISION_BY_ZERO = 8;
  private static final int INVALID_CAST_ARGUMENT = 9;
  private static final int NOT_SUPPORTED = 13;
  private static final int NUMERIC_VALUE_OUT_OF_RANGE = 19;
  private static final int SUBQUERY_MULTIPLE_ROWS = 28;
  private static final int CATALOG_NOT_FOUND = 44;
  private static final int SCHEMA_NOT_FOUND = 45;
  private static final int TABLE_NOT_FOUND = 46;
  private static final int INSUFFICIENT_RESOURCES = 0x0002_0000;
  private static final int EXCEEDED_TIME_LIMIT = INSUFFICIENT_RESOURCES + 3;

  /** What a cast says of a number that is too large, under the code it has for texts too. */
  private static final Pattern NUMBER_OUT_OF_RANGE =
      Pattern.compile(
          "Out of range|Cannot cast (DECIMAL|BIGINT|INTEGER|SMALLINT|TINYINT|DOUBLE|REAL)\\b",
          Pattern.CASE_INSENSITIVE);

  private final String source;

  TrinoErrors(String source) {
    this.source = source;
  }

  /** Whether a cluster that is well says that there is no such thing, or not for this user. */
  static boolean isRefusal(SQLException error) {
    return switch (error.getErrorCode()) {
      case PERMISSION_DENIED, NOT_SUPPORTED, CATALOG_NOT_FOUND, SCHEMA_NOT_FOUND, TABLE_NOT_FOUND ->
          true;
      default -> false;
    };
  }

  KurobeException of(Throwable error) {
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (at instanceof KurobeException known) {
        return known;
      }
    }
    String reason = firstLine(error).replaceFirst("^Query failed \\(#[^)]*\\): ", "");
    if (!(error instanceof SQLException sql)) {
      return failed(ErrorCode.SOURCE_FAILED, " failed: " + reason, error);
    }
    int code = sql.getErrorCode();
    return switch (code) {
      case USER_CANCELED -> failed(ErrorCode.CANCELLED, ": the query was cancelled", error);
      case DIVISION_BY_ZERO -> failed(ErrorCode.DIVISION_BY_ZERO, ": division by zero", error);
      case INVALID_CAST_ARGUMENT ->
          failed(
              NUMBER_OUT_OF_RANGE.matcher(reason).lookingAt()
                  ? ErrorCode.NUMERIC_OUT_OF_RANGE
                  : ErrorCode.INVALID_TEXT_FORM,
              ": " + reason,
              error);
      case NUMERIC_VALUE_OUT_OF_RANGE ->
          failed(ErrorCode.NUMERIC_OUT_OF_RANGE, ": " + reason, error);
      case SUBQUERY_MULTIPLE_ROWS -> failed(ErrorCode.MORE_THAN_ONE_ROW, ": " + reason, error);
      case EXCEEDED_TIME_LIMIT -> failed(ErrorCode.TIMEOUT, ": " + reason, error);
      default -> other(code, reason, sql);
    };
  }

  private KurobeException other(int code, String reason, SQLException error) {
    Optional<IOException> network = network(error);
    if (network.isPresent()) {
      String what =
          network.get() instanceof InterruptedIOException
              ? "no answer in time"
              : firstLine(network.get());
      return failed(ErrorCode.SOURCE_UNAVAILABLE, " is unavailable: " + what, error);
    }
    if ("08001".equals(error.getSQLState())) {
      return failed(ErrorCode.SOURCE_UNAVAILABLE, " is unavailable: " + reason, error);
    }
    boolean resources = code >= INSUFFICIENT_RESOURCES && code < INSUFFICIENT_RESOURCES + 0x1_0000;
    return failed(
        resources ? ErrorCode.OUT_OF_MEMORY : ErrorCode.SOURCE_FAILED, " failed: " + reason, error);
  }

  /** What the network did, below what the driver makes of it. */
  private static Optional<IOException> network(Throwable error) {
    Optional<IOException> found = Optional.empty();
    for (Throwable at = error; at != null; at = at.getCause()) {
      if (at instanceof IOException io) {
        found = Optional.of(io);
      }
    }
    return found;
  }

  private KurobeException failed(ErrorCode code, String what, Throwable error) {
    return new KurobeException(code, "source " + source + what, error);
  }

  private static String firstLine(Throwable error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("no message");
  }
}
