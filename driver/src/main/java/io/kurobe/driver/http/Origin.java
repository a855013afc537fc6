package io.kurobe.driver.http;

import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** Where a server is, and how it is to be trusted (RFC 9110, section 4.3.1). */
public final class Origin {
  private final URI address;
  private final Optional<SSLSocketFactory> tls;

  /**
   * An origin.
   *
   * @param address scheme, host and port; an IPv6 host is in brackets
   * @param tls makes the sockets if it speaks TLS
   */
  public Origin(URI address, Optional<SSLSocketFactory> tls) {
    this.address = address;
    this.tls = tls;
  }

  URI address() {
    return address;
  }

  /** The host without the brackets of IPv6. */
  String host() {
    String host = address.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    return address.getPort();
  }

  /** Host and port, as the header {@code Host} has them. */
  String authority() {
    return address.getHost() + ":" + address.getPort();
  }

  Optional<SSLSocketFactory> tls() {
    return tls;
  }
}
