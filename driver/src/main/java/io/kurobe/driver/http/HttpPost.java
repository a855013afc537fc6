package io.kurobe.driver.http;

import java.nio.charset.StandardCharsets;

/** What is posted: a path of the origin, header lines and a body. */
public final class HttpPost {
  private final String path;
  private final String headers;
  private final byte[] body;

  /**
   * A request.
   *
   * @param path begins with a slash
   * @param headers lines that each end with CR LF, but for {@code Host} and {@code Content-Length}
   */
  public HttpPost(String path, String headers, byte[] body) {
    this.path = path;
    this.headers = headers;
    this.body = body;
  }

  /**
   * The request's head.
   *
   * @param before stands before the path: nothing, or the origin where a proxy is to know it
   */
  byte[] head(String before, String host) {
    String head =
        "POST "
            + before
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\n"
            + headers
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    return head.getBytes(StandardCharsets.ISO_8859_1);
  }

  byte[] body() {
    return body;
  }
}
