package io.kurobe.adapters.trino;

import java.net.URI;
import java.util.Optional;

/**
 * What the JDBC URL of a catalog says.
 *
 * @param port the one that is meant, if the URL has none
 * @param schema the URL's, else {@code default}
 * @param query the driver's settings, empty if there are none
 */
record TrinoAddress(String host, int port, String catalog, String schema, String query) {
  /** How it is written. */
  static final String FORM = "jdbc:trino://host:port/catalog[/schema]";

  private static final String JDBC = "jdbc:";
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** What a URL says; empty if it is none of Trino's, or names no catalog. */
  static Optional<TrinoAddress> of(String url) {
    if (!url.startsWith(JDBC + "trino://")) {
      return Optional.empty();
    }
    URI uri;
    try {
      uri = URI.create(url.substring(JDBC.length()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    String[] path = String.valueOf(uri.getPath()).split("/", -1);
    if (uri.getHost() == null || path.length < 2 || path[1].isEmpty()) {
      return Optional.empty();
    }
    String query = uri.getQuery() == null ? "" : uri.getQuery();
    int standard = query.contains("SSL=true") ? HTTPS : HTTP;
    return Optional.of(
        new TrinoAddress(
            uri.getHost(),
            uri.getPort() < 0 ? standard : uri.getPort(),
            path[1],
            path.length > 2 && !path[2].isEmpty() ? path[2] : "default",
            query));
  }

  /** Whether the URL itself says how long the driver waits. */
  boolean hasTimeout() {
    return query.matches("(.*&)?timeout=.*");
  }
}
