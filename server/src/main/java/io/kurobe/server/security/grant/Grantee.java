package io.kurobe.server.security.grant;

import static java.util.Objects.requireNonNull;

import io.kurobe.planner.parser.SecurityStatement.Grantee.Kind;

/** Who has a right: a user or a role, by the name it was made with. */
record Grantee(Kind kind, String name) {
  Grantee {
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
  }

  static Grantee user(String name) {
    return new Grantee(Kind.USER, name);
  }

  static Grantee role(String name) {
    return new Grantee(Kind.ROLE, name);
  }

  /** As a statement names it. */
  @Override
  public String toString() {
    return (kind == Kind.USER ? "user " : "role ") + name;
  }
}
