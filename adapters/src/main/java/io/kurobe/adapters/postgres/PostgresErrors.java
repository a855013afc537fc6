package io.kurobe.adapters.postgres;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The errors of one source, each in one line that names it and without secrets. */
final class PostgresErrors {
  private final String source;

  PostgresErrors(String source) {
    this.source = source;
  }

  /** The source's name. */
  String source() {
    return source;
  }

  /** An error of the driver or the server. */
  KurobeException of(SQLException error) {
    if (isSocketTimeout(error)) {
      return new KurobeException(
          ErrorCode.TIMEOUT, "source " + source + " did not answer in time", error);
    }
    ErrorCode code = code(sqlState(error));
    String says = code == ErrorCode.SOURCE_UNAVAILABLE ? " does not answer: " : ": ";
    return new KurobeException(code, "source " + source + says + line(error), error);
  }

  KurobeException cancelled() {
    return new KurobeException(
        ErrorCode.CANCELLED, "the query was cancelled (source " + source + ")");
  }

  KurobeException cancelledByOthers(SQLException error) {
    return new KurobeException(
        ErrorCode.CANCELLED, "source " + source + " cancelled the query: " + line(error), error);
  }

  KurobeException timeout(Duration timeout, @Nullable SQLException error) {
    return new KurobeException(
        ErrorCode.TIMEOUT,
        "source " + source + " took longer than " + timeout.toMillis() + " ms",
        error);
  }

  /** The time is over, and the server has not said so. */
  KurobeException silent(Duration timeout, @Nullable SQLException error) {
    return new KurobeException(
        ErrorCode.TIMEOUT,
        "source " + source + " did not answer within " + timeout.toMillis() + " ms",
        error);
  }

  KurobeException tooManyConnections(int poolSize) {
    return new KurobeException(
            ErrorCode.TOO_MANY_CONNECTIONS,
            "source " + source + " has all its " + poolSize + " connections in use")
        .withHint("Wait, or raise sources." + source + ".pool.size.");
  }

  KurobeException interrupted() {
    Thread.currentThread().interrupt();
    return cancelled();
  }

  /** A value of a column that Kurobe's types do not hold. */
  KurobeException value(ErrorCode code, String column, String problem) {
    return new KurobeException(
        code, "source " + source + ", column \"" + column + "\": " + problem);
  }

  KurobeException protocol(String problem) {
    return new KurobeException(
        ErrorCode.SOURCE_FAILED, "source " + source + " sent what is no binary COPY: " + problem);
  }

  /** Whether a connection that met this error is of no more use. */
  static boolean isFatal(SQLException error) {
    String state = sqlState(error);
    return state.isEmpty()
        || state.startsWith("08")
        || state.startsWith("57P")
        || isSocketTimeout(error);
  }

  /** Whether the connection is gone, rather than slow. */
  static boolean isLost(SQLException error) {
    String state = sqlState(error);
    return (state.startsWith("08") || state.startsWith("57P")) && !isSocketTimeout(error);
  }

  static boolean isCancel(SQLException error) {
    return sqlState(error).equals("57014");
  }

  private static String sqlState(SQLException error) {
    String state = error.getSQLState();
    return state == null ? "" : state;
  }

  private static boolean isSocketTimeout(SQLException error) {
    return error.getCause() instanceof SocketTimeoutException
        // While connecting this means that nobody is there.
        && !sqlState(error).equals("08001");
  }

  private static ErrorCode code(String state) {
    return switch (state) {
      case "22012" -> ErrorCode.DIVISION_BY_ZERO;
      case "22003" -> ErrorCode.NUMERIC_OUT_OF_RANGE;
      case "22008" -> ErrorCode.DATETIME_OUT_OF_RANGE;
      case "22007", "22P02" -> ErrorCode.INVALID_TEXT_FORM;
      case "21000" -> ErrorCode.MORE_THAN_ONE_ROW;
      // No such database, no more connections.
      case "3D000", "53300" -> ErrorCode.SOURCE_UNAVAILABLE;
      default -> codeOfClass(state);
    };
  }

  private static ErrorCode codeOfClass(String state) {
    if (state.startsWith("22")) {
      return ErrorCode.DATA;
    }
    if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("28")) {
      return ErrorCode.SOURCE_UNAVAILABLE;
    }
    return ErrorCode.SOURCE_FAILED;
  }

  /** What happened, in the server's words if it spoke, else in the driver's. */
  static String line(SQLException error) {
    ServerErrorMessage server =
        error instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    String text = server == null ? error.getMessage() : server.getMessage();
    String line = firstLine(text);
    if (server == null && error.getCause() != null && error.getCause().getMessage() != null) {
      String cause = firstLine(error.getCause().getMessage());
      return line.contains(cause) ? line : line + " (" + cause + ")";
    }
    return line;
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "no message" : text.lines().findFirst().orElse("no message").strip();
  }
}
