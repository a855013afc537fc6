package io.kurobe.planner.system;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.system.Activity.StatementActivity;
import java.util.Optional;

/** KILL: stops a statement that who asks may see. Threads share it. */
public record KillCommand(Activity activity) {
  /**
   * Stops a statement; whoever waits for it is told who did.
   *
   * @throws KurobeException UNKNOWN_QUERY if there is none, or it is another's
   */
  public void kill(Viewer viewer, String queryId) {
    Optional<StatementActivity> statement =
        activity.statements().stream()
            .filter(candidate -> candidate.queryId().equals(queryId))
            .filter(candidate -> viewer.sees(candidate.principal()))
            .findFirst();
    if (statement.isEmpty()) {
      throw new KurobeException(ErrorCode.UNKNOWN_QUERY, "no statement has the id " + queryId)
          .withHint("system.runtime.queries lists them");
    }
    KurobeException reason =
        new KurobeException(
            ErrorCode.CANCELLED, "the statement was killed by " + viewer.principal().name());
    if (statement.get().ended().isPresent() || !activity.stop(queryId, reason)) {
      throw new KurobeException(
          ErrorCode.UNKNOWN_QUERY, "statement " + queryId + " is not at work any more");
    }
  }
}
