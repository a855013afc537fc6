package io.kurobe.server.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.server.statement.ErrorMapping;
import io.kurobe.server.statement.StatementException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.avatica.remote.JsonService;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the columnar wire.
 *
 * @param status HTTP's
 * @param state what follows, in the header {@value #STATE}; empty for what is no part of a result
 * @param warnings the header of the statement's warnings; empty for what is no statement's
 */
public record WireAnswer(
    int status,
    String contentType,
    Optional<State> state,
    Optional<String> warnings,
    ByteBuffer body) {
  /** The header of an answer that says what follows. */
  public static final String STATE = "Kurobe-State";

  /** The header of every answer that says of which version the catalog is. */
  public static final String CATALOG = "Kurobe-Catalog";

  /** What follows a page. */
  public enum State {
    /** There may be more rows. */
    MORE("more"),
    /** There are none. */
    END("end"),
    /** The statement gives none. */
    NONE("none");

    private final String text;

    State(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final String ARROW = "application/vnd.apache.arrow.stream";
  private static final String JSON = "application/json;charset=utf-8";
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_LARGE = 413;
  private static final int SERVER_ERROR = 500;
  private static final int UNAVAILABLE = 503;

  static WireAnswer rows(State state, String warnings, ByteBuffer body) {
    return new WireAnswer(OK, ARROW, Optional.of(state), Optional.of(warnings), body);
  }

  static WireAnswer json(Object value) {
    return new WireAnswer(OK, JSON, Optional.empty(), Optional.empty(), bytes(value));
  }

  /** An answer to what went wrong, also to what never became a request. */
  public static WireAnswer failure(Throwable thrown) {
    return failure(thrown, null, Optional.empty());
  }

  static WireAnswer failure(Throwable thrown, @Nullable String queryId, Optional<String> warnings) {
    StatementException error = ErrorMapping.map(thrown, queryId);
    ErrorCode code = error.error().code();
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("code", code.number());
    told.put("sqlState", code.sqlState());
    told.put("message", error.line());
    return new WireAnswer(status(code), JSON, Optional.empty(), warnings, bytes(told));
  }

  private static int status(ErrorCode code) {
    return switch (code) {
      case AUTHENTICATION_FAILED -> UNAUTHORIZED;
      case STATEMENT_TOO_LARGE -> TOO_LARGE;
      case SHUTTING_DOWN -> UNAVAILABLE;
      default ->
          switch (code.category()) {
            case USER -> BAD_REQUEST;
            case SOURCE, MODEL, RESOURCES, INTERNAL -> SERVER_ERROR;
          };
    };
  }

  private static ByteBuffer bytes(Object value) {
    try {
      return ByteBuffer.wrap(JsonService.MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer could not be written", e);
    }
  }
}
