package io.kurobe.driver;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** Host and port of a server; an IPv6 host is kept in its brackets. */
final class ServerAddress {
  /** Of names in the wild, also those with underscores that URIs do not know. */
  private static final Pattern NAME = Pattern.compile("[\\p{Alnum}._-]+");

  private static final Pattern IPV6 = Pattern.compile("\\[[\\p{Alnum}:.%_-]+\\]");

  private final String host;
  private final int port;

  private ServerAddress(String host, int port) {
    this.host = host;
    this.port = port;
  }

  static ServerAddress parse(String authority) throws SQLException {
    if (authority.indexOf('@') >= 0) {
      throw refused("a user belongs in ?user=…&password=…, not before the host");
    }
    int close = authority.startsWith("[") ? authority.indexOf(']') : -1;
    if (authority.startsWith("[") && close < 0) {
      throw refused("the IPv6 address lacks its closing bracket: " + authority);
    }
    int colon = authority.indexOf(':', Math.max(close, 0));
    String host = colon < 0 ? authority : authority.substring(0, colon);
    if (host.isEmpty()) {
      throw refused("the URL names no host: expected jdbc:kurobe://host[:port]");
    }
    if (!(close < 0 ? NAME : IPV6).matcher(host).matches()) {
      throw refused("not a host: " + host);
    }
    return new ServerAddress(
        host, colon < 0 ? ConnectionSettings.DEFAULT_PORT : port(authority.substring(colon + 1)));
  }

  private static int port(String text) throws SQLException {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Reported below, with the numbers out of range.
    }
    throw refused("the port is " + text + ", expected 1 to 65535");
  }

  private static SQLException refused(String message) {
    return SqlErrors.of(SqlErrors.CONNECTION_REFUSED, message);
  }

  String host() {
    return host;
  }

  /** Whether it is this machine, by its name alone. */
  boolean isLoopback() {
    return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  int port() {
    return port;
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
