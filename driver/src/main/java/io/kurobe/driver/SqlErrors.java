package io.kurobe.driver;

import com.fasterxml.jackson.databind.JsonNode;
import io.kurobe.driver.arrow.ArrowFormatException;
import java.io.IOException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.avatica.AvaticaClientRuntimeException;
import org.apache.calcite.avatica.remote.JsonService;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.jspecify.annotations.Nullable;

/**
 * The one place where anything that went wrong becomes a {@link SQLException}: the subclass that
 * JDBC names for the SQLSTATE's class, the server's number as vendor code, a message of one line,
 * and nothing of the server's stack.
 */
final class SqlErrors {
  static final String CONNECTION_REFUSED = "08001";
  static final String CONNECTION_CLOSED = "08003";
  static final String CONNECTION_LOST = "08006";
  static final String PROTOCOL_VIOLATION = "08P01";
  static final String NOT_AUTHENTICATED = "28000";
  static final String NO_SUCH_STATEMENT = "26000";
  static final String CANCELLED = "57014";
  static final String NOT_SUPPORTED = "0A000";
  static final String OBJECT_CLOSED = "HY010";

  /** The server's numbers that the driver itself also gives. */
  static final int CANCELLED_NUMBER = 1015;

  static final int TIMEOUT_NUMBER = 4001;

  /** What Avatica's client puts before the server's own words. */
  private static final String AVATICA_PREFIX = "Remote driver error: ";

  private static final int LONGEST_MESSAGE = 8_000;

  private SqlErrors() {}

  static SQLException of(String sqlState, String message) {
    return of(sqlState, 0, message, null);
  }

  static SQLException of(String sqlState, int number, String message, @Nullable Throwable cause) {
    String line = oneLine(message);
    switch (sqlState.substring(0, 2)) {
      case "08":
        return new SQLNonTransientConnectionException(line, sqlState, number, cause);
      case "0A":
        return new SQLFeatureNotSupportedException(line, sqlState, number, cause);
      case "22":
        return new SQLDataException(line, sqlState, number, cause);
      case "28":
        return new SQLInvalidAuthorizationSpecException(line, sqlState, number, cause);
      case "42":
        return new SQLSyntaxErrorException(line, sqlState, number, cause);
      case "53":
        return new SQLTransientException(line, sqlState, number, cause);
      default:
        return number == TIMEOUT_NUMBER
            ? new SQLTimeoutException(line, sqlState, number, cause)
            : new SQLException(line, sqlState, number, cause);
    }
  }

  static SQLException unsupported(String what) {
    return of(NOT_SUPPORTED, what + " is not supported");
  }

  static SQLException cancelled() {
    return of(CANCELLED, CANCELLED_NUMBER, "the statement was cancelled", null);
  }

  static SQLException timedOut(int seconds) {
    return of(
        CANCELLED,
        TIMEOUT_NUMBER,
        "the statement was cancelled after its time-out of " + seconds + " s",
        null);
  }

  static SQLException notUnderstood(@Nullable Throwable cause) {
    return of(
        PROTOCOL_VIOLATION,
        0,
        "the answer is not one of a Kurobe server that this driver understands",
        cause);
  }

  /**
   * What JDBC's caller gets for a throwable of any layer. Avatica wraps exceptions in its own, so
   * the first {@link WireException} on the chain of causes is what counts.
   */
  static SQLException translate(Throwable problem) {
    int depth = 0;
    for (Throwable e = problem; e != null && depth < 20; e = e.getCause(), depth++) {
      if (e instanceof WireException) {
        return ((WireException) e).sqlException();
      }
      if (e instanceof AvaticaClientRuntimeException) {
        return fromServer((AvaticaClientRuntimeException) e);
      }
      if (e instanceof ArrowFormatException) {
        return notUnderstood(e);
      }
    }
    if (problem instanceof SQLException) {
      SQLException e = (SQLException) problem;
      if (e.getSQLState() != null) {
        return e;
      }
      if (e instanceof SQLFeatureNotSupportedException) {
        String message = e.getMessage();
        return of(NOT_SUPPORTED, message == null ? "this is not supported" : message);
      }
      return of("HY000", 0, String.valueOf(e.getMessage()), e.getCause());
    }
    if (problem instanceof UnsupportedOperationException) {
      return of(NOT_SUPPORTED, 0, "this is not supported", problem);
    }
    return of("HY000", 0, "the driver failed: " + problem, problem);
  }

  /** The error that the columnar wire's JSON tells. */
  static SQLException ofWire(byte[] json) {
    try {
      JsonNode error = JsonService.MAPPER.readTree(json);
      String state = error.path("sqlState").asText();
      if (state.length() == 5 && error.path("message").isTextual()) {
        return of(state, error.path("code").asInt(), error.path("message").asText(), null);
      }
      return notUnderstood(null);
    } catch (IOException e) {
      return notUnderstood(e);
    }
  }

  /** What the server says of an error, in either form; empty if that cannot be read. */
  static Optional<String> told(byte[] json) {
    try {
      JsonNode error = JsonService.MAPPER.readTree(json);
      return Stream.of("message", "errorMessage")
          .map(error::path)
          .filter(JsonNode::isTextual)
          .map(JsonNode::asText)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static SQLException fromServer(AvaticaClientRuntimeException e) {
    String message = e.getMessage() == null ? "the server gave no reason" : e.getMessage();
    if (message.startsWith(AVATICA_PREFIX)) {
      message = message.substring(AVATICA_PREFIX.length());
    }
    if (e.getErrorCode() == ErrorResponse.MISSING_CONNECTION_ERROR_CODE) {
      return of(
          CONNECTION_CLOSED, "the server does not know this connection any more: connect again");
    }
    String state = e.getSqlState();
    if (state == null || state.length() != 5 || "00000".equals(state)) {
      state = "HY000";
    } else if (ErrorResponse.UNAUTHORIZED_SQL_STATE.equals(state)) {
      state = NOT_AUTHENTICATED;
    }
    return of(state, Math.max(0, e.getErrorCode()), message, null);
  }

  /** Lines are joined, so that a hint on a line of its own stays readable after the message. */
  private static String oneLine(String message) {
    String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
  }
}
