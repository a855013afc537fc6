package io.kurobe.adapters.error;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Kurobe: a code with its SQLSTATE, a message of one line, and where known the
 * position in the statement and a hint that says what to do. The message never holds a secret, a
 * stack trace or the text of another user.
 */
public final class KurobeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable StatementPosition position;
  private final @Nullable String hint;

  public KurobeException(ErrorCode code, String message) {
    this(code, message, null, null, null);
  }

  public KurobeException(ErrorCode code, String message, @Nullable Throwable cause) {
    this(code, message, cause, null, null);
  }

  private KurobeException(
      ErrorCode code,
      String message,
      @Nullable Throwable cause,
      @Nullable StatementPosition position,
      @Nullable String hint) {
    super(requireNonNull(message, "message is null"), cause);
    this.code = requireNonNull(code, "code is null");
    this.position = position;
    this.hint = hint;
  }

  /** The same error, at a position of the statement. */
  public KurobeException at(StatementPosition position) {
    return copy(requireNonNull(position, "position is null"), hint);
  }

  /** The same error with a hint: one sentence that says what to do. */
  public KurobeException withHint(String hint) {
    return copy(position, requireNonNull(hint, "hint is null"));
  }

  /** The same error, its message followed by the place where it arose. */
  public KurobeException arisenIn(String place) {
    var copy =
        new KurobeException(code, getMessage() + " (" + place + ")", getCause(), position, hint);
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  private KurobeException copy(@Nullable StatementPosition position, @Nullable String hint) {
    var copy = new KurobeException(code, getMessage(), getCause(), position, hint);
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage());
  }

  public ErrorCode code() {
    return code;
  }

  public Optional<StatementPosition> position() {
    return Optional.ofNullable(position);
  }

  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
