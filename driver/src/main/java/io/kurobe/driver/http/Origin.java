package io.kurobe.driver.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** Where a server is, and how it is to be trusted (RFC 9110, section 4.3.1). */
public final class Origin {
  private final String host;
  private final int port;
  private final Optional<SSLSocketFactory> tls;

  /**
   * An origin.
   *
   * @param host a name or an address, of IPv6 in brackets
   * @param tls makes the sockets if it speaks TLS
   */
  public Origin(String host, int port, Optional<SSLSocketFactory> tls) {
    this.host = host;
    this.port = port;
    this.tls = tls;
  }

  /** The host without the brackets of IPv6. */
  String host() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    return port;
  }

  /** Host and port, as the header {@code Host} has them. */
  String authority() {
    return host + ":" + port;
  }

  Optional<SSLSocketFactory> tls() {
    return tls;
  }

  /**
   * The origin as a URI; empty for a host that URIs do not know, such as one with an underscore.
   */
  Optional<URI> uri() {
    try {
      String scheme = tls.isPresent() ? "https" : "http";
      return Optional.of(new URI(scheme, null, host, port, "/", null, null));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
