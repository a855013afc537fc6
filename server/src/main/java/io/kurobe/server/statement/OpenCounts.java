package io.kurobe.server.statement;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.error.ErrorCode;
import io.kurobe.adapters.error.KurobeException;
import java.util.HashMap;
import java.util.Map;

/** How many statements are open, of each user and in all. Any thread may use it. */
final class OpenCounts {
  private final OpenLimits limits;
  private final Map<String, Integer> ofUsers = new HashMap<>();
  private int inAll;

  OpenCounts(OpenLimits limits) {
    this.limits = requireNonNull(limits, "limits is null");
  }

  /**
   * Counts one more of a user and of a connection.
   *
   * @param ofConnection how many its connection has
   * @throws KurobeException LIMIT_EXCEEDED if there are too many
   */
  synchronized void take(String user, int ofConnection) {
    int ofUser = ofUsers.getOrDefault(user, 0);
    if (ofConnection >= limits.ofConnection()) {
      throw full("the connection has " + limits.ofConnection(), "limits.statements");
    }
    if (ofUser >= limits.ofUser()) {
      throw full("the user has " + limits.ofUser(), "limits.statementsPerUser");
    }
    if (inAll >= limits.inAll()) {
      throw full("the gateway has " + limits.inAll(), "limits.statementsInAll");
    }
    ofUsers.put(user, ofUser + 1);
    inAll++;
  }

  synchronized void giveBack(String user, int count) {
    inAll -= count;
    ofUsers.computeIfPresent(user, (name, before) -> before == count ? null : before - count);
  }

  private static KurobeException full(String who, String limit) {
    return new KurobeException(ErrorCode.LIMIT_EXCEEDED, who + " statements open already")
        .withHint("Close statements after use, or raise " + limit + ".");
  }
}
