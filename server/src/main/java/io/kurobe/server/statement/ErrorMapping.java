package io.kurobe.server.statement;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where whatever was thrown becomes an error of the interface. What nobody foresaw is
 * logged here with its stack trace, and the client is given the query id to find it by; no stack
 * trace and no class name of the server leaves it.
 */
public final class ErrorMapping {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorMapping.class);

  private ErrorMapping() {}

  /** The error for something thrown while a statement was at work. */
  public static StatementException map(Throwable thrown, @Nullable String queryId) {
    Throwable cause = unwrap(thrown);
    if (cause instanceof StatementException known) {
      return known.queryId().isPresent() || queryId == null
          ? known
          : new StatementException(known.error(), queryId);
    }
    return new StatementException(error(cause, queryId), queryId);
  }

  private static KurobeException error(Throwable cause, @Nullable String queryId) {
    if (cause instanceof KurobeException known) {
      if (known.code() == ErrorCode.INTERNAL) {
        QueryContext.run(queryId, () -> LOG.error("{} failed inside the gateway", queryId, known));
      }
      return known;
    }
    Optional<KurobeException> inside = kurobeCause(cause);
    if (inside.isPresent()) {
      return inside.get();
    }
    if (cause instanceof StackOverflowError) {
      QueryContext.run(queryId, () -> LOG.warn("{} is nested too deeply", queryId));
      return new KurobeException(
              ErrorCode.STATEMENT_TOO_LARGE, "the statement is nested too deeply", cause)
          .withHint("Split it, or replace long chains of OR by IN.");
    }
    if (cause instanceof OutOfMemoryError) {
      QueryContext.run(queryId, () -> LOG.error("{} ran out of memory", queryId, cause));
      return new KurobeException(
          ErrorCode.OUT_OF_MEMORY, "the gateway has not enough memory for this statement", cause);
    }
    if (cause instanceof RejectedExecutionException) {
      return new KurobeException(ErrorCode.LIMIT_EXCEEDED, "too many statements are at work", cause)
          .withHint("Try again later, or raise limits.running.");
    }
    QueryContext.run(queryId, () -> LOG.error("{} failed inside the gateway", queryId, cause));
    if (cause instanceof SQLException) {
      return new KurobeException(ErrorCode.SOURCE_FAILED, "a source failed unexpectedly", cause);
    }
    return new KurobeException(
            ErrorCode.INTERNAL,
            "the gateway failed on this statement, by a fault of its own",
            cause)
        .withHint("The server's log has the details under the query id.");
  }

  /** Libraries on the way, such as Calcite's, wrap what passes through them. */
  private static Optional<KurobeException> kurobeCause(Throwable thrown) {
    int depth = 0;
    for (Throwable at = thrown; at != null && depth < 20; at = at.getCause(), depth++) {
      if (at instanceof KurobeException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable at = thrown;
    while ((at instanceof CompletionException || at instanceof ExecutionException)
        && at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }
}
