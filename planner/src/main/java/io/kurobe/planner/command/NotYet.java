package io.kurobe.planner.command;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.parser.Statement;
import java.util.Optional;

/** Statements that are read but that nothing does yet: each says what cannot be had. */
public final class NotYet {
  private NotYet() {}

  /** The error for such a statement; empty for all others. */
  public static Optional<KurobeException> of(Statement statement) {
    if (statement instanceof Statement.Teach) {
      return Optional.of(
          notSupported("TEACH is not supported yet: no verified questions are kept")
              .withHint("CREATE VIEW keeps a query under a name"));
    }
    if (statement instanceof Statement.Forget) {
      return Optional.of(
          notSupported("FORGET is not supported yet: no verified questions are kept"));
    }
    if (statement instanceof Statement.CommentOn comment
        && comment.target() != Statement.CommentOn.Target.VIEW) {
      return Optional.of(
          notSupported(
                  "COMMENT ON "
                      + comment.target()
                      + " is not supported yet: only views have comments of Kurobe's own")
              .withHint("comment at the source, then REFRESH, or COMMENT ON VIEW"));
    }
    return Optional.empty();
  }

  private static KurobeException notSupported(String message) {
    return new KurobeException(ErrorCode.NOT_SUPPORTED, message);
  }
}
