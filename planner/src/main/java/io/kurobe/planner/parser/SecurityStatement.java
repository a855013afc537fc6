package io.kurobe.planner.parser;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * What is said about who may see what, as it was written: users, roles, keys, grants, row filters
 * and masks. The kinds are a closed set. A text that holds a password is never shown: {@code
 * toString} leaves it out.
 */
public sealed interface SecurityStatement {

  /** CREATE USER name [PASSWORD 'text']; one without a password proves itself otherwise. */
  record CreateUser(String name, Optional<String> password) implements SecurityStatement {
    public CreateUser {
      requireNonNull(name, "name is null");
      requireNonNull(password, "password is null");
    }

    @Override
    public String toString() {
      return "CreateUser[name=" + name + "]";
    }
  }

  /** ALTER USER name PASSWORD 'text'; anyone may change their own. */
  record SetPassword(String name, String password) implements SecurityStatement {
    public SetPassword {
      requireNonNull(name, "name is null");
      requireNonNull(password, "password is null");
    }

    @Override
    public String toString() {
      return "SetPassword[name=" + name + "]";
    }
  }

  /** ALTER USER name ENABLE|DISABLE: one that is disabled is kept but cannot log in. */
  record EnableUser(String name, boolean enabled) implements SecurityStatement {
    public EnableUser {
      requireNonNull(name, "name is null");
    }
  }

  /** DROP USER [IF EXISTS] name. */
  record DropUser(String name, boolean ifExists) implements SecurityStatement {
    public DropUser {
      requireNonNull(name, "name is null");
    }
  }

  /** CREATE ROLE name. */
  record CreateRole(String name) implements SecurityStatement {
    public CreateRole {
      requireNonNull(name, "name is null");
    }
  }

  /** DROP ROLE [IF EXISTS] name. */
  record DropRole(String name, boolean ifExists) implements SecurityStatement {
    public DropRole {
      requireNonNull(name, "name is null");
    }
  }

  /**
   * CREATE API KEY name [FOR user] [EXPIRES 'time'] [SCOPE 'word', …]: the key is the one row that
   * it gives.
   *
   * @param user whose key it is; empty for that of the session
   * @param expires as written: a date, a timestamp or a length such as {@code 90d}
   * @param scopes what it is good for; none means all that its user may do
   */
  record CreateKey(
      String name, Optional<String> user, Optional<String> expires, List<String> scopes)
      implements SecurityStatement {
    public CreateKey {
      requireNonNull(name, "name is null");
      requireNonNull(user, "user is null");
      requireNonNull(expires, "expires is null");
      scopes = List.copyOf(scopes);
    }
  }

  /** DROP API KEY [IF EXISTS] name [FOR user]: revoked at once. */
  record DropKey(String name, Optional<String> user, boolean ifExists)
      implements SecurityStatement {
    public DropKey {
      requireNonNull(name, "name is null");
      requireNonNull(user, "user is null");
    }
  }

  /** Whom a grant is to or from: USER name, ROLE name, or a name that is looked for among both. */
  record Grantee(Optional<Kind> kind, String name) {
    /** What a grantee can be. */
    public enum Kind {
      USER,
      ROLE
    }

    public Grantee {
      requireNonNull(kind, "kind is null");
      requireNonNull(name, "name is null");
    }
  }

  /** What a right is on. */
  enum Scope {
    SOURCE,
    SCHEMA,
    TABLE
  }

  /**
   * GRANT or REVOKE SELECT [(column, …)] ON [SOURCE|SCHEMA|TABLE] name TO|FROM grantee, ….
   *
   * @param columns none means all, those of later too
   */
  record Select(
      boolean granted, List<String> columns, Scope scope, SqlIdentifier on, List<Grantee> grantees)
      implements SecurityStatement {
    public Select {
      columns = List.copyOf(columns);
      requireNonNull(scope, "scope is null");
      requireNonNull(on, "on is null");
      grantees = List.copyOf(grantees);
    }
  }

  /** GRANT or REVOKE ROLE role TO|FROM grantee, …. */
  record Membership(boolean granted, String role, List<Grantee> grantees)
      implements SecurityStatement {
    public Membership {
      requireNonNull(role, "role is null");
      grantees = List.copyOf(grantees);
    }
  }

  /** CREATE [OR REPLACE] ROW FILTER name ON table FOR role, … USING (condition). */
  record CreateRowFilter(
      String name, SqlIdentifier table, List<String> roles, SqlNode condition, boolean replace)
      implements SecurityStatement {
    public CreateRowFilter {
      requireNonNull(name, "name is null");
      requireNonNull(table, "table is null");
      roles = List.copyOf(roles);
      requireNonNull(condition, "condition is null");
    }
  }

  /** DROP ROW FILTER [IF EXISTS] name ON table. */
  record DropRowFilter(String name, SqlIdentifier table, boolean ifExists)
      implements SecurityStatement {
    public DropRowFilter {
      requireNonNull(name, "name is null");
      requireNonNull(table, "table is null");
    }
  }

  /** What is seen instead of a value: one of the usual kinds, or an expression. */
  sealed interface Masked {
    /** USING FULL, PARTIAL, HASH, NULL or YEAR. */
    enum Usual implements Masked {
      /** A fixed text, zero or the first day of time: nothing of the value. */
      FULL,
      /** The last four characters. */
      PARTIAL,
      /** A digest: equal values stay equal. */
      HASH,
      /** NULL. */
      NULL,
      /** The first day of the year. */
      YEAR
    }

    /** USING (expression). */
    record Expression(SqlNode expression) implements Masked {
      public Expression {
        requireNonNull(expression, "expression is null");
      }
    }
  }

  /** CREATE [OR REPLACE] MASK name ON table (column) FOR role, … USING masked. */
  record CreateMask(
      String name,
      SqlIdentifier table,
      String column,
      List<String> roles,
      Masked masked,
      boolean replace)
      implements SecurityStatement {
    public CreateMask {
      requireNonNull(name, "name is null");
      requireNonNull(table, "table is null");
      requireNonNull(column, "column is null");
      roles = List.copyOf(roles);
      requireNonNull(masked, "masked is null");
    }
  }

  /** DROP MASK [IF EXISTS] name ON table. */
  record DropMask(String name, SqlIdentifier table, boolean ifExists) implements SecurityStatement {
    public DropMask {
      requireNonNull(name, "name is null");
      requireNonNull(table, "table is null");
    }
  }

  /**
   * SHOW USERS, ROLES, GRANTS, ROW FILTERS, MASKS or API KEYS.
   *
   * @param of whose, after FOR; empty for all that the asking person may know of
   */
  record Show(Kind kind, Optional<String> of) implements SecurityStatement {
    /** What can be shown. */
    public enum Kind {
      USERS,
      ROLES,
      GRANTS,
      ROW_FILTERS,
      MASKS,
      API_KEYS
    }

    public Show {
      requireNonNull(kind, "kind is null");
      requireNonNull(of, "of is null");
    }
  }
}
