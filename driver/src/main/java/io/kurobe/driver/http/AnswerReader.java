package io.kurobe.driver.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the answers of one connection, one after the other (RFC 9112). For one thread at a time.
 */
final class AnswerReader {
  private static final int MOST_HEAD = 1 << 18;

  /** What one read of the socket takes: the runtime keeps a buffer of that size for each thread. */
  private static final int PIECE = 1 << 16;

  /** A body that is said to be longer gets its memory as its bytes come. */
  private static final int BELIEVED = 1 << 24;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 13];
  private int position;
  private int limit;
  private int headLeft;
  private boolean reusable = true;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  /** Whether another answer may follow on the connection. */
  boolean isReusable() {
    return reusable && position == limit;
  }

  /** The status of the next answer, which has no body: that of a proxy which tunnels. */
  int readHead() throws IOException {
    headLeft = MOST_HEAD;
    int code = code(line());
    headers();
    return code;
  }

  /** The next answer. */
  HttpAnswer read() throws IOException {
    headLeft = MOST_HEAD;
    String status = line();
    int code = code(status);
    Map<String, String> headers = headers();
    while (code >= 100 && code < 200) {
      status = line();
      code = code(status);
      headers = headers();
    }
    String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
    reusable = status.startsWith("HTTP/1.1") && !connection.contains("close");
    return new HttpAnswer(code, headers, body(code, headers));
  }

  private static int code(String status) throws IOException {
    if (status.startsWith("HTTP/1.") && status.length() >= 12) {
      try {
        int code = Integer.parseInt(status.substring(9, 12));
        if (code >= 100) {
          return code;
        }
      } catch (NumberFormatException e) {
        // Reported below.
      }
    }
    throw new ProtocolException("the answer is not HTTP");
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new ProtocolException("the answer has a header without a name");
      }
      headers.putIfAbsent(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] body(int code, Map<String, String> headers) throws IOException {
    if (code == 204 || code == 304) {
      return new byte[0];
    }
    String coding = headers.get("transfer-encoding");
    if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked")) {
        throw new ProtocolException("the answer is coded as " + coding);
      }
      return chunks();
    }
    String length = headers.get("content-length");
    if (length == null) {
      reusable = false;
      return rest();
    }
    return fully(length(length, 10));
  }

  private static int length(String text, int radix) throws IOException {
    try {
      int length = Integer.parseInt(text.strip(), radix);
      if (length >= 0) {
        return length;
      }
    } catch (NumberFormatException e) {
      // Reported below, with the negative ones.
    }
    throw new ProtocolException("the answer has a length of " + text);
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      headLeft = MOST_HEAD;
      String line = line();
      int extension = line.indexOf(';');
      int length = length(extension < 0 ? line : line.substring(0, extension), 16);
      if (length == 0) {
        headers();
        return body.toByteArray();
      }
      body.write(fully(length));
      if (!line().isEmpty()) {
        throw new ProtocolException("a part of the answer is longer than it says");
      }
    }
  }

  private byte[] rest() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    do {
      body.write(buffer, position, limit - position);
      position = limit;
    } while (fill());
    return body.toByteArray();
  }

  private byte[] fully(int length) throws IOException {
    byte[] body = new byte[Math.min(length, BELIEVED)];
    int at = Math.min(body.length, limit - position);
    System.arraycopy(buffer, position, body, 0, at);
    position += at;
    while (at < length) {
      if (at == body.length) {
        body = Arrays.copyOf(body, (int) Math.min(length, 2L * at));
      }
      int read = in.read(body, at, Math.min(PIECE, body.length - at));
      if (read < 0) {
        throw ended();
      }
      at += read;
    }
    return body;
  }

  /** A line of a head, without its end. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      for (int at = position; at < limit; at++) {
        if (buffer[at] == '\n') {
          line.append(text(at));
          position = at + 1;
          int length = line.length();
          if (length > 0 && line.charAt(length - 1) == '\r') {
            line.setLength(length - 1);
          }
          return line.toString();
        }
      }
      line.append(text(limit));
      position = limit;
      if (!fill()) {
        throw ended();
      }
    }
  }

  private String text(int end) throws IOException {
    headLeft -= end - position;
    if (headLeft < 0) {
      throw new ProtocolException("the answer's headers have more than " + MOST_HEAD + " bytes");
    }
    return new String(buffer, position, end - position, StandardCharsets.ISO_8859_1);
  }

  private boolean fill() throws IOException {
    int read = in.read(buffer, 0, buffer.length);
    position = 0;
    limit = Math.max(read, 0);
    return read >= 0;
  }

  private static EOFException ended() {
    return new EOFException("the server closed the connection");
  }
}
