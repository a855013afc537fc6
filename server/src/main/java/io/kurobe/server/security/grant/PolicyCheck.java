package io.kurobe.server.security.grant;

import io.kurobe.adapters.error.KurobeException;
import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.session.Session;
import java.util.Optional;

/** Refuses row filters and masks that could not be enforced. Threads share it. */
@FunctionalInterface
public interface PolicyCheck {
  /**
   * Looks at one.
   *
   * @param column of a mask; empty for a row filter
   * @throws KurobeException that says why it is none
   */
  void check(Session session, TableName table, Optional<String> column, String expression);
}
