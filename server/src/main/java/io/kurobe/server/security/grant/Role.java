package io.kurobe.server.security.grant;

import static java.util.Objects.requireNonNull;

/** A role, by its name. */
record Role(String name, Origin origin) {
  Role {
    requireNonNull(name, "name is null");
    requireNonNull(origin, "origin is null");
  }
}
