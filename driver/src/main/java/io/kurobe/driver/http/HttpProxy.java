package io.kurobe.driver.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The proxy that the runtime's settings ({@code https.proxyHost} and so on) name for an origin. */
final class HttpProxy {
  private HttpProxy() {}

  static Optional<InetSocketAddress> of(Origin origin) {
    ProxySelector selector = ProxySelector.getDefault();
    Optional<URI> uri = origin.uri();
    if (selector == null || uri.isEmpty()) {
      return Optional.empty();
    }
    return selector.select(uri.get()).stream()
        .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
        .map(proxy -> (InetSocketAddress) proxy.address())
        .findFirst();
  }

  /** Has the proxy pass on what follows, unread (RFC 9110, section 9.3.6). */
  static void tunnel(Socket socket, Origin origin) throws IOException {
    String authority = origin.authority();
    String request = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    int status = new AnswerReader(socket.getInputStream()).readHead();
    if (status != 200) {
      throw new ProtocolException("the proxy answered with HTTP status " + status);
    }
  }
}
