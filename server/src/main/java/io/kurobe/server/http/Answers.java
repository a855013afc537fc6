package io.kurobe.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes whole answers. */
final class Answers {
  private Answers() {}

  static void write(
      Response response, int status, String contentType, byte[] body, Callback callback) {
    write(response, status, contentType, ByteBuffer.wrap(body), callback);
  }

  static void write(
      Response response, int status, String contentType, ByteBuffer body, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
    new BodyWrite(response, body, callback).iterate();
  }

  static void text(Response response, int status, String text, Callback callback) {
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    write(response, status, "text/plain;charset=utf-8", body, callback);
  }
}
