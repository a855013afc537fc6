package io.kurobe.server.security.grant;

import static java.util.Objects.requireNonNull;

/** The member has all rights of the role, and is restricted as it is. */
record Membership(String role, Grantee member, String grantor, Origin origin) {
  Membership {
    requireNonNull(role, "role is null");
    requireNonNull(member, "member is null");
    requireNonNull(grantor, "grantor is null");
    requireNonNull(origin, "origin is null");
  }
}
