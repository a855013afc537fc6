package io.kurobe.driver.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A whole answer: its status, its headers and its body, which is not copied. */
public final class HttpAnswer {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  HttpAnswer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public int status() {
    return status;
  }

  /** The value of a header, whatever the case of its name; of several the first. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The body; empty if there is none. */
  public byte[] body() {
    return body;
  }
}
