package io.kurobe.planner.authorize;

import io.kurobe.planner.catalog.TableName;
import io.kurobe.planner.session.Principal;
import io.kurobe.planner.session.Session;
import java.util.Optional;

/**
 * Who may see what. Called for every table of the bound tree, whoever wrote the query, and for
 * every table that metadata, M-Schema or an error message would name. Threads share it.
 */
public interface AccessControl {
  /** The role that sees what others do, and how what others see is restricted. */
  String ADMIN = "admin";

  /** What the session's principal may see of a table. Of the session only its principal counts. */
  TableAccess access(Session session, TableName table);

  /**
   * Another number whenever an answer of {@link #access} may be another, for any session. What was
   * made under one version is not used under another.
   */
  default long version() {
    return 0;
  }

  /**
   * Who bears a name, with the roles that are in force now; empty if nobody does. Asked for whoever
   * made a view, as that reads under his rights.
   */
  default Optional<Principal> principal(String name) {
    return Optional.empty();
  }

  /** Everyone may see everything: {@code security: {mode: open}}. */
  AccessControl OPEN = (session, table) -> TableAccess.ALL;
}
