package io.kurobe.server.security;

import static java.util.Objects.requireNonNull;

import io.kurobe.adapters.type.SqlType;
import io.kurobe.planner.command.Administration;
import io.kurobe.planner.parser.SecurityStatement;
import io.kurobe.planner.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands each statement about who may see what to those that keep it: of users and keys to the
 * accounts, of roles, grants, row filters and masks to the grants. Threads share it.
 */
public final class SecurityStatements implements Administration {
  private final Administration accounts;
  private final Administration grants;

  /**
   * Makes it.
   *
   * @param accounts of users, passwords and keys
   * @param grants of roles, rights, row filters and masks
   */
  public SecurityStatements(Administration accounts, Administration grants) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.grants = requireNonNull(grants, "grants is null");
  }

  @Override
  public List<SqlType.Field> columns(SecurityStatement statement) {
    return keeper(statement).columns(statement);
  }

  @Override
  public List<List<@Nullable Object>> run(Session session, SecurityStatement statement) {
    return keeper(statement).run(session, statement);
  }

  private Administration keeper(SecurityStatement statement) {
    if (statement instanceof SecurityStatement.Show show) {
      return switch (show.kind()) {
        case USERS, API_KEYS -> accounts;
        case ROLES, GRANTS, ROW_FILTERS, MASKS -> grants;
      };
    }
    boolean ofAccounts =
        statement instanceof SecurityStatement.CreateUser
            || statement instanceof SecurityStatement.SetPassword
            || statement instanceof SecurityStatement.EnableUser
            || statement instanceof SecurityStatement.DropUser
            || statement instanceof SecurityStatement.CreateKey
            || statement instanceof SecurityStatement.DropKey;
    return ofAccounts ? accounts : grants;
  }
}
