package io.kurobe.server.config;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The section {@code server.state:}, a PostgreSQL that holds the gateway's state.
 *
 * @param url the JDBC URL
 * @param password its secret; never in {@link #toString}
 */
public record StateSettings(String url, Optional<String> user, Optional<String> password) {
  static final String SCHEME = "jdbc:postgresql://";

  public StateSettings {
    requireNonNull(url, "url is null");
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
  }

  /** The URL without its parameters, among which there may be secrets. */
  public String address() {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }

  @Override
  public String toString() {
    return "state in " + address();
  }
}
