package io.kurobe.server.security.grant;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The right to read.
 *
 * @param column the one column that may be read; empty for all, those of later too
 * @param grantor who gave it, kept to be looked up
 */
record Grant(Grantee to, Place on, Optional<String> column, String grantor, Origin origin) {
  Grant {
    requireNonNull(to, "to is null");
    requireNonNull(on, "on is null");
    requireNonNull(column, "column is null");
    requireNonNull(grantor, "grantor is null");
    requireNonNull(origin, "origin is null");
  }
}
