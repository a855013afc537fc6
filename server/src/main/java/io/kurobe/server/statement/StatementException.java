package io.kurobe.server.statement;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.KurobeException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An error on its way to the client: what went wrong, and in which statement. Thrown by {@link
 * Statements} and {@link Run} for everything that goes wrong in them; {@link ErrorMapping} makes
 * it.
 */
public final class StatementException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final KurobeException error;
  private final @Nullable String queryId;

  StatementException(KurobeException error, @Nullable String queryId) {
    super(error.getMessage(), error);
    this.error = requireNonNull(error, "error is null");
    this.queryId = queryId;
  }

  public KurobeException error() {
    return error;
  }

  /** The statement's query id; empty for what is no statement. */
  public Optional<String> queryId() {
    return Optional.ofNullable(queryId);
  }

  /** The one line a client shows: message, position, hint, query id. */
  public String line() {
    var line = new StringBuilder(String.join(" ", error.getMessage().lines().toList()));
    error.position().ifPresent(position -> line.append(" at ").append(position));
    error
        .hint()
        .ifPresent(
            hint -> line.append(endsSentence(line) ? " " : ". ").append("Hint: ").append(hint));
    if (queryId != null) {
      line.append(" (").append(queryId).append(')');
    }
    return line.toString();
  }

  private static boolean endsSentence(StringBuilder text) {
    return text.length() > 0 && ".?!".indexOf(text.charAt(text.length() - 1)) >= 0;
  }
}
