package io.kurobe.planner.authorize;

import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.session.Session;

/**
 * Who may see what. Called for every table of the bound tree, whoever wrote the query, and for
 * every table that metadata, M-Schema or an error message would name. Threads share it.
 */
public interface AccessControl {
  /** What the session's principal may see of a table. */
  TableAccess access(Session session, TableName table);

  /**
   * Another number whenever an answer of {@link #access} may be another, for any session. What was
   * made under one version is not used under another.
   */
  default long version() {
    return 0;
  }

  /** Everyone may see everything: {@code security: {mode: open}}. */
  AccessControl OPEN = (session, table) -> TableAccess.ALL;
}
